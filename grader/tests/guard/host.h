/* The heap of a program on a host; host.c also has what it needs of the kernel. */
#ifndef GRADER_TESTS_GUARD_HOST_H
#define GRADER_TESTS_GUARD_HOST_H

extern _Alignas(4096) char region[1 << 20];

#endif
