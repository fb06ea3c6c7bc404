#include "rules.h"

const struct rule rule_vec_shape = {
	"vec-1", "length <= capacity, and items is NULL exactly when capacity is 0"
};
const struct rule rule_vec_room = {
	"vec-2", "after a reserve that succeeds there is room for that many more"
};
const struct rule rule_vec_growth = {
	"vec-3", "a vector grows to twice its capacity, to 4, or to what is needed"
};
const struct rule rule_vec_items = {
	"vec-4", "items keep their values and their order"
};
const struct rule rule_vec_index = {
	"vec-5", "an index beyond the length panics"
};
const struct rule rule_vec_own_item = {
	"vec-6", "what is put in may be an item of the same vector"
};
const struct rule rule_vec_no_memory = {
	"vec-7", "without memory the result is false, and the vector unchanged"
};
const struct rule rule_vec_empty = {
	"vec-8", "an empty vector has nothing to pop"
};
const struct rule rule_vec_free = {
	"vec-9", "vec_core_free gives the block back and leaves an empty vector"
};
const struct rule rule_vec_cost = {
	"vec-10", "a push costs the same on average, however many items there are"
};
const struct rule rule_rc_value = {
	"rc-1", "a counted value is a copy, with one owner"
};
const struct rule rule_rc_place = {
	"rc-2", "the value lies behind the counts, at a multiple of its align"
};
const struct rule rule_rc_counts = {
	"rc-3", "each owner and each weak reference is counted"
};
const struct rule rule_rc_last_owner = {
	"rc-4", "the last owner or weak reference frees the block, and no other"
};
const struct rule rule_rc_weak = {
	"rc-5", "a weak reference becomes an owner only while there is one"
};
const struct rule rule_rc_caller = {
	"rc-6", "counting down from 0, or an owner of a dead value, panics"
};
const struct rule rule_rc_no_memory = {
	"rc-7", "without memory rc_core_new gives NULL and takes nothing"
};
const struct rule rule_heap_kept = {
	"heap-1", "blocks are given back with their layout, and others left alone"
};
