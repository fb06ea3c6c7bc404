/*
 * Tests of what is written beside a block in use, and of guard_check, which finds it.
 * No block is given back.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

#define LARGEST_ALIGN 4096
#define LARGEST_SIZE (64 * 1024)

static const size_t sizes[] = { 0,  1,	2,  3,	 7,   8,   15,	 16,
				17, 31, 32, 100, 255, 256, 4096 };

/* Where of a zone a byte is wrong: the first, the last, and some between. */
static const int places[] = { 0, 1, 15, 16, GUARD_ZONE - 1 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Blocks of all kinds, which their owners fill: there is nothing to report. */
void nothing_wrong(void)
{
	heap_begin();
	heap_check();
	for (size_t align = 1; align <= LARGEST_ALIGN; align *= 2) {
		heap_take(test_random_below(300), align);
		heap_check();
	}
	heap_take(0, 1);
	heap_check();
}

/* From there, so many bytes of its zones are wrong: reported, and just once. */
static void spoil(const struct rule *rule, const struct block *block,
		  int64_t offset, size_t count)
{
	enum guard_finding what = offset < 0 ? GUARD_UNDERFLOW : GUARD_OVERFLOW;
	struct guard_report expected = heap_report(block, what, offset);

	for (size_t i = 0; i < count; i++)
		heap_spoil(block->start + offset + i);
	report_check(rule, "guard_check", &expected, guard_check());
	report_check_nothing(&rule_once, "guard_check, once more",
			     guard_check());
}

static void overflow_of(const struct block *block)
{
	int64_t place = (int64_t)test_random_below(GUARD_ZONE);
	int64_t size = (int64_t)block->layout.size;

	for (size_t i = 0; i < COUNT(places); i++)
		spoil(&rule_overflow, block, size + places[i], 1);
	spoil(&rule_overflow, block, size + place, (size_t)(GUARD_ZONE - place));
}

static void underflow_of(const struct block *block)
{
	int64_t count = 1 + (int64_t)test_random_below(GUARD_ZONE);

	for (size_t i = 0; i < COUNT(places); i++)
		spoil(&rule_underflow, block, -1 - places[i], 1);
	spoil(&rule_underflow, block, -count, (size_t)count);
}

/* A block among others, in a heap of its own. */
static void try_block(size_t size, size_t align,
		      void (*spoil_it)(const struct block *block))
{
	heap_begin_again();
	heap_take(test_random_below(50), 1);
	heap_take(size, align);
	heap_take(test_random_below(50), 1);
	spoil_it(&heap.used[1]);
	heap_check_contents();
}

/* Blocks of all sizes with all aligns; the largest with one only. */
static void try_blocks(void (*spoil_it)(const struct block *block))
{
	heap_begin();
	for (size_t align = 1; align <= LARGEST_ALIGN; align *= 2)
		for (size_t i = 0; i < COUNT(sizes); i++)
			try_block(sizes[i], align, spoil_it);
	try_block(LARGEST_SIZE, 1ull << test_random_below(12), spoil_it);
}

void overflow(void)
{
	try_blocks(overflow_of);
}

void underflow(void)
{
	try_blocks(underflow_of);
}

/*
 * Before and behind a block, and beside another one, something is wrong.  Of a block,
 * the lowest byte is told first; the order of the blocks is not said.
 */
void several_wrong(void)
{
	const struct block *both, *one;
	struct guard_report of_both[2], of_one, report;
	size_t told = 0;

	heap_begin();
	heap_fill(5, 0);
	both = heap_take(33, 8);
	heap_fill(2, 0);
	one = heap_take(7, 1);
	of_both[0] = heap_report(both, GUARD_UNDERFLOW, -3);
	of_both[1] = heap_report(both, GUARD_OVERFLOW, 34);
	of_one = heap_report(one, GUARD_OVERFLOW, 7);
	heap_spoil(both->start - 3);
	heap_spoil(both->start + 34);
	heap_spoil(one->start + 7);
	for (int i = 0; i < 3; i++) {
		report = guard_check();
		report_check(&rule_overflow, "guard_check",
			     report.block == one->start ? &of_one :
			     told == 0			? &of_both[told++] :
							  &of_both[1],
			     report);
	}
	heap_check();
}
