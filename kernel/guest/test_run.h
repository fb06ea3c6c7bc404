/*
 * The lab's tests on the kernel: what its command line says about them.
 */
#ifndef GUEST_TEST_RUN_H
#define GUEST_TEST_RUN_H

#include "boot_info.h"

/* Run the tests that "cairn test seed=N from=N to=N" asks for, on memory of this machine. */
void test_run(const struct boot_info *info, const char *arguments);

#endif
