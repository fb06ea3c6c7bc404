#include "rules.h"

const struct rule rule_frame = {
	"map-1", "a mapped page leads to its frame"
};
const struct rule rule_index = {
	"map-2", "each level's index is nine bits of its own"
};
const struct rule rule_zeroed = {
	"map-3", "a new table is zero but for the one new entry"
};
const struct rule rule_tables = {
	"map-4",
	"a table is taken where one is missing, and from the caller's "
	"frames"
};
const struct rule rule_entry = {
	"map-5",
	"the last entry holds the frame, PTE_PRESENT and the flags asked "
	"for, nothing else"
};
const struct rule rule_parents = {
	"map-6",
	"what leads to a table is writable, never no-execute, and user if a "
	"page below is"
};
const struct rule rule_translate = {
	"map-7", "translate keeps the offset in the page"
};
const struct rule rule_huge = {
	"map-8", "a huge page's offset is as wide as the page is large"
};
const struct rule rule_nothing = {
	"map-9",
	"translate gives zeroes exactly where the processor would fault"
};
const struct rule rule_unmap = {
	"map-10", "unmap removes its page and no other"
};
const struct rule rule_frame_back = {
	"map-11", "unmap hands over the frame of the page"
};
const struct rule rule_flush = {
	"map-12", "the TLB forgets a page once its entry is gone"
};
const struct rule rule_unmap_refused = {
	"map-13", "an unmap that fails changes nothing, not even *frame"
};
const struct rule rule_map_refused = {
	"map-14", "a map_to that finds the page mapped changes nothing"
};
const struct rule rule_huge_in_way = {
	"map-15", "a huge page in the way is reported and stays as it is"
};
const struct rule rule_no_trace = {
	"map-16",
	"a map_to that runs out of frames changes nothing and keeps none"
};
const struct rule rule_root = {
	"map-17", "a mapper edits the tables of its own root"
};
const struct rule rule_model = {
	"map-18", "every page is as the last call that succeeded left it"
};
