#include "rules.h"

const struct rule rule_takes = {
	"lock-1", "a lock that nobody holds can be taken, and one that is held cannot"
};
const struct rule rule_excludes = { "lock-2",
				    "no two hold a lock at the same time" };
const struct rule rule_order = {
	"lock-3", "what one holder wrote, the next one sees"
};
const struct rule rule_doors = {
	"lock-4", "a word that several processors use is written through doors only"
};
const struct rule rule_goes_on = {
	"lock-5", "whoever waits for a lock goes on once nobody holds it"
};
const struct rule rule_pause = {
	"lock-6", "a loop that waits calls processor_pause each time round"
};
const struct rule rule_try = {
	"lock-7", "lock_try does not wait, and fails only if somebody else uses the lock"
};
const struct rule rule_misuse = {
	"lock-8", "the release of a lock that nobody holds panics"
};
const struct rule rule_apart = {
	"lock-9", "one lock is nothing to another"
};
const struct rule rule_same_interrupts = {
	"lock-10", "acquire, try and release leave interrupts as they are"
};
const struct rule rule_interrupts_off = {
	"lock-11", "interrupts are off from before the lock is taken until it was given back"
};
const struct rule rule_restore = {
	"lock-12", "interrupts are restored as they were before the lock was taken"
};
const struct rule rule_heap_excludes = {
	"lock-13", "no two calls of the allocator below overlap"
};
const struct rule rule_heap_calls = {
	"lock-14", "a call of the shared heap is one call of the allocator below"
};
const struct rule rule_heap_gives_back = {
	"lock-15", "the shared heap can be used again, whatever came of a call"
};
const struct rule rule_heap_interrupts = {
	"lock-16", "an interrupt handler may use the shared heap"
};
const struct rule rule_alike = {
	"lock-17", "what a call does depends on the words and on nothing else"
};
