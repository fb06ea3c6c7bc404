/*
 * The rules of lab 2, which its tests name when they fail; rules.c has their
 * texts.  The handout has an anchor for each id.
 */
#ifndef LABS_2_PAGING_TESTS_RULES_H
#define LABS_2_PAGING_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_frame;
extern const struct rule rule_index;
extern const struct rule rule_zeroed;
extern const struct rule rule_tables;
extern const struct rule rule_entry;
extern const struct rule rule_parents;
extern const struct rule rule_translate;
extern const struct rule rule_huge;
extern const struct rule rule_nothing;
extern const struct rule rule_unmap;
extern const struct rule rule_frame_back;
extern const struct rule rule_flush;
extern const struct rule rule_unmap_refused;
extern const struct rule rule_map_refused;
extern const struct rule rule_huge_in_way;
extern const struct rule rule_no_trace;
extern const struct rule rule_root;
extern const struct rule rule_model;

#endif
