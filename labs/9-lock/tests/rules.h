/* The rules that a failure names; the handout has an anchor for each. */
#ifndef LABS_9_LOCK_TESTS_RULES_H
#define LABS_9_LOCK_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_takes, rule_excludes, rule_order, rule_doors;
extern const struct rule rule_goes_on, rule_pause, rule_try, rule_misuse;
extern const struct rule rule_apart, rule_same_interrupts, rule_interrupts_off;
extern const struct rule rule_restore, rule_heap_excludes, rule_heap_calls;
extern const struct rule rule_heap_gives_back, rule_heap_interrupts;
extern const struct rule rule_alike;

#endif
