/*
 * The tests of lab 4.  They go from the most basic to the finest, so the first
 * failure is the one to look at.
 *
 * Most of them hold for allocators of any design, and are in
 * kernel/test/allocator/; first_steps.c has this lab's own, rules.c the rules
 * that a failure names.
 */
#include "test/allocator/tests.h"

#include "first_steps.h"
#include "test/test.h"

static const struct test tests[] = {
	/* Task 1: allocator_init and alloc, a block after the other. */
	{ "first_block", first_block },
	{ "blocks_side_by_side", blocks_side_by_side },
	{ "whole_heap", whole_heap },
	{ "init_again", init_again },
	/* Task 2: alignment, and what there is no block for. */
	{ "bad_align", bad_align },
	{ "aligned_blocks", aligned_blocks },
	{ "impossible_sizes", impossible_sizes },
	/* Task 3: dealloc. */
	{ "simple_allocation", simple_allocation },
	{ "alignments", alignments },
	{ "one_stays", few_or_very_many_stay },
	{ "refused_requests", refused_requests },
	{ "init_forgets_blocks", init_forgets_blocks },
	{ "free_upwards", free_upwards },
	{ "free_downwards", free_downwards },
	{ "free_every_other", free_every_other },
	{ "many_boxes", many_boxes },
	{ "many_boxes_long_lived", many_boxes_long_lived },
	{ "tiny_heaps", tiny_heaps },
	{ "no_room", no_room },
	{ "short_sequences", short_sequences },
	{ "random_operations", random_operations },
	/* Task 4: alloc_zeroed. */
	{ "zeroed", zeroed },
	{ "zeroed_alone", zeroed_alone },
	{ "zeroed_refused", zeroed_refused },
	/* Task 5: alloc_resized. */
	{ "resized_larger", resized_larger },
	{ "resized_smaller", resized_smaller },
	{ "resized_frees", resized_frees },
	{ "resized_refused", resized_refused },
	{ "large_vec", large_vec },
};

LAB("4-bump", tests);
