/* Of the tests, but run where the submission is. */
#ifndef BESIDE_H
#define BESIDE_H

#include <stddef.h>
#include <stdint.h>

/* The sum of so many sums of 1 and 2. */
uint64_t call_often(size_t times);

#endif
