/*
 * The rules that only lab 6 has, beside those of all allocators.
 */
#ifndef LABS_6_BLOCKS_TESTS_RULES_H
#define LABS_6_BLOCKS_TESTS_RULES_H

#include "test/allocator/rules.h"

extern const struct rule rule_waste;
extern const struct rule rule_cost;
extern const struct rule rule_stays;

#endif
