/*
 * The rules of lab 8; the handout has an anchor for each id.
 */
#ifndef LABS_8_GUARD_TESTS_RULES_H
#define LABS_8_GUARD_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_room;
extern const struct rule rule_place;
extern const struct rule rule_contents;
extern const struct rule rule_fresh;
extern const struct rule rule_impossible;
extern const struct rule rule_caller;
extern const struct rule rule_start_over;
extern const struct rule rule_overflow;
extern const struct rule rule_underflow;
extern const struct rule rule_once;
extern const struct rule rule_use_after_free;
extern const struct rule rule_freed;
extern const struct rule rule_double_free;
extern const struct rule rule_interior;
extern const struct rule rule_never;
extern const struct rule rule_layout;
extern const struct rule rule_unchanged;
extern const struct rule rule_quarantine;
extern const struct rule rule_reuse;
extern const struct rule rule_stays;
extern const struct rule rule_books;
extern const struct rule rule_leaks;
extern const struct rule rule_silent;
extern const struct rule rule_memory;
extern const struct rule rule_cost;

#endif
