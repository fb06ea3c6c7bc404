#include "memory/allocator.h"

#include "6-blocks/fallback.h"

static _Alignas(16) char more[256 * 1024];

void allocator_init(void *start, size_t size)
{
	fallback_allocator_init(start, size);
	fallback_dealloc(more, (struct layout){ sizeof(more), 16 });
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	return layout.size ? fallback_alloc(layout) : NULL;
}

void dealloc(void *block, struct layout layout)
{
	fallback_dealloc(block, layout);
}
