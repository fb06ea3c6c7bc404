#include "rules.h"

const struct rule rule_gives = {
	"frames-1", "as long as a frame is free, one is handed out"
};
const struct rule rule_usable = {
	"frames-2", "all of a frame lies in usable memory"
};
const struct rule rule_used = {
	"frames-3", "no byte of a frame lies in a used range"
};
const struct rule rule_frame_zero = {
	"frames-4", "frame 0 is never handed out"
};
const struct rule rule_none_left = {
	"frames-5", "when no frame is left, the answer is NO_FRAME"
};
const struct rule rule_once = {
	"frames-6", "nobody is handed a frame that somebody has"
};
const struct rule rule_again = {
	"frames-7", "a frame that was given back is handed out again"
};
const struct rule rule_contents = {
	"frames-8", "nobody but its owner writes into a frame"
};
const struct rule rule_own_memory = {
	"frames-9", "an allocator writes into its own memory only"
};
const struct rule rule_anew = {
	"frames-10", "frame_allocator_init begins anew"
};
const struct rule rule_several = {
	"frames-11", "allocators know nothing of each other"
};
const struct rule rule_cost = {
	"frames-12", "a frame costs the same, however many are out"
};
