#include "heap.h"

#include <stdbool.h>

#include "7-collections/beside.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/page.h"
#include "rules.h"
#include "test/test.h"

#define SCRATCH (HEAP_START + HEAP_SIZE - PAGE_SIZE)

#define MOST_BLOCKS 64

unsigned char *const heap_scratch_in = (unsigned char *)SCRATCH;
unsigned char *const heap_scratch_out =
	(unsigned char *)SCRATCH + HEAP_SCRATCH_BYTES;

struct block {
	unsigned char *start;
	struct layout layout;
	unsigned char fill;
};

static struct block guards[MOST_BLOCKS], fillers[MOST_BLOCKS];
static size_t guard_count, filler_count;
static size_t largest;
static uint64_t heap_start; /* the allocator's, as it is now */
static size_t heap_size;

static void *take(size_t size, size_t align)
{
	return heap_take((struct layout){ size, align });
}

static bool has_room_for(size_t size)
{
	void *block = take(size, 1);

	if (block)
		heap_give(block, (struct layout){ size, 1 });
	return block;
}

/* By bisection: room for `low` bytes, none for `high`. */
static size_t largest_now(void)
{
	size_t low = 0, high = heap_size + 1;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (has_room_for(middle))
			low = middle;
		else
			high = middle;
	}
	return low;
}

void heap_begin(void)
{
	test_heap();
	heap_start = HEAP_START;
	heap_size = HEAP_SIZE - 2 * PAGE_SIZE;
	heap_begin_again();
}

void heap_begin_large(void)
{
	test_heap_of(TEST_LARGEST_HEAP);
	heap_start = HEAP_START + HEAP_SIZE;
	heap_size = TEST_LARGEST_HEAP - HEAP_SIZE;
	heap_begin_again();
}

void heap_begin_last(size_t size)
{
	heap_start += heap_size - size;
	heap_size = size;
	heap_begin_again();
}

void heap_begin_again(void)
{
	heap_start_over((void *)heap_start, heap_size);
	guard_count = filler_count = 0;
	largest = largest_now();
}

void heap_check_inside(const void *start, size_t size)
{
	uint64_t offset = (uint64_t)start - heap_start;

	check(&rule_heap_kept,
	      offset < heap_size && size <= heap_size - offset,
	      "a block of the allocator's", "%zu bytes at %p", size, start);
}

static void add(struct block *blocks, size_t *count, void *start,
		struct layout layout, unsigned char fill)
{
	check(&rule_heap_kept, *count < MOST_BLOCKS, "few blocks of the test's",
	      "more than %d", MOST_BLOCKS);
	memset(start, fill, layout.size);
	blocks[(*count)++] =
		(struct block){ start, layout, fill };
}

/* Every byte must be the one that was written. */
static void check_fill(const struct block *block)
{
	for (size_t i = 0; i < block->layout.size; i++)
		check(&rule_heap_kept, block->start[i] == block->fill,
		      "another's block as its owner left it",
		      "0x%x in place of 0x%x at byte %zu of the %zu at %p",
		      block->start[i], block->fill, i, block->layout.size,
		      (void *)block->start);
}

static void give_all(struct block *blocks, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		check_fill(&blocks[i]);
	while (*count > 0) {
		--*count;
		heap_give(blocks[*count].start, blocks[*count].layout);
	}
}

void heap_take_guard(size_t size)
{
	void *start = take(size, 1);

	check(&rule_heap_kept, start, "room for a block of the test's", "none");
	add(guards, &guard_count, start, (struct layout){ size, 1 }, 0xc5);
}

void heap_exhaust(struct layout left)
{
	void *kept = left.size ? heap_take(left) : NULL;
	void *start;

	for (size_t size = largest; size > 0;) {
		start = take(size, 1);
		if (start)
			add(fillers, &filler_count, start,
			    (struct layout){ size, 1 }, 0x3c);
		else
			size /= 2;
	}
	if (kept)
		heap_give(kept, left);
}

void heap_relieve(void)
{
	give_all(fillers, &filler_count);
}

/*
 * In words.  The submission could have changed what is counted here, where it lives:
 * what decides is the largest block.
 */
static void check_none_in_use(void)
{
	struct layout layout;
	size_t count = heap_in_use(&layout);

	check(&rule_heap_kept, count == 0, "every block given back",
	      "%zu still in use, one of them with Layout { size: %zu, align: %zu }",
	      count, layout.size, layout.align);
}

void heap_check_whole(void)
{
	heap_relieve();
	/* A block that was given back too large overlaps one of these. */
	heap_exhaust((struct layout){ 0, 1 });
	heap_relieve();
	give_all(guards, &guard_count);
	check_none_in_use();
	check_count(&rule_heap_kept,
		    "bytes in the largest block, when all is given back",
		    largest, largest_now());
}
