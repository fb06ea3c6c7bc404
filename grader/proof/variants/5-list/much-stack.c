/*
 * Design: the second best of the blocks in which a request fits, if there are two; all
 * of them stand in an array on the stack, of 4 KiB, which every call clears.
 *
 * A test must not assume that a call needs little of the stack's 64 KiB.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "memory/align.h"

struct free_block {
	size_t size;
	struct free_block *next; /* upwards */
};

#define GRANULE sizeof(struct free_block)
#define CHOICES (4096 / sizeof(struct free_block **))

static struct free_block *lowest;

static uint64_t end_of(const struct free_block *block)
{
	return (uint64_t)block + block->size;
}

/* Make [start, end) a free block in front of next, unless it is empty. */
static struct free_block *make(uint64_t start, uint64_t end,
			       struct free_block *next)
{
	struct free_block *block = (struct free_block *)start;

	if (start >= end)
		return next;
	block->size = end - start;
	block->next = next;
	return block;
}

void allocator_init(void *start, size_t size)
{
	lowest = make(align_up((uint64_t)start, GRANULE),
		      align_down((uint64_t)start + size, GRANULE), NULL);
}

/* Where in the block the request can begin; 0 if it does not fit. */
static uint64_t fit(const struct free_block *block, struct layout layout)
{
	uint64_t start = (uint64_t)block;

	if (start > UINT64_MAX - layout.align)
		return 0;
	start = align_up(start, layout.align);
	if (start > end_of(block) || layout.size > end_of(block) - start)
		return 0;
	return start;
}

/* The smallest but one of those choices; NULL if there is none. */
static struct free_block **choose(struct free_block **const choices[CHOICES])
{
	struct free_block **best = NULL, **second = NULL;

	for (size_t i = 0; i < CHOICES; i++) {
		if (!choices[i])
			continue;
		if (!best || (*choices[i])->size < (*best)->size) {
			second = best;
			best = choices[i];
		} else if (!second || (*choices[i])->size < (*second)->size) {
			second = choices[i];
		}
	}
	return second ? second : best;
}

void *alloc(struct layout layout)
{
	struct free_block **choices[CHOICES] = { 0 }, **chosen, *block;
	size_t count = 0;
	uint64_t start;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX - (GRANULE - 1))
		return NULL;
	layout.size = align_up(layout.size, GRANULE);
	for (struct free_block **link = &lowest; *link; link = &(*link)->next)
		if (fit(*link, layout))
			choices[count++ % CHOICES] = link;
	chosen = choose(choices);
	if (!chosen)
		return NULL;
	block = *chosen;
	start = fit(block, layout);
	*chosen = make((uint64_t)block, start,
		       make(start + layout.size, end_of(block), block->next));
	return (void *)start;
}

/* The list is written anew, by way of an array on the stack as far as it holds it. */
void dealloc(void *memory, struct layout layout)
{
	struct free_block *below[CHOICES] = { 0 };
	uint64_t start = (uint64_t)memory;
	uint64_t end = start + align_up(layout.size, GRANULE);
	struct free_block **link = &lowest;
	size_t count = 0;

	while (*link && end_of(*link) < start) {
		below[count++ % CHOICES] = *link;
		link = &(*link)->next;
	}
	require(count == 0 || &below[(count - 1) % CHOICES]->next == link,
		"the list has a hole below %p", memory);
	if (*link && end_of(*link) == start) {
		start = (uint64_t)*link;
		*link = (*link)->next;
	}
	if (*link && (uint64_t)*link == end) {
		end = end_of(*link);
		*link = (*link)->next;
	}
	*link = make(start, end, *link);
}
