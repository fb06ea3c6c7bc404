/*
 * Tests of the most basic: blocks that are taken, with their zones, and refused where
 * there is no such block.  None of them gives a block back.
 */
#include "tests.h"

#include "heap.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/line.h"
#include "test/test.h"

#define LARGEST_ALIGN 4096

/* An empty heap gives one small block, and it can be written to. */
void first_block(void)
{
	heap_begin();
	heap_take(24, 8);
	test_show("first block at %p", (void *)heap.used[0].start);
	heap_check_contents();
}

/* Every byte of every new block, whatever the heap held there. */
void fresh_blocks(void)
{
	heap_begin();
	heap.looks_at_fresh = true;
	for (size_t size = 1; size < 50; size++)
		heap_take(size, 8);
	heap_take(20000, 16);
	heap_check_contents();
}

static struct layout asked_for;

static void alloc_bad_layout(void)
{
	guard_alloc(asked_for, random_site());
}

static void show_asked_for(void)
{
	test_show("guard_alloc of Layout { size: %s, align: %s }",
		  line_size(asked_for.size).text,
		  line_size(asked_for.align).text);
}

/* The caller's bug is told, not repaired, whatever the size is. */
void bad_align(void)
{
	static const size_t aligns[] = { 0, 3, 48, (1ull << 63) + 1, SIZE_MAX };
	static const size_t sizes[] = { 8, 0, HEAP_SIZE + 1, SIZE_MAX };

	heap_begin();
	test_explain_with(show_asked_for);
	for (size_t i = 0; i < 5 * 4; i++) {
		heap_begin_again();
		heap_take(8, 8);
		asked_for = (struct layout){ sizes[i % 4], aligns[i / 4] };
		check_panics(&rule_caller, "a panic of layout_check",
			     alloc_bad_layout);
	}
}

/* Blocks of 0 bytes are blocks: each has an address, and zones, of its own. */
void no_bytes(void)
{
	heap_begin();
	for (size_t align = 1; align <= 16; align *= 2) {
		heap_take(0, align);
		heap_take(1, align);
		heap_take(0, align);
	}
	heap_check_contents();
}

/* Blocks of all small sizes, each filled by its owner to its last byte. */
void blocks_stay_apart(void)
{
	heap_begin();
	for (size_t size = 0; size <= 100; size++)
		heap_take(size, 1);
	heap_check_contents();
	heap_begin_again();
	for (size_t size = 0; size <= 100; size++)
		heap_take(size, 8);
	heap_check_contents();
}

/* Blocks of every align up to a page, after something small at an odd place. */
void alignments(void)
{
	heap_begin();
	for (size_t align = 1; align <= LARGEST_ALIGN; align *= 2) {
		heap_take(1 + test_random_below(40), 1);
		heap_take(3, align);
		heap_take(align, align);
	}
	heap_check_contents();
}

static void expect_null(size_t size, size_t align)
{
	void *block;

	asked_for = (struct layout){ size, align };
	test_explain_with(show_asked_for); /* it may not return */
	block = guard_alloc(asked_for, random_site());
	check(&rule_impossible, !block, "NULL",
	      "%p for Layout { size: %s, align: %s }", block,
	      line_size(size).text, line_size(align).text);
	test_explain_with(NULL);
}

/* Whatever is added to a size in front of the block and behind it. */
#define MOST_AROUND 300

/*
 * More than there is, and sizes at which what the guard adds starts again at 0.  Each
 * is refused, and leaves the heap as it was.
 */
void impossible_sizes(void)
{
	static const size_t aligns[] = { 1, 8, 16, 4096, 1ull << 32,
					 1ull << 63 };

	heap_begin();
	heap_take(HEAP_SIZE / 2, 1);
	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		expect_null(HEAP_SIZE + 1, aligns[i]);
		for (size_t less = 0; less <= MOST_AROUND; less++)
			expect_null(SIZE_MAX - less, aligns[i]);
		for (size_t less = 0; less <= MOST_AROUND; less++)
			expect_null(0 - aligns[i] - less, aligns[i]);
		for (size_t size = 1ull << 17; size; size *= 2)
			expect_null(size, aligns[i]);
	}
	for (size_t align = 1ull << 32; align; align *= 2)
		expect_null(1, align);
	heap_check_contents();
	heap_take(HEAP_SIZE / 4, 1);
	heap_check_contents();
}

#define AROUND 256 /* bytes beside a heap, that nobody may touch */

static void check_around(const uint8_t *bytes, const char *where)
{
	for (size_t i = 0; i < AROUND; i++)
		check(&rule_place, bytes[i] == TEST_GARBAGE,
		      "nothing written outside of the heap",
		      "0x%x at byte %zu of the %u %s a heap of %zu bytes",
		      bytes[i], i, AROUND, where, heap.size);
}

/* Heaps at odd places, with room for a few blocks, or for none. */
void no_room(void)
{
	uint8_t *memory = test_heap();

	for (size_t size = 0; size < 1200; size += 1 + size / 16) {
		memset(memory, TEST_GARBAGE, 2 * AROUND + 16 + size);
		heap_begin_in(memory + AROUND + size % 16, size);
		while (heap_try_take(size % 50, 1))
			heap_check_contents();
		check_around(heap.start - AROUND, "before");
		check_around(heap.start + size, "behind");
	}
}

/* So many blocks of one layout must fit in an empty heap of that size. */
static void fill(size_t heap_size, size_t size, size_t align)
{
	size_t promised = heap_size / (size + 2 * align + GUARD_MEMORY);

	heap_begin_in(heap.start, heap_size);
	while (heap_try_take(size, align))
		;
	check(&rule_memory, heap.count >= promised,
	      "a heap with room for all blocks that the contract promises",
	      "%zu of %zu, of %zu bytes with align %zu", heap.count,
	      promised, size, align);
	heap_check_contents();
}

static void fill_with(size_t size, size_t align)
{
	fill(HEAP_SIZE, size, align);
}

/* Of the smaller heaps, one whose table of notes may just have become larger. */
void memory_bound(void)
{
	heap_begin();
	fill(HEAP_SIZE / 5 * 2, 0, 1);
	fill_with(0, 1);
	fill_with(1, 1);
	fill_with(24, 8);
	fill_with(100, 64);
	fill_with(1000, 16);
	fill_with(100, 4096);
	fill_with(16384, 4096);
	fill_with(65536, 1);
}

/* The largest block of an empty heap. */
static size_t largest_block(void)
{
	size_t possible = 0, impossible = heap.size + 1;

	while (impossible - possible > 1) {
		size_t size = possible + (impossible - possible) / 2;

		heap_begin_in(heap.start, heap.size);
		if (guard_alloc((struct layout){ size, 1 }, random_site()))
			possible = size;
		else
			impossible = size;
	}
	heap_begin_in(heap.start, heap.size);
	return possible;
}

/* A heap that begins anew has room as before; another one has its own. */
void init_again(void)
{
	uint8_t *memory = test_heap();
	size_t largest;

	heap_begin_in(memory, HEAP_SIZE / 2);
	largest = largest_block();
	for (size_t i = 0; i < 10; i++)
		heap_take(1000, 8);
	heap_begin_in(memory, HEAP_SIZE / 2);
	check(&rule_start_over, heap_try_take(largest, 1),
	      "the largest block of the fresh heap", "NULL for %zu bytes",
	      largest);
	heap_begin_in(memory + HEAP_SIZE / 2, HEAP_SIZE / 2);
	heap_take(largest - 16, 1);
	heap_check_contents();
}
