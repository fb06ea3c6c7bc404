/*
 * Design: next fit, which goes on where the last request was met; and before every
 * call it looks for a block that is twice in the list, with a table of 64 KiB that it
 * clears each time.
 *
 * A test must not assume that a call is cheap: this one takes about a hundred
 * thousand instructions.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

struct free_block {
	size_t size;
	struct free_block *next; /* upwards, and from the highest to the lowest */
};

#define GRANULE sizeof(struct free_block)

static struct free_block head; /* lower than any, and never large enough */
static struct free_block *latest;

static uint8_t is_listed[64 * 1024];
static uint64_t heap_start;

static void check_list(void)
{
	memset(is_listed, 0, sizeof(is_listed));
	for (struct free_block *block = head.next; block != &head;
	     block = block->next) {
		uint64_t slot = ((uint64_t)block - heap_start) / GRANULE;

		if (slot >= sizeof(is_listed))
			continue;
		require(!is_listed[slot], "block %p is twice in the list",
			(void *)block);
		is_listed[slot] = 1;
	}
}

static uint64_t end_of(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

static struct free_block *make(uint64_t start, uint64_t end,
			       struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	block->size = end - start;
	block->next = next;
	return block;
}

void allocator_init(void *start, size_t size)
{
	uint64_t first = align_up((uint64_t)start, GRANULE);
	uint64_t end = align_down((uint64_t)start + size, GRANULE);

	heap_start = first;
	head.next = first < end ? make(first, end, &head) : &head;
	latest = &head;
	check_list();
}

/* Take [start, start + size) out of the block behind `before`. */
static void cut(struct free_block *before, uint64_t start, uint64_t size)
{
	struct free_block *block = before->next, *rest = block->next;
	uint64_t end = end_of(block);

	if (start + size < end)
		rest = make(start + size, end, rest);
	if ((uint64_t)block < start)
		rest = make((uint64_t)block, start, rest);
	before->next = rest;
	latest = before;
}

void *alloc(struct layout layout)
{
	struct free_block *before = latest;

	layout_check(layout);
	check_list();
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	layout.size = align_up(layout.size, GRANULE);
	do {
		uint64_t start = (uint64_t)before->next, end = end_of(before->next);

		if (before->next != &head && start <= UINT64_MAX - layout.align) {
			start = align_up(start, layout.align);
			if (start <= end && layout.size <= end - start) {
				cut(before, start, layout.size);
				return (void *)start;
			}
		}
		before = before->next;
	} while (before != latest);
	return NULL;
}

void dealloc(void *memory, struct layout layout)
{
	uint64_t start = (uint64_t)memory;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block *before = &head, *block;

	check_list();
	while (before->next != &head && (uint64_t)before->next < start)
		before = before->next;
	block = before->next = make(start, end, before->next);
	if (block->next != &head && (uint64_t)block->next == end)
		make(start, end_of(block->next), block->next->next);
	if (before != &head && end_of(before) == start) {
		before->size += block->size;
		before->next = block->next;
	}
	latest = &head;
}
