#include "memory/allocator.h"

#include "lib/console.h"
#include "lib/panic.h"

void layout_check(struct layout layout)
{
	require(layout.align && !(layout.align & (layout.align - 1)),
		"Layout { size: %zu, align: %zu }: align is not a power of two",
		layout.size, layout.align);
}

void alloc_error_handler(struct layout layout)
{
	panic(ALLOCATION_ERROR, layout.size, layout.align);
}
