/*
 * Tests of blocks that were freed: who reads them, writes to them or frees them again
 * is found as long as they are in quarantine, and then their memory comes back.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

static const struct block *youngest(void)
{
	return &heap.freed[heap.freed_count - 1];
}

/* What a program reads there is poison, whatever else happens meanwhile. */
void read_after_free(void)
{
	heap_begin();
	heap_take(1000, 8);
	heap_give(0);
	for (int i = 1; i < GUARD_QUARANTINE_BLOCKS; i++) {
		heap_take(20, 4);
		heap_give_any();
		heap_check_contents();
	}
}

/* From there on, so many bytes are wrong: reported, mended, and told once. */
static void spoil(const struct block *block, int64_t offset, size_t count)
{
	int64_t size = (int64_t)block->layout.size;
	struct guard_report expected = heap_report(
		block,
		offset < 0    ? GUARD_UNDERFLOW :
		offset < size ? GUARD_USE_AFTER_FREE :
				GUARD_OVERFLOW,
		offset);

	for (size_t i = 0; i < count; i++)
		heap_spoil(block->start + offset + i);
	report_check(&rule_use_after_free, "guard_check", &expected,
		     guard_check());
	report_check_nothing(&rule_once, "guard_check, once more",
			     guard_check());
}

/* Its first byte, its last, some between, and several at once. */
static void write_to(const struct block *block)
{
	size_t size = block->layout.size;

	spoil(block, 0, 1);
	spoil(block, (int64_t)size - 1, 1);
	spoil(block, (int64_t)size / 2, 1);
	spoil(block, (int64_t)test_random_below(size), 1);
	spoil(block, (int64_t)size / 2, size - size / 2);
	spoil(block, 0, size);
}

void use_after_free(void)
{
	static const size_t sizes[] = { 1, 2, 7, 8, 9, 64, 1000 };

	heap_begin();
	for (size_t align = 1; align <= 4096; align *= 2) {
		heap_take(sizes[test_random_below(7)], align);
		heap_give(0);
		heap_take(30, 1);
		heap_give(0);
		write_to(&heap.freed[heap.freed_count - 2]);
	}
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		heap_take(sizes[i], 1);
		heap_give(0);
		write_to(youngest());
	}
	heap_take(GUARD_QUARANTINE_BYTES, 16);
	heap_give(0);
	write_to(youngest());
	heap_check();
}

/* Its zones are watched, too; of several wrong bytes the lowest is told first. */
void zones_after_free(void)
{
	struct guard_report expected;
	const struct block *block;

	heap_begin();
	heap_fill(3, 6);
	for (size_t i = 0; i < heap.freed_count; i++) {
		int64_t size = (int64_t)heap.freed[i].layout.size;

		spoil(&heap.freed[i], -1, 1);
		spoil(&heap.freed[i], -GUARD_ZONE, 1);
		spoil(&heap.freed[i], size, 1);
		spoil(&heap.freed[i], size + GUARD_ZONE - 1, 1);
	}
	heap_take(50, 1);
	heap_give(heap.count - 1);
	block = youngest();
	heap_spoil(block->start - 7);
	heap_spoil(block->start + 20);
	heap_spoil(block->start + 50);
	expected = heap_report(block, GUARD_UNDERFLOW, -7);
	report_check(&rule_underflow, "guard_check", &expected, guard_check());
	expected = heap_report(block, GUARD_USE_AFTER_FREE, 20);
	report_check(&rule_use_after_free, "guard_check", &expected,
		     guard_check());
	expected = heap_report(block, GUARD_OVERFLOW, 50);
	report_check(&rule_overflow, "guard_check", &expected, guard_check());
	heap_check();
}

/* What is wrong beside a block does not keep it from being taken back. */
void taken_back(void)
{
	struct block block;
	struct guard_site site = random_site();
	struct guard_report expected;

	heap_begin();
	heap_fill(3, 3);
	block = *heap_take(9, 1);
	heap_spoil(block.start - 1);
	heap_spoil(block.start + 9);
	expected = heap_report(&block, GUARD_UNDERFLOW, -1);
	report_check(&rule_underflow, "guard_dealloc", &expected,
		     guard_dealloc(block.start, block.layout, site));
	heap_given(heap.count - 1, site);
	heap_check_known(&rule_freed, youngest());
	expected = heap_report(youngest(), GUARD_OVERFLOW, 9);
	report_check(&rule_overflow, "guard_check afterwards", &expected,
		     guard_check());
	heap_check();
}

/* The call is refused, and says that of the block in quarantine. */
static void refuse(const struct rule *rule, const struct block *block,
		   enum guard_finding what, size_t offset,
		   struct layout layout)
{
	struct guard_report expected =
		heap_report(block, what, (int64_t)offset);

	report_check(rule, "guard_dealloc", &expected,
		     guard_dealloc(block->start + offset, layout,
				   random_site()));
}

/* From its second byte to its last, and what lies just behind it. */
static void free_inside_of(const struct block *block)
{
	struct guard_report behind = {
		.what = GUARD_NEVER_ALLOCATED,
		.block = block->start + block->layout.size,
	};

	for (size_t at = 1; at < block->layout.size; at++)
		refuse(&rule_interior, block, GUARD_INTERIOR_FREE, at,
		       block->layout);
	if (block->layout.size)
		report_check(&rule_never, "guard_dealloc", &behind,
			     guard_dealloc(behind.block, block->layout,
					   random_site()));
}

/*
 * With its own layout and with another one, or from inside; it is told where the block
 * was freed first.
 */
void double_free(void)
{
	struct layout other = { 3, 2 };

	heap_begin();
	heap_fill(10, 0);
	heap_take(0, 1);
	while (heap.count) {
		heap_give_any();
		refuse(&rule_double_free, youngest(), GUARD_DOUBLE_FREE, 0,
		       youngest()->layout);
		for (size_t i = 0; i < heap.freed_count; i++)
			refuse(&rule_double_free, &heap.freed[i],
			       GUARD_DOUBLE_FREE, 0, other);
		free_inside_of(youngest());
	}
	heap_check_all_known(&rule_unchanged);
	heap_fill(10, 0);
	heap_check();
}

/* ---- Who leaves it ------------------------------------------------------------- */

/* A block that has left is none that the guard knows. */
static void check_left(const struct block *block)
{
	struct guard_report expected = {
		.what = GUARD_NEVER_ALLOCATED,
		.block = block->start,
	};

	report_check(&rule_quarantine, "guard_dealloc of what has left",
		     &expected,
		     guard_dealloc(block->start, block->layout, random_site()));
}

/* Of the blocks in use, give all; each time those are known that must be, only. */
static void give_and_look(void)
{
	while (heap.count) {
		struct block before[HEAP_FREED];
		size_t count = heap.freed_count;
		size_t left;

		for (size_t i = 0; i < count; i++)
			before[i] = heap.freed[i];
		before[count++] = heap.used[heap.count - 1];
		heap_give(heap.count - 1);
		heap_check_all_known(&rule_quarantine);
		left = count - heap.freed_count;
		for (size_t i = 0; i < left; i++)
			check_left(&before[i]);
	}
	heap_check();
}

/* By their number; by their bytes, to the last one; and one that is too large. */
void oldest_leaves(void)
{
	heap_begin();
	heap_fill(3 * GUARD_QUARANTINE_BLOCKS, 0);
	give_and_look();
	for (size_t i = 0; i < 8; i++)
		heap_take(GUARD_QUARANTINE_BYTES / 4, 8);
	give_and_look();
	heap_take(1, 1);
	heap_take(GUARD_QUARANTINE_BYTES - 1, 1);
	heap_take(GUARD_QUARANTINE_BYTES, 1);
	heap_fill(5, 0);
	give_and_look();
	heap_take(GUARD_QUARANTINE_BYTES + 1, 1);
	heap_fill(5, 0);
	give_and_look();
}

/* Spoil one in quarantine: it stays there, and those that came after it. */
static void spoil_and_give(size_t index, int64_t offset)
{
	const struct block *block;
	struct guard_report expected;

	heap_fill(GUARD_QUARANTINE_BLOCKS + index + 8, 0);
	while (heap.count > index + 8)
		heap_give(heap.count - 1);
	block = &heap.freed[index];
	expected = heap_report(block,
			       offset < 0 ? GUARD_UNDERFLOW :
					    GUARD_USE_AFTER_FREE,
			       offset);
	heap_spoil(block->start + offset);
	while (heap.count > 8)
		heap_give(heap.count - 1);
	heap.is_stuck = true;
	heap_give_all();
	report_check(&rule_stays, "guard_check", &expected, guard_check());
	heap_check();
	heap_check_all_known(&rule_stays);
	heap.is_stuck = false;
	heap_take(10, 1);
	give_and_look();
}

/* Nor does it leave for a request that finds no room. */
static void spoil_in_full_heap(void)
{
	struct guard_report expected;

	do
		heap_forget_quarantine(); /* it makes room */
	while (heap_try_take(1000, 1));
	heap_give_any();
	expected = heap_report(&heap.freed[0], GUARD_USE_AFTER_FREE, 7);
	heap_spoil(heap.freed[0].start + 7);
	check(&rule_stays, !heap_try_take(1000, 1), "NULL",
	      "a block, where the only one in quarantine has a wrong byte");
	report_check(&rule_stays, "guard_check", &expected, guard_check());
	heap_forget_quarantine();
	check(&rule_stays, heap_try_take(1000, 1), "the block in quarantine",
	      "NULL after its wrong byte was reported");
	heap_give_all();
}

/* The oldest, so that none leaves; and a younger one, before which others leave. */
void damaged_stays(void)
{
	heap_begin();
	spoil_and_give(0, -1);
	spoil_and_give(5, -GUARD_ZONE);
	spoil_in_full_heap();
}

/* ---- Its memory ------------------------------------------------------------------ */

/* The largest block of the heap, which leaves the quarantine empty. */
static size_t largest_block(void)
{
	size_t possible = 0, impossible = heap.size;

	while (impossible - possible > 1) {
		size_t size = possible + (impossible - possible) / 2;

		if (heap_try_take(size, 1)) {
			heap_give(heap.count - 1);
			possible = size;
		} else {
			impossible = size;
		}
	}
	return possible;
}

/* After many blocks of all sizes the heap is whole, as it was when it was fresh. */
void all_comes_back(void)
{
	size_t largest;

	heap_begin();
	largest = largest_block();
	for (int i = 0; i < 1000; i++) {
		heap_take(test_random_below(400), 1ull << test_random_below(8));
		if (heap.count > 40 || test_random_below(2))
			heap_give_any();
	}
	heap_give_all();
	heap_check();
	heap_forget_quarantine();
	check(&rule_reuse, heap_try_take(largest, 1),
	      "the largest block of the fresh heap", "NULL for %zu bytes",
	      largest);
	heap_give_all();
	heap_check();
}

/* In a full heap, a request gets what is in quarantine: the oldest, and no other. */
void full_heap(void)
{
	struct block freed[10];

	heap_begin();
	while (heap_try_take(1000, 1))
		;
	for (int i = 0; i < 10; i++)
		heap_give_any();
	for (int i = 0; i < 10; i++)
		freed[i] = heap.freed[i];
	for (int i = 0; i < 10; i++) {
		heap_forget_quarantine(); /* the oldest one leaves now */
		check(&rule_reuse, heap_try_take(1000, 1),
		      "the block that was freed first",
		      "NULL, with %d blocks in quarantine", 10 - i);
		for (int left = i + 1; left < 10; left++)
			heap_check_known(&rule_reuse, &freed[left]);
	}
	heap_check();
	heap.forgets = true;
	heap_give_all();
	heap_check();
}
