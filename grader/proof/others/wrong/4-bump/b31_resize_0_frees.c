// Design: defensive
// Breaks: "A new_size of 0 gives NULL likewise [and the old one is in use]" (kernel/memory/allocator.h): as in C, 0 frees the block
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

struct bump_allocator {
	uint64_t heap_start;
	uint64_t heap_end;
	uint64_t next;
	uint64_t allocations;
	uint64_t refused;
};

static struct bump_allocator allocator;

static void check_invariants(void)
{
	require(allocator.heap_start <= allocator.next, "next is below the heap");
	require(allocator.next <= allocator.heap_end, "next is above the heap");
}

void allocator_init(void *start, size_t size)
{
	allocator.heap_start = (uint64_t)start;
	allocator.heap_end = allocator.heap_start + size;
	allocator.next = allocator.heap_start;
	allocator.allocations = 0;
	allocator.refused = 0;
	check_invariants();
	debug_printf("heap of %zu bytes at %p\n", size, start);
}

static void *refuse(struct layout layout, const char *why)
{
	allocator.refused++;
	debug_printf("alloc(%zu, %zu): %s\n", layout.size, layout.align, why);
	return NULL;
}

void *alloc(struct layout layout)
{
	uint64_t address;

	layout_check(layout);
	check_invariants();
	if (layout.size == 0)
		return refuse(layout, "size 0");
	if (layout.align - 1 > UINT64_MAX - allocator.next)
		return refuse(layout, "no multiple above");
	address = align_up(allocator.next, layout.align);
	if (address > allocator.heap_end)
		return refuse(layout, "padding does not fit");
	if (layout.size > allocator.heap_end - address)
		return refuse(layout, "block does not fit");
	allocator.next = address + layout.size;
	allocator.allocations++;
	check_invariants();
	debug_printf("alloc(%zu, %zu): %p\n", layout.size, layout.align, (void *)address);
	return (void *)address;
}

void dealloc(void *block, struct layout layout)
{
	uint64_t address = (uint64_t)block;

	check_invariants();
	require(allocator.allocations > 0, "no block is in use");
	require(address >= allocator.heap_start && address < allocator.next,
		"%p is no block of this heap", block);
	require(layout.size <= allocator.next - address, "the block is too large");
	allocator.allocations--;
	debug_printf("dealloc(%p): %zu left\n", block, (size_t)allocator.allocations);
	if (allocator.allocations == 0) {
		debug_printf("all free\n");
		allocator.next = allocator.heap_start;
	}
}

void *alloc_zeroed(struct layout layout)
{
	void *block = alloc(layout);

	if (block != NULL) {
		memset(block, 0, layout.size);
		require(*(char *)block == 0, "not cleared");
	}
	return block;
}

void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	struct layout new_layout = { .size = new_size, .align = layout.align };
	size_t to_copy;
	void *new_block;

	require(block != NULL, "resize of no block");
	if (new_size == 0) {
		dealloc(block, layout);
		return NULL;
	}
	new_block = alloc(new_layout);
	if (new_block == NULL)
		return NULL;
	if (new_size < layout.size)
		to_copy = new_size;
	else
		to_copy = layout.size;
	memcpy(new_block, block, to_copy);
	dealloc(block, layout);
	return new_block;
}
