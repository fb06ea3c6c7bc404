// Design: debug_printf in every call; fresh blocks filled with 0xAA, freed ones with 0xDD (of the class, or of the caller's size for large ones)
// Right: contents are undefined and a freed block's bytes are the allocator's; a forgotten debug_printf "costs no points"; the cost does not depend on how many blocks are free
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"
#include "lib/string.h"

static void *lists[9];
static unsigned long calls;

static int which(struct layout l)
{
	int c = 0;
	size_t s = 8;
	while (s < l.size || s < l.align) {
		if (c == 8)
			return -1;
		c++;
		s *= 2;
	}
	return c;
}

void allocator_init(void *start, size_t size)
{
	debug_printf("init %p + %zu\n", start, size);
	calls = 0;
	for (int c = 0; c < 9; c++)
		lists[c] = NULL;
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	void *block = NULL;
	size_t bytes = layout.size;

	debug_printf("%lu: alloc { %zu, %zu }\n", ++calls, layout.size,
		     layout.align);
	layout_check(layout);
	if (layout.size == 0) {
		debug_printf("  size 0 -> NULL\n");
		goto out;
	}
	int c = which(layout);
	if (c < 0) {
		debug_printf("  large\n");
		block = fallback_alloc(layout);
		goto out;
	}
	bytes = 8ul << c;
	if (lists[c] != NULL) {
		debug_printf("  from list %d\n", c);
		block = lists[c];
		lists[c] = *(void **)block;
	} else {
		debug_printf("  list %d is empty\n", c);
		block = fallback_alloc((struct layout){ bytes, bytes });
	}
out:
	if (block)
		memset(block, 0xAA, bytes);
	debug_printf("  -> %p\n", block);
	return block;
}

void dealloc(void *block, struct layout layout)
{
	int c = which(layout);

	debug_printf("%lu: dealloc { %zu, %zu } at %p, class %d\n", ++calls,
		     layout.size, layout.align, block, c);
	memset(block, 0xDD, c < 0 ? layout.size : 8ul << c);
	if (c < 0) {
		fallback_dealloc(block, layout);
		return;
	}
	*(void **)block = lists[c];
	lists[c] = block;
}
