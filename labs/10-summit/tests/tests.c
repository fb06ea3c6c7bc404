/*
 * The tests of lab 10: what holds for allocators of every design, and the score.
 *
 * The former are in kernel/test/allocator/ and serve other labs, too; rules.c has
 * the rules that a failure names.  The score is in score.c.
 */
#include "test/allocator/tests.h"

#include "score.h"
#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: allocator_init and alloc. */
	{ "first_block", first_block },
	{ "bad_align", bad_align },
	{ "impossible_sizes", impossible_sizes },
	{ "init_again", init_again },
	/* Task 2: dealloc. */
	{ "simple_allocation", simple_allocation },
	{ "blocks_stay_apart", blocks_stay_apart },
	{ "alignments", alignments },
	{ "many_boxes", many_boxes },
	{ "many_boxes_long_lived", many_boxes_long_lived },
	{ "large_vec", large_vec },
	{ "zeroed", zeroed },
	{ "resized", resized },
	/* Task 3: full heaps, tiny heaps, and all together. */
	{ "exhaustion", exhaustion },
	{ "holes", holes_of_all_sizes },
	{ "tiny_heaps", reused_tiny_heaps },
	{ "no_room", no_room },
	{ "short_sequences", reused_short_sequences },
	{ "random_operations", reused_randomly },
	{ "utilisation", utilisation },
	/* Task 4: how good it is. */
	{ "score", score },
};

LAB("10-summit", tests);
