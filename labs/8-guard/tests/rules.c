#include "rules.h"

const struct rule rule_room = {
	"guard-1", "a heap with room for a block gives one, also of 0 bytes"
};
const struct rule rule_place = {
	"guard-2",
	"a block is aligned, and it and its zones are in the heap and its alone"
};
const struct rule rule_contents = {
	"guard-3", "nobody but its owner writes into a block in use"
};
const struct rule rule_fresh = {
	"guard-4", "every byte of a new block is GUARD_FRESH"
};
const struct rule rule_impossible = {
	"guard-5", "a request that cannot be met gives NULL"
};
const struct rule rule_caller = {
	"guard-6", "an align that is not a power of two panics"
};
const struct rule rule_start_over = {
	"guard-7", "guard_init starts over with an empty heap"
};
const struct rule rule_overflow = {
	"guard-8", "a write to the zone behind a block is reported"
};
const struct rule rule_underflow = {
	"guard-9", "a write to the zone before a block is reported"
};
const struct rule rule_once = {
	"guard-10", "what is reported is mended, and reported once"
};
const struct rule rule_freed = {
	"guard-11", "every byte of a block in quarantine is GUARD_FREED"
};
const struct rule rule_use_after_free = {
	"guard-12", "a write to a block in quarantine is reported"
};
const struct rule rule_double_free = {
	"guard-13", "a block in quarantine that is freed again is reported"
};
const struct rule rule_interior = {
	"guard-14", "a pointer into a block that is freed is reported"
};
const struct rule rule_never = {
	"guard-15", "a pointer to no block that is freed is reported"
};
const struct rule rule_layout = {
	"guard-16", "a block that is freed with another layout is reported"
};
const struct rule rule_unchanged = {
	"guard-17", "a call that is refused changes nothing"
};
const struct rule rule_quarantine = {
	"guard-18", "the quarantine holds 32 blocks, 16 KiB; the oldest leaves"
};
const struct rule rule_stays = {
	"guard-19", "what was written to stays in quarantine until it is reported"
};
const struct rule rule_reuse = {
	"guard-20", "what left the quarantine can be had again"
};
const struct rule rule_books = {
	"guard-21", "a write to the guard's notes is reported, or does no harm"
};
const struct rule rule_leaks = {
	"guard-22", "what was never freed is told by site, with count and bytes"
};
const struct rule rule_silent = {
	"guard-23", "a correct program gets no report"
};
const struct rule rule_memory = {
	"guard-24", "a block takes its size, twice its align, and 256 bytes"
};
const struct rule rule_cost = {
	"guard-25", "a call costs no more instructions than the contract says"
};
