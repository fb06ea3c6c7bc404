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
	{ "holes", holes },
	{ "many_boxes", many_boxes },
	{ "many_boxes_long_lived", many_boxes_long_lived },
	{ "large_vec", large_vec },
	{ "zeroed", zeroed },
	{ "resized", resized },
	/* Task 3: coalescing. */
	{ "free_upwards", free_upwards },
	{ "free_downwards", free_downwards },
	{ "free_every_other", free_every_other },
	/* Task 4: nothing is lost, nothing is touched. */
	{ "padding", padding },
	{ "small_blocks", small_blocks },
	{ "tiny_heaps", tiny_heaps },
	{ "no_room", no_room },
	{ "short_sequences", short_sequences },
	{ "random_operations", random_operations },
	{ "utilisation", utilisation },
};

LAB("5-list", tests);
