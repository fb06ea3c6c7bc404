/*
 * Counted values of the submission's, and what they must hold.
 */
#ifndef LABS_7_COLLECTIONS_TESTS_COUNTED_H
#define LABS_7_COLLECTIONS_TESTS_COUNTED_H

#include <stdint.h>

#include "collections/rc.h"

/* A new value, filled with bytes that are made from the number. */
struct rc *counted_new(struct layout layout, uint64_t number);

/* Fails unless counts and value lie where they must. */
void counted_check_place(struct rc *rc, struct layout layout);

void counted_check_counts(const struct rc *rc, size_t strong, size_t weak);

/* The value, the counts and the place. */
void counted_check(struct rc *rc, uint64_t number, size_t strong, size_t weak);

/* The only owner goes; the value is looked at before. */
void counted_release(struct rc *rc, uint64_t number);

#endif
