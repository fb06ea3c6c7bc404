/*
 * The tests of lab 6.  They go from the most basic to the finest, so the first
 * failure is the one to look at.
 *
 * Those that hold for allocators of any design are in kernel/test/allocator/;
 * this lab's own are in classes.c, large.c and cost.c, and rules.c has the
 * rules that a failure names.
 */
#include "test/allocator/tests.h"

#include "test/test.h"
#include "tests.h"

static const struct test tests[] = {
	/* Task 1: allocator_init and alloc, which class a block is of. */
	{ "first_block", first_block },
	{ "bad_align", bad_align },
	{ "impossible_sizes", impossible_sizes },
	{ "class_sizes", class_sizes },
	{ "init_again", init_again },
	/* Task 2: dealloc, and blocks that come back to their class. */
	{ "simple_allocation", simple_allocation },
	{ "blocks_stay_apart", blocks_stay_apart },
	{ "alignments", alignments },
	{ "init_forgets_lists", init_forgets_lists },
	{ "classes_apart", classes_apart },
	{ "classes_reused", classes_reused },
	{ "many_boxes", many_boxes },
	{ "many_boxes_long_lived", many_boxes_long_lived },
	{ "large_vec", large_vec },
	{ "zeroed", zeroed },
	{ "resized", resized },
	{ "constant_time", constant_time },
	/* Task 3: what no class holds. */
	{ "large_blocks", large_blocks },
	{ "over_aligned", over_aligned },
	{ "large_then_small", large_then_small },
	/* Task 4: full heaps and tiny ones, and all together. */
	{ "exhaustion", exhaustion },
	{ "holes", holes },
	{ "heap_is_full", heap_is_full },
	{ "tiny_heaps", reused_tiny_heaps },
	{ "no_room", no_room },
	{ "short_sequences", reused_short_sequences },
	{ "random_operations", reused_randomly },
	{ "utilisation", utilisation },
	{ "small_then_large", small_then_large },
};

LAB("6-blocks", tests);
