// Design: stores each block's size in front of it, to free without trusting the caller
// Breaks: "NULL when ... there is no such block" (kernel/memory/allocator.h): 8 bytes of each block are lost, so the whole heap cannot be had; "an allocator need not store it"
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

static uint64_t start, end, next, bytes_in_use;

void allocator_init(void *memory, size_t size)
{
	start = next = (uint64_t)memory;
	end = start + size;
	bytes_in_use = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || end - next < sizeof(size_t) ||
	    next + sizeof(size_t) > UINT64_MAX - (layout.align - 1))
		return NULL;
	uint64_t block = align_up(next + sizeof(size_t), layout.align);
	if (block > end || layout.size > end - block)
		return NULL;
	memcpy((void *)(block - sizeof(size_t)), &layout.size, sizeof(size_t));
	next = block + layout.size;
	bytes_in_use += layout.size;
	return (void *)block;
}

void dealloc(void *block, struct layout layout)
{
	size_t size;

	memcpy(&size, (char *)block - sizeof(size_t), sizeof(size_t));
	require(size == layout.size, "another layout");
	bytes_in_use -= size;
	if (bytes_in_use == 0)
		next = start;
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);
	if (block)
		memset(block, 0, layout.size);
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *fresh = alloc((struct layout){ new_size, layout.align });
	if (!fresh)
		return NULL;
	memcpy(fresh, block, layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return fresh;
}
