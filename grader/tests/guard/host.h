/* The heap of a program on a host, and what the kernel has for lab 5's list. */
#ifndef GRADER_TESTS_GUARD_REGION_H
#define GRADER_TESTS_GUARD_REGION_H

extern _Alignas(4096) char region[1 << 20];

#endif
