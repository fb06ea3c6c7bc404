/*
 * Tests of guard_dealloc: what is freed rightly, and what is freed wrongly.  They ask
 * nothing about blocks that were freed, so that they hold without a quarantine, too.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

static void begin(void)
{
	heap_begin();
	heap.forgets = true;
}

static struct guard_report dealloc_it(void *pointer, struct layout layout)
{
	return guard_dealloc(pointer, layout, random_site());
}

/* Blocks come and go, and nothing is wrong. */
void take_and_give(void)
{
	begin();
	for (size_t i = 0; i < 100; i++) {
		heap_take(i, 1ull << i % 8);
		heap_take(100 - i, 1);
		heap_give_any();
	}
	heap_check();
	heap_give_all();
	heap_check();
}

/* Something is wrong beside a block that is given back: its owner is told at once. */
static void spoil_and_give(int64_t offset, const struct rule *rule)
{
	const struct block *block = heap_take(20 + test_random_below(30), 4);
	struct guard_report expected;

	if (offset >= 0)
		offset += (int64_t)block->layout.size;
	expected = heap_report(
		block, offset < 0 ? GUARD_UNDERFLOW : GUARD_OVERFLOW, offset);
	heap_spoil(block->start + offset);
	report_check(rule, "guard_dealloc", &expected,
		     dealloc_it(block->start, block->layout));
	heap.count--;
	report_check_nothing(&rule_once, "guard_check afterwards",
			     guard_check());
}

/* Each byte of both zones; the other blocks are as they were. */
void found_when_freed(void)
{
	begin();
	heap_fill(3, 0);
	for (int place = 0; place < GUARD_ZONE; place++) {
		spoil_and_give(place, &rule_overflow);
		spoil_and_give(-1 - place, &rule_underflow);
	}
	heap_check();
}

/* ---- Refused ----------------------------------------------------------------- */

/* Nothing has changed: all is known that was, and what is freed rightly is taken. */
static void check_unchanged(void)
{
	report_check_nothing(&rule_unchanged, "guard_check afterwards",
			     guard_check());
	heap_check_contents();
	heap_check_all_known(&rule_unchanged);
	heap_give_all();
}

static void free_with(const struct block *block, size_t size, size_t align)
{
	struct guard_report expected =
		heap_report(block, GUARD_OTHER_LAYOUT, 0);

	report_check(&rule_layout, "guard_dealloc", &expected,
		     dealloc_it(block->start, (struct layout){ size, align }));
}

/* Too large, too small, and another align: even a better one is another. */
void other_layout(void)
{
	begin();
	heap_fill(20, 10);
	heap_take(0, 1);
	for (size_t i = 0; i < heap.count; i++) {
		const struct block *block = &heap.used[i];
		size_t size = block->layout.size, align = block->layout.align;

		free_with(block, size + 1, align);
		free_with(block, size - 1, align);
		free_with(block, size + (1ull << 32), align);
		free_with(block, size, align * 2);
		free_with(block, size, align == 1 ? 8 : align / 2);
		free_with(block, size ^ (1 + test_random_below(4096)), 1);
	}
	check_unchanged();
}

static void free_inside_of(const struct block *block, size_t offset)
{
	struct guard_report expected =
		heap_report(block, GUARD_INTERIOR_FREE, (int64_t)offset);

	report_check(&rule_interior, "guard_dealloc", &expected,
		     dealloc_it(block->start + offset, block->layout));
}

/* From a block's second byte to its last. */
void free_inside(void)
{
	begin();
	heap_fill(10, 10);
	heap_take(40000, 8);
	free_inside_of(&heap.used[heap.count - 1], 1);
	free_inside_of(&heap.used[heap.count - 1], 20000);
	free_inside_of(&heap.used[heap.count - 1], 39999);
	heap_take(2, 1);
	heap_take(70, 16);
	for (size_t i = 0; i < heap.count; i++)
		for (size_t at = 1; at < heap.used[i].layout.size && at < 100;
		     at++)
			free_inside_of(&heap.used[i], at);
	check_unchanged();
}

static void free_stranger(void *pointer)
{
	struct guard_report expected = {
		.what = GUARD_NEVER_ALLOCATED,
		.block = pointer,
	};

	report_check(&rule_never, "guard_dealloc", &expected,
		     dealloc_it(pointer, (struct layout){ 8, 8 }));
}

/* Near a block that is known, but not in it. */
static void free_beside(const struct block *block)
{
	size_t size = block->layout.size;

	for (size_t i = 1; i <= GUARD_ZONE; i++)
		free_stranger(block->start - i);
	for (size_t i = size ? 0 : 1; i < GUARD_ZONE; i++)
		free_stranger(block->start + size + i);
}

/* NULL, variables, addresses of nothing, and what lies beside a block. */
void never_allocated(void)
{
	static int variable;

	begin();
	free_stranger(heap.start + 640);
	heap_fill(10, 0);
	heap_take(0, 1);
	free_stranger(NULL);
	free_stranger(&variable);
	free_stranger((void *)1);
	free_stranger((void *)(1ull << 63));
	free_stranger((void *)UINT64_MAX);
	free_stranger(heap.start);
	free_stranger(heap.start + HEAP_SIZE - 1);
	free_stranger(heap.start + HEAP_SIZE);
	free_stranger(heap.start - 4096);
	for (size_t i = 0; i < heap.count; i++)
		free_beside(&heap.used[i]);
	check_unchanged();
}
