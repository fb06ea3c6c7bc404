/*
 * What the programs here stand on in place of the kernel: an allocator on the C
 * library's that knows every block in use, and can refuse the n-th request; and
 * panics that come back.
 */
#ifndef TESTS_COLLECTIONS_MEMORY_H
#define TESTS_COLLECTIONS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory/allocator.h"

/* Blocks in use, and how many requests were made since the last refuse(). */
size_t memory_blocks(void);
size_t memory_requests(void);

/* Refuse request number n from now on, counted from 1, and all after it; 0: none. */
void memory_refuse(size_t n);

/* Whether the call panics. */
bool panics(void (*function)(void));

/* Ends the program, with the line, unless the condition holds. */
#define must(condition)                                              \
	do {                                                         \
		if (!(condition)) {                                  \
			printf("%s:%d: not so: %s\n", __FILE__,      \
			       __LINE__, #condition);                \
			exit(1);                                     \
		}                                                    \
	} while (0)

/* Steele, Lea and Flood's splitmix64: the same numbers in every run. */
uint64_t random_below(uint64_t bound);

/* So many operations against a model. */
#define OPERATIONS 1000000

/*
 * For n = 1, 2, ... until it returns true: the operation with its n-th request for
 * memory refused.  It must return false without a change, and leak nothing.
 */
void refuse_each(bool (*operation)(void));

#endif
