/*
 * A script: calls of the allocator, all decided before the first is made.
 *
 * Tests that make millions of calls write them down first and have them played
 * where the submission lives.  In a judged run that is another process, for
 * which a whole script is one message; what it answers is judged afterwards.
 */
#ifndef TEST_ALLOCATOR_SCRIPT_H
#define TEST_ALLOCATOR_SCRIPT_H

#include <stddef.h>

#include "memory/allocator.h"

#define SCRIPT_STEPS 2048

enum script_call { SCRIPT_INIT, SCRIPT_ALLOC, SCRIPT_DEALLOC };

struct script_step {
	enum script_call call;
	void *heap; /* INIT: where the heap begins */
	struct layout layout; /* INIT: its size; ALLOC: a size above 0 */
	size_t taken_by; /* DEALLOC: the number of the ALLOC, an earlier step */
};

/* An INIT comes first; there may be more of them. */
struct script {
	struct script_step steps[SCRIPT_STEPS];
	size_t count;
};

/*
 * What came of it.  A judge treats the addresses as numbers, and compares them: they
 * come from the submission's process.
 */
struct script_results {
	/*
	 * For each step.  ALLOC: what it returned.  DEALLOC: the first byte of the
	 * block that is not what was written to it; NULL if there is none.
	 */
	void *of[SCRIPT_STEPS];
	size_t now; /* the step being played */
};

/*
 * Make the calls in order and record their results.  Each block is filled when
 * it is taken and checked before it is given back; one that alloc refused is
 * not given back.  Ends early at a block that does not lie in the heap.
 */
void script_play(const struct script *script, struct script_results *results);

#endif
