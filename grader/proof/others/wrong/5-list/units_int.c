// Design: Kernighan and Ritchie: headers, a circular list and a roving pointer (next fit)
// Breaks: "NULL when layout.size is 0 or when there is no such block, however large size and align are; the heap is unchanged then." (kernel/memory/allocator.h) -- the number of units is an unsigned int: a size of 2^36 and more wraps and gives a small block
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

union header {
	struct {
		union header *ptr;
		size_t size; /* in headers, this one included */
	} s;
	char space[16];
};

static union header base;
static union header *freep;

static void insert(union header *bp)
{
	union header *p;

	for (p = freep; !(bp > p && bp < p->s.ptr); p = p->s.ptr)
		if (p >= p->s.ptr && (bp > p || bp < p->s.ptr))
			break;
	if (bp + bp->s.size == p->s.ptr && p->s.ptr != &base) {
		bp->s.size += p->s.ptr->s.size;
		bp->s.ptr = p->s.ptr->s.ptr;
	} else {
		bp->s.ptr = p->s.ptr;
	}
	if (p != &base && p + p->s.size == bp) {
		p->s.size += bp->s.size;
		p->s.ptr = bp->s.ptr;
	} else {
		p->s.ptr = bp;
	}
	freep = p;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start;
	union header *whole;
	size_t units;

	base.s.ptr = freep = &base;
	base.s.size = 0;
	if (size < 64)
		return;
	whole = (union header *)((low + 15) & ~(uintptr_t)15);
	units = (low + size - (uintptr_t)whole) / sizeof(union header);
	whole->s.size = units;
	insert(whole);
}

void *alloc(struct layout layout)
{
	union header *p, *prevp;
	unsigned units;

	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	units = (layout.size - 1) / sizeof(union header) + 2;
	prevp = freep;
	for (p = prevp->s.ptr;; prevp = p, p = p->s.ptr) {
		uintptr_t first = (uintptr_t)(p + 1);
		uintptr_t gap = -first & (layout.align - 1);
		size_t before = gap / sizeof(union header);

		if (p != &base && before < p->s.size &&
		    p->s.size - before >= units) {
			union header *block = p + before;
			size_t behind = p->s.size - before - units;
			union header *next = p->s.ptr;

			if (behind) {
				block[units].s.size = behind;
				block[units].s.ptr = next;
				next = block + units;
			}
			if (before) {
				p->s.size = before;
				p->s.ptr = next;
			} else {
				prevp->s.ptr = next;
			}
			freep = prevp;
			block->s.size = units;
			return block + 1;
		}
		if (p == freep)
			return NULL;
	}
}

void dealloc(void *block, struct layout layout)
{
	(void)layout;
	insert((union header *)block - 1);
}
