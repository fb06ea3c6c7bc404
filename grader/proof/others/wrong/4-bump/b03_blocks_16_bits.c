// Design: offsets, small counters
// Breaks: "A block of layout.size bytes at a multiple of layout.align, which no other block in use overlaps" (kernel/memory/allocator.h): a count of 16 bits is 0 again after 65,536 blocks, and the next dealloc or two give a heap back that is in use
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

struct arena {
	unsigned char *memory;
	size_t capacity;
	size_t used;
	unsigned short blocks;
};

static struct arena arena;

void allocator_init(void *start, size_t size)
{
	struct arena fresh = { start, size, 0, 0 };
	arena = fresh;
}

static size_t bytes_to_skip(const struct arena *a, size_t align)
{
	uintptr_t here = (uintptr_t)a->memory + a->used;
	size_t remainder = here % align;

	return remainder == 0 ? 0 : align - remainder;
}

void *alloc(struct layout layout)
{
	size_t free_bytes;
	size_t skip;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	free_bytes = arena.capacity - arena.used;
	skip = bytes_to_skip(&arena, layout.align);
	if (skip > free_bytes)
		return NULL;
	free_bytes -= skip;
	if (layout.size > free_bytes)
		return NULL;
	arena.used += skip + layout.size;
	arena.blocks++;
	return arena.memory + arena.used - layout.size;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	arena.blocks--;
	if (arena.blocks == 0)
		arena.used = 0;
}

static void copy(unsigned char *to, const unsigned char *from, size_t n)
{
	while (n-- > 0)
		*to++ = *from++;
}

void *alloc_zeroed(struct layout layout)
{
	unsigned char *block = alloc(layout);

	if (block == NULL)
		return NULL;
	for (unsigned char *p = block; p != block + layout.size; p++)
		*p = 0;
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	struct layout wanted = { new_size, layout.align };
	unsigned char *result = alloc(wanted);
	size_t common = layout.size;

	if (result == NULL)
		return NULL;
	if (new_size < common)
		common = new_size;
	copy(result, block, common);
	dealloc(block, layout);
	return result;
}
