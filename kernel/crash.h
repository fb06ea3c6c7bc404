/*
 * Faults on purpose, by name: to see what the kernel says about each, and to
 * test that it says so.
 */
#ifndef CRASH_H
#define CRASH_H

/* Provoke the fault of that name; lists the names if there is none such. */
void crash(const char *name);

#endif
