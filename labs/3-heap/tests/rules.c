#include "rules.h"

const struct rule rule_works = {
	"heap-1", "init_heap works when there are frames"
};
const struct rule rule_all_pages = {
	"heap-2", "every page of the heap region is mapped"
};
const struct rule rule_own_frames = {
	"heap-3", "each page has a frame of its own, from the caller's frames"
};
const struct rule rule_usable = {
	"heap-4", "the heap can be read and written"
};
const struct rule rule_ends = {
	"heap-5", "nothing beside the heap region is mapped"
};
const struct rule rule_no_execute = {
	"heap-6", "the heap cannot be executed"
};
const struct rule rule_mapper = {
	"heap-7", "the heap is mapped through the caller's mapper"
};
const struct rule rule_no_frame = {
	"heap-8", "a frame or a table that is missing is reported"
};
const struct rule rule_undone = {
	"heap-9",
	"on an error every page that was mapped is unmapped and its frame "
	"given back"
};
const struct rule rule_in_the_way = {
	"heap-10",
	"a page that cannot be mapped is reported with the mapper's own words"
};
const struct rule rule_others = {
	"heap-11", "a page that was mapped before stays as it is"
};
const struct rule rule_kernels = {
	"heap-12", "the heap is the kernel's alone"
};
