#include "97-words/words.h"

#include "lib/string.h"

struct pair pair_of(uint64_t a, uint64_t b)
{
	return (struct pair){ a, b, 7 };
}

uint64_t pair_sum(const struct pair *pair)
{
	return pair->a + pair->b;
}

void pair_copy(const struct pair *from, struct pair *to)
{
	*to = *from;
}

bool pair_swap(struct pair *pair)
{
	uint64_t a = pair->a;

	if (pair->a == pair->b)
		return false;
	pair->a = pair->b;
	pair->b = a;
	return true;
}

struct parity parity_of(uint64_t number)
{
	return (struct parity){ number, number % 2 };
}

void *heap_at(void *start, size_t size)
{
	(void)size;
	return start;
}

uint64_t bytes_sum(const uint8_t *bytes, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; bytes && i < count; i++)
		sum += bytes[i];
	return sum;
}

void bytes_reverse(uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		uint8_t byte = bytes[i];

		bytes[i] = bytes[count - 1 - i];
		bytes[count - 1 - i] = byte;
	}
}

bool text_is_first(const char *text)
{
	static const char *first;

	if (!first)
		first = text;
	return strcmp(text, first) == 0;
}

struct frame frame_from(struct frame_source *frames)
{
	return frame_source_allocate(frames);
}
