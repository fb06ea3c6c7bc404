/*
 * Who called whom, read from the chain of saved frame pointers.
 */
#ifndef MACHINE_BACKTRACE_H
#define MACHINE_BACKTRACE_H

#include <stdint.h>

/*
 * Print the function at rip and its callers, one line each:
 * "  at map_to+0x2a (0xffffffff80101234)".  Follows only frame pointers that
 * lie in a stack, so it survives whatever rbp holds.
 */
void backtrace_print(uint64_t rip, uint64_t rbp);

#endif
