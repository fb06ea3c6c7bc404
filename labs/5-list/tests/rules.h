/*
 * The rules of lab 5, which its tests name when they fail; rules.c has their
 * texts.  The handout has an anchor for each id.
 */
#ifndef LABS_5_LIST_TESTS_RULES_H
#define LABS_5_LIST_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_room;
extern const struct rule rule_inside;
extern const struct rule rule_aligned;
extern const struct rule rule_apart;
extern const struct rule rule_contents;
extern const struct rule rule_impossible;
extern const struct rule rule_caller;
extern const struct rule rule_reuse;
extern const struct rule rule_start_over;
extern const struct rule rule_values;
extern const struct rule rule_zeroed;
extern const struct rule rule_resized;
extern const struct rule rule_whole;
extern const struct rule rule_outside;
extern const struct rule rule_utilisation;

#endif
