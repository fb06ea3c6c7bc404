#include "test/allocator/rules.h"

const struct rule rule_room = {
	"list-1", "a heap with room for a block gives one"
};
const struct rule rule_inside = {
	"list-2", "a block lies inside the heap"
};
const struct rule rule_aligned = {
	"list-3", "a block begins at a multiple of its layout's align"
};
const struct rule rule_apart = {
	"list-4", "blocks in use never overlap"
};
const struct rule rule_contents = {
	"list-5", "nobody but its owner writes into a block in use"
};
const struct rule rule_impossible = {
	"list-6", "a request that cannot be met gives NULL"
};
const struct rule rule_caller = {
	"list-7", "an align that is not a power of two panics"
};
const struct rule rule_reuse = {
	"list-8", "what was freed can be had again"
};
const struct rule rule_start_over = {
	"list-9", "allocator_init starts over with an empty heap"
};
const struct rule rule_values = {
	"list-10", "a value on the heap keeps what was assigned to it"
};
const struct rule rule_zeroed = {
	"list-11", "alloc_zeroed gives a block of zeroes"
};
const struct rule rule_resized = {
	"list-12", "alloc_resized keeps the contents and frees the old block"
};
const struct rule rule_whole = {
	"list-13", "when all is freed, the largest request is possible again"
};
const struct rule rule_outside = {
	"list-14", "the allocator touches nothing outside its heap"
};
const struct rule rule_utilisation = {
	"list-15", "at least 45 % of the heap can be in use at once"
};
