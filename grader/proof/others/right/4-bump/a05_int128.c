// Design: all sums in 128 bits, so that nothing can overflow and no comparison is turned round
#include "memory/allocator.h"

#include "lib/string.h"

typedef unsigned __int128 wide;

static wide first, past, at;
static wide count;

void allocator_init(void *start, size_t size)
{
	first = at = (wide)(__UINTPTR_TYPE__)start;
	past = first + size;
	count = 0;
}

void *alloc(struct layout layout)
{
	layout_check(layout);

	wide begin = (at + layout.align - 1) & -(wide)layout.align;
	wide stop = begin + layout.size;

	if (begin == stop || stop > past)
		return NULL;
	at = stop;
	count++;
	return (void *)(__UINTPTR_TYPE__)begin;
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	count--;
	at = count ? at : first;
}

void *alloc_zeroed(struct layout layout)
{
	void *b = alloc(layout);
	if (b != NULL)
		memset(b, 0x00, layout.size);
	return b;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	void *b = alloc((struct layout){ new_size, layout.align });
	if (b == NULL)
		return NULL;
	if (new_size > layout.size)
		memmove(b, block, layout.size);
	else
		memmove(b, block, new_size);
	dealloc(block, layout);
	return b;
}
