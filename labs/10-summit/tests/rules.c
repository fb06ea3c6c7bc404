#include "test/allocator/rules.h"

const struct rule rule_room = {
	"summit-1", "a heap with room for a block gives one"
};
const struct rule rule_inside = {
	"summit-2", "a block lies inside the heap"
};
const struct rule rule_aligned = {
	"summit-3", "a block begins at a multiple of its layout's align"
};
const struct rule rule_apart = {
	"summit-4", "blocks in use never overlap"
};
const struct rule rule_contents = {
	"summit-5", "nobody but its owner writes into a block in use"
};
const struct rule rule_impossible = {
	"summit-6", "a request that cannot be met gives NULL"
};
const struct rule rule_caller = {
	"summit-7", "an align that is not a power of two panics"
};
const struct rule rule_reuse = {
	"summit-8", "what was freed can be had again"
};
const struct rule rule_start_over = {
	"summit-9", "allocator_init starts over with an empty heap"
};
const struct rule rule_values = {
	"summit-10", "a value on the heap keeps what was assigned to it"
};
const struct rule rule_zeroed = {
	"summit-11", "alloc_zeroed gives a block of zeroes"
};
const struct rule rule_resized = {
	"summit-12", "alloc_resized keeps the contents and frees the old block"
};
const struct rule rule_outside = {
	"summit-13", "the allocator touches nothing outside its heap"
};
const struct rule rule_utilisation = {
	"summit-14", "at least 45 % of the heap can be in use at once"
};
/* Of tests that this lab does not have. */
const struct rule rule_whole = { "summit-8", "what was freed can be had again" };
