#include "host/judged/judge.h"

#include <string.h>

#include "memory/heap.h"

static size_t heap_size; /* from HEAP_START on */

void judge_set_heap_size(size_t size)
{
	heap_size = size;
}

static bool is_in_heap(const void *block, size_t size)
{
	uint64_t start = (uint64_t)block;

	return start >= HEAP_START && size <= heap_size &&
	       start - HEAP_START <= heap_size - size;
}

void judge_heap(const char *function, const void *pointer, size_t size)
{
	judge_require(!pointer || is_in_heap(pointer, size),
		      "%s returned 0x%llx, from where %zu bytes leave the heap",
		      function, (unsigned long long)(uint64_t)pointer, size);
}

void judge_bool(bool *value)
{
	unsigned char byte;

	memcpy(&byte, value, sizeof(byte));
	*value = byte != 0;
}

void judge_bytes(struct call_bytes *argument, const void *bytes, size_t size)
{
	argument->at = bytes;
	argument->is_copy = bytes && !is_in_heap(bytes, size);
	if (!argument->is_copy)
		return;
	judge_require(size <= sizeof(argument->bytes),
		      "a test passes a block of %zu bytes, more than %zu", size,
		      sizeof(argument->bytes));
	memcpy(argument->bytes, bytes, size);
}

void judge_bytes_back(void *bytes, const struct call_bytes *argument,
		      const struct call_bytes *result, size_t size)
{
	if (argument->is_copy)
		memcpy(bytes, result->bytes, size);
}

void judge_same(const char *what, const void *before, const void *after,
		size_t size)
{
	judge_require(memcmp(before, after, size) == 0,
		      "the call has changed %s", what);
}

void judge_text(struct call_text *argument, const char *text)
{
	size_t length = strlen(text);

	judge_require(length < sizeof(argument->text),
		      "a test passes a string of %zu characters, more than %zu",
		      length, sizeof(argument->text) - 1);
	memcpy(argument->text, text, length + 1);
}
