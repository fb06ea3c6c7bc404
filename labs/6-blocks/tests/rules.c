#include "rules.h"

const struct rule rule_room = {
	"blocks-1", "a heap with room for a block gives one"
};
const struct rule rule_inside = {
	"blocks-2", "a block lies inside the heap"
};
const struct rule rule_aligned = {
	"blocks-3", "a block begins at a multiple of its layout's align"
};
const struct rule rule_apart = {
	"blocks-4", "blocks in use never overlap"
};
const struct rule rule_contents = {
	"blocks-5", "nobody but its owner writes into a block in use"
};
const struct rule rule_impossible = {
	"blocks-6", "a request that cannot be met gives NULL"
};
const struct rule rule_caller = {
	"blocks-7", "an align that is not a power of two panics"
};
const struct rule rule_reuse = {
	"blocks-8", "what was freed can be had again"
};
const struct rule rule_start_over = {
	"blocks-9", "allocator_init starts over with an empty heap"
};
const struct rule rule_values = {
	"blocks-10", "a value on the heap keeps what was assigned to it"
};
const struct rule rule_zeroed = {
	"blocks-11", "alloc_zeroed gives a block of zeroes"
};
const struct rule rule_resized = {
	"blocks-12", "alloc_resized keeps the contents and frees the old block"
};
const struct rule rule_whole = {
	"blocks-13", "what no class holds comes back, and makes the heap whole"
};
const struct rule rule_outside = {
	"blocks-14", "the allocator touches nothing outside its heap"
};
const struct rule rule_utilisation = {
	"blocks-15", "at least 45 % of the heap can be in use at once"
};
const struct rule rule_waste = {
	"blocks-16",
	"a block takes no more than the smallest class that holds it"
};
const struct rule rule_cost = {
	"blocks-17",
	"a class's call costs the same, however many blocks are free"
};
const struct rule rule_stays = {
	"blocks-18", "memory that a class has had stays with that class"
};
