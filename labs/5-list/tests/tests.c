/*
 * The tests of lab 5: what any allocator does right, whatever its design.  No
 * test asks for a certain address.
 *
 * They go from the most basic to the finest, so the first failure is the one
 * to look at.  All of them are in kernel/test/allocator/, since other designs
 * pass them, too; rules.c holds the rules that a failure names.
 */
#include "test/allocator/tests.h"

#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: allocator_init and alloc. */
	{ "first_block", first_block },
	{ "bad_align", bad_align },
	{ "init_again", init_again },
	/* Task 2: dealloc. */
	{ "simple_allocation", simple_allocation },
	{ "blocks_stay_apart", blocks_stay_apart },
	{ "alignments", alignments },
	{ "impossible_sizes", impossible_sizes },
	{ "exhaustion", exhaustion },
	{ "holes", holes_of_all_sizes },
	{ "many_boxes", many_boxes },
	{ "many_boxes_long_lived", many_boxes_long_lived },
	{ "large_vec", large_vec },
	{ "zeroed", zeroed },
	{ "resized", resized },
	/* Task 3: coalescing. */
	{ "free_upwards", joins_upwards },
	{ "free_downwards", joins_downwards },
	{ "free_every_other", joins_every_other },
	/* Task 4: nothing is lost, nothing is touched. */
	{ "padding", joins_padding },
	{ "small_blocks", joins_small_blocks },
	{ "tiny_heaps", joins_tiny_heaps },
	{ "no_room", no_room },
	{ "short_sequences", joins_short_sequences },
	{ "random_operations", joins_randomly },
	{ "utilisation", utilisation },
};

LAB("5-list", tests);
