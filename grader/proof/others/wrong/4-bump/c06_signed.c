// Design: signed arithmetic throughout (ptrdiff_t), which is easier to think about
// Breaks: "NULL when ... there is no such block, however large size and align are" (kernel/memory/allocator.h): a size above PTRDIFF_MAX is negative and fits everywhere
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/string.h"

static char *first, *next;
static ptrdiff_t room;		/* behind next */
static ptrdiff_t total;
static int blocks;

void allocator_init(void *start, size_t size)
{
	first = next = start;
	room = total = (ptrdiff_t)size;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);

	ptrdiff_t padding = (ptrdiff_t)(-(uintptr_t)next & (layout.align - 1));
	ptrdiff_t left = room - padding;

	if (layout.size == 0 || padding > room || left < (ptrdiff_t)layout.size)
		return NULL;
	char *block = next + padding;
	next = block + layout.size;
	room = left - (ptrdiff_t)layout.size;
	blocks++;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	if (--blocks > 0)
		return;
	next = first;
	room = total;
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
