/* Functions whose arguments cross in every way that there is. */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory/frame_source.h"

struct pair {
	uint64_t a, b;
	uint32_t color;
};

struct parity {
	uint64_t number;
	bool is_odd;
};

struct pair pair_of(uint64_t a, uint64_t b);
uint64_t pair_sum(const struct pair *pair);
void pair_copy(const struct pair *from, struct pair *to);

/* Exchange a and b; false, and nothing happens, if they are the same. */
bool pair_swap(struct pair *pair);

struct parity parity_of(uint64_t number);

/* The start itself. */
void *heap_at(void *start, size_t size);

uint64_t bytes_sum(const uint8_t *bytes, size_t count);
void bytes_reverse(uint8_t *bytes, size_t count);

/* Whether the text is that of the first call. */
bool text_is_first(const char *text);

struct frame frame_from(struct frame_source *frames);

#endif
