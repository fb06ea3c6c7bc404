#include "test/allocator/rules.h"

const struct rule rule_room = {
	"bump-1", "a heap with room for a block gives one"
};
const struct rule rule_inside = {
	"bump-2", "a block lies inside the heap"
};
const struct rule rule_aligned = {
	"bump-3", "a block begins at a multiple of its layout's align"
};
const struct rule rule_apart = {
	"bump-4", "blocks in use never overlap"
};
const struct rule rule_contents = {
	"bump-5", "nobody but its owner writes into a block in use"
};
const struct rule rule_impossible = {
	"bump-6", "a request that cannot be met gives NULL"
};
const struct rule rule_caller = {
	"bump-7", "an align that is not a power of two panics"
};
const struct rule rule_whole = {
	"bump-8", "when no block is in use, all of the heap is free again"
};
const struct rule rule_start_over = {
	"bump-9", "allocator_init starts over with an empty heap"
};
const struct rule rule_values = {
	"bump-10", "a value on the heap keeps what was assigned to it"
};
const struct rule rule_zeroed = {
	"bump-11", "alloc_zeroed gives a block of zeroes, and clears no more"
};
const struct rule rule_resized = {
	"bump-12", "alloc_resized keeps the contents and frees the old block"
};
const struct rule rule_outside = {
	"bump-13", "the allocator touches nothing outside its heap"
};
const struct rule rule_reuse = {
	"bump-14", "while a block is in use, no memory comes back"
};
