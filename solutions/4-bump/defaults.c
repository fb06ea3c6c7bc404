/*
 * The interface's defaults: made of alloc and dealloc alone, so that they serve
 * every allocator.
 */
#include "memory/allocator.h"

#include "lab.h"
#include "lib/string.h"

void *alloc_zeroed(struct layout layout)
{
	/* Lab 4, task 4: your code here. */
	void *block = alloc(layout);

	if (block)
		memset(block, 0, layout.size);
	return block;
	/* End of your code. */
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	/* Lab 4, task 5: your code here. */
	struct layout new_layout = { new_size, layout.align };
	void *new_block = alloc(new_layout);

	if (!new_block)
		return NULL;
	memcpy(new_block, block,
	       layout.size < new_size ? layout.size : new_size);
	dealloc(block, layout);
	return new_block;
	/* End of your code. */
}
