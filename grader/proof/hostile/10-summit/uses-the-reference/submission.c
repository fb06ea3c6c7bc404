#include "memory/allocator.h"

#include "lab.h"

void reference_allocator_init(void *start, size_t size);
void *reference_alloc(struct layout layout);
void reference_dealloc(void *block, struct layout layout);

void allocator_init(void *start, size_t size)
{
	reference_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	return reference_alloc(layout);
}

void dealloc(void *block, struct layout layout)
{
	reference_dealloc(block, layout);
}
