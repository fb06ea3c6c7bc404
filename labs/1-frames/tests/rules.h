/*
 * The rules of lab 1, which its tests name when they fail; rules.c has their
 * texts.  The handout has an anchor for each id.
 */
#ifndef LABS_1_FRAMES_TESTS_RULES_H
#define LABS_1_FRAMES_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_gives;
extern const struct rule rule_usable;
extern const struct rule rule_used;
extern const struct rule rule_frame_zero;
extern const struct rule rule_none_left;
extern const struct rule rule_once;
extern const struct rule rule_again;
extern const struct rule rule_contents;
extern const struct rule rule_own_memory;
extern const struct rule rule_anew;
extern const struct rule rule_several;
extern const struct rule rule_cost;

#endif
