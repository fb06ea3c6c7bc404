/*
 * The rules of lab 7, which its tests name when they fail; rules.c has their
 * texts.  The handout has an anchor for each id.
 */
#ifndef LABS_7_COLLECTIONS_TESTS_RULES_H
#define LABS_7_COLLECTIONS_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_vec_shape;
extern const struct rule rule_vec_room;
extern const struct rule rule_vec_growth;
extern const struct rule rule_vec_items;
extern const struct rule rule_vec_index;
extern const struct rule rule_vec_own_item;
extern const struct rule rule_vec_no_memory;
extern const struct rule rule_vec_empty;
extern const struct rule rule_vec_free;
extern const struct rule rule_vec_cost;
extern const struct rule rule_rc_value;
extern const struct rule rule_rc_place;
extern const struct rule rule_rc_counts;
extern const struct rule rule_rc_last_owner;
extern const struct rule rule_rc_weak;
extern const struct rule rule_rc_caller;
extern const struct rule rule_rc_no_memory;
extern const struct rule rule_heap_kept;

#endif
