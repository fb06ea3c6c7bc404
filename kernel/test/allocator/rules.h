/*
 * The rules that the tests of an allocator name when they fail.  Each allocator
 * lab's rules.c has those that its tests use, in the words of its own handout,
 * which has an anchor for each id.
 */
#ifndef TEST_ALLOCATOR_RULES_H
#define TEST_ALLOCATOR_RULES_H

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
extern const struct rule rule_utilisation; /* of reuse.c */

#endif
