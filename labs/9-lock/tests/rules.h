/* The rules that a failure names; the handout has an anchor for each. */
#ifndef LABS_9_LOCK_TESTS_RULES_H
#define LABS_9_LOCK_TESTS_RULES_H

#include "test/test.h"

extern const struct rule rule_takes;

#endif
