/*
 * Tests of guard_dealloc: what is freed rightly, and what is freed wrongly.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

static struct guard_report dealloc_it(const void *pointer, struct layout layout)
{
	return guard_dealloc((void *)pointer, layout, random_site());
}

/* Blocks come and go, and nothing is wrong. */
void take_and_give(void)
{
	heap_begin();
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
	struct block block = *heap_take(20 + test_random_below(30), 4);
	struct guard_site site = random_site();
	struct guard_report expected;

	if (offset >= 0)
		offset += (int64_t)block.layout.size;
	expected = heap_report(
		&block, offset < 0 ? GUARD_UNDERFLOW : GUARD_OVERFLOW, offset);
	heap_spoil(block.start + offset);
	report_check(rule, "guard_dealloc", &expected,
		     guard_dealloc(block.start, block.layout, site));
	heap_given(heap.count - 1, site);
	report_check_nothing(&rule_once, "guard_check afterwards",
			     guard_check());
	heap_check_known(rule, &heap.freed[heap.freed_count - 1]);
}

/* The block is taken back all the same; and of two things, the lower is told. */
void found_when_freed(void)
{
	struct block block;
	struct guard_site site = random_site();
	struct guard_report first, second;

	heap_begin();
	heap_fill(3, 0);
	for (int place = 0; place < GUARD_ZONE; place++) {
		spoil_and_give(place, &rule_overflow);
		spoil_and_give(-1 - place, &rule_underflow);
	}
	block = *heap_take(9, 1);
	first = heap_report(&block, GUARD_UNDERFLOW, -1);
	heap_spoil(block.start - 1);
	heap_spoil(block.start + 9);
	report_check(&rule_underflow, "guard_dealloc", &first,
		     guard_dealloc(block.start, block.layout, site));
	heap_given(heap.count - 1, site);
	second = heap_report(&heap.freed[heap.freed_count - 1], GUARD_OVERFLOW,
			     9);
	report_check(&rule_overflow, "guard_check afterwards", &second,
		     guard_check());
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
}

static void free_with(const struct block *block, size_t size, size_t align)
{
	struct guard_report expected =
		heap_report(block, GUARD_OTHER_LAYOUT, 0);

	report_check(&rule_layout, "guard_dealloc", &expected,
		     dealloc_it(block->start, (struct layout){ size, align }));
}

static const struct block *any_used(void)
{
	return &heap.used[test_random_below(heap.count)];
}

static const struct block *any_freed(void)
{
	return &heap.freed[test_random_below(heap.freed_count)];
}

/* Too large, too small, and another align: even a better one is another. */
void other_layout(void)
{
	heap_begin();
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
		free_with(block, test_random(), 1);
	}
	check_unchanged();
	heap_give_all();
}

static void free_inside_of(const struct block *block, size_t offset)
{
	struct guard_report expected =
		heap_report(block, GUARD_INTERIOR_FREE, (int64_t)offset);

	report_check(&rule_interior, "guard_dealloc", &expected,
		     dealloc_it(block->start + offset, block->layout));
}

/* From its second byte to its last, whatever layout is said. */
static void free_inside_all(const struct block *block)
{
	for (size_t offset = 1; offset < block->layout.size; offset++)
		free_inside_of(block, offset);
}

void free_inside(void)
{
	struct block freed;

	heap_begin();
	heap_fill(10, 10);
	heap_take(40000, 8);
	free_inside_of(&heap.used[heap.count - 1], 1);
	free_inside_of(&heap.used[heap.count - 1], 20000);
	free_inside_of(&heap.used[heap.count - 1], 39999);
	heap_take(2, 1);
	heap_take(70, 16);
	for (size_t i = heap.count - 2; i < heap.count; i++)
		free_inside_all(&heap.used[i]);
	free_inside_all(any_used());
	heap_give(heap.count - 1);
	freed = heap.freed[heap.freed_count - 1];
	free_inside_all(&freed);
	check_unchanged();
	heap_give_all();
}

static void free_stranger(const void *pointer)
{
	struct guard_report expected = {
		.what = GUARD_NEVER_ALLOCATED,
		.block = (void *)pointer,
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

	heap_begin();
	free_stranger(heap.start + 640);
	heap_fill(10, 10);
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
	free_beside(any_freed());
	check_unchanged();
	heap_give_all();
}
