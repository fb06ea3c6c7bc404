#include "memory/allocator.h"

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"

void layout_check(struct layout layout)
{
	require(layout.align && !(layout.align & (layout.align - 1)),
		"Layout { size: %zu, align: %zu }: align is not a power of two",
		layout.size, layout.align);
}

/* A lab may write its own: the linker prefers a function that is not weak. */
__attribute__((weak)) void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (block)
		memset(block, 0, layout.size);
	return block;
}

__attribute__((weak)) void *alloc_resized(void *block, struct layout layout,
					  size_t new_size)
{
	struct layout new_layout = { new_size, layout.align };
	void *new_block = alloc(new_layout);

	if (!new_block)
		return NULL;
	memcpy(new_block, block,
	       layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return new_block;
}

void alloc_error_handler(struct layout layout)
{
	panic(ALLOCATION_ERROR, layout.size, layout.align);
}
