/*
 * The rules of lab 3, which its tests name when they fail; rules.c has their
 * texts.  The handout has an anchor for each id.
 */
#ifndef LABS_3_HEAP_TESTS_RULES_H
#define LABS_3_HEAP_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_works;
extern const struct rule rule_all_pages;
extern const struct rule rule_own_frames;
extern const struct rule rule_usable;
extern const struct rule rule_ends;
extern const struct rule rule_no_execute;
extern const struct rule rule_mapper;
extern const struct rule rule_no_frame;
extern const struct rule rule_undone;
extern const struct rule rule_in_the_way;
extern const struct rule rule_others;
extern const struct rule rule_kernels;

#endif
