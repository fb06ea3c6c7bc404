/*
 * Tests of all together: a program with one bug of each kind, a correct one, and one
 * with bugs at random.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

/* ---- One of each kind ------------------------------------------------------- */

static const struct layout item = { 24, 8 };

static struct guard_site at(uint64_t line)
{
	return (struct guard_site){ site_files[0], line };
}

static uint8_t *take_at(uint64_t line)
{
	uint8_t *block = guard_alloc(item, at(line));

	check(&rule_room, block, "a block", "NULL for %zu bytes", item.size);
	return block;
}

/* The line is what expected.txt has: nothing else is checked here. */
static void show(struct guard_report report)
{
	test_show("%s", report_line(&report).text);
}

static void show_leaks(void)
{
	struct guard_leak leak;

	for (size_t i = 0; (leak = guard_leak(i)).count; i++)
		test_show("never freed: %llu blocks, %llu bytes, taken at %s",
			  (unsigned long long)leak.count,
			  (unsigned long long)leak.bytes,
			  site_line(leak.site).text);
}

/* The program of the handout, which goes on after each of its bugs. */
void planted_program(void)
{
	uint8_t *one, *two;

	heap_begin();
	one = take_at(11);
	two = take_at(12);
	one[24] = 0;
	show(guard_check());
	two[-1] = 0;
	show(guard_check());
	show(guard_dealloc(one + 8, item, at(17)));
	show(guard_dealloc(heap.start, item, at(18)));
	show(guard_dealloc(one, (struct layout){ 32, 8 }, at(19)));
	report_check_nothing(&rule_silent, "guard_dealloc",
			     guard_dealloc(one, item, at(20)));
	show(guard_dealloc(one, item, at(21)));
	one[16] = 1;
	show(guard_check());
	test_show("what is read there: 0x%x", one[0]);
	take_at(12);
	show_leaks();
}

/* ---- A correct program -------------------------------------------------------- */

#define OPERATIONS 1000 /* in a heap that begins anew */
#define ROUNDS 100 /* on the host; a sixteenth where each call is a conversation */
#define MOST_USED 50
#define MOST_BYTES 12000 /* and aligns: with all that a guard may take, they fit */

static size_t bytes_used(void)
{
	size_t bytes = 0;

	for (size_t i = 0; i < heap.count; i++)
		bytes += heap.used[i].layout.size + heap.used[i].layout.align;
	return bytes;
}

/* Mostly small blocks. */
static size_t random_size(void)
{
	return test_random_below(1ull << test_random_below(12));
}

static void operate(void)
{
	if (heap.count >= MOST_USED || bytes_used() >= MOST_BYTES ||
	    test_random_below(2))
		heap_give_any();
	else
		heap_take(random_size(), 1ull << test_random_below(9));
}

/* The first round, and of the others as many as there is time for. */
void random_operations(void)
{
	uint64_t rounds = test_repetitions(ROUNDS);

	heap_begin();
	for (uint64_t round = 0; round < rounds; round++) {
		if (round > 0 && !test_picks_this())
			continue;
		heap_begin_again();
		heap.looks_at_fresh = true;
		for (int i = 0; i < OPERATIONS; i++) {
			operate();
			if (i % 100 == 0)
				heap_check();
		}
		heap_check_all_known(&rule_silent);
		heap_give_all();
		heap_check();
	}
}

/* ---- Bugs at random -------------------------------------------------------------- */

static const struct block *any(const struct block *blocks, size_t count)
{
	return &blocks[test_random_below(count)];
}

/* Somebody writes a byte there, and it is found. */
static void write_there(const struct rule *rule, const struct block *block,
			enum guard_finding what, int64_t offset)
{
	struct guard_report expected = heap_report(block, what, offset);

	heap_spoil(block->start + offset);
	report_check(rule, "guard_check", &expected, guard_check());
}

/* Somebody frees that, and it is refused. */
static void free_there(const struct rule *rule, const struct block *block,
		       enum guard_finding what, int64_t offset,
		       struct layout layout)
{
	struct guard_report expected = heap_report(block, what, offset);

	report_check(rule, "guard_dealloc", &expected,
		     guard_dealloc(block->start + offset, layout,
				   random_site()));
}

static void bug_in_use(const struct block *block)
{
	int64_t place = (int64_t)test_random_below(GUARD_ZONE);
	int64_t size = (int64_t)block->layout.size;
	struct layout other = { block->layout.size ^ 1, block->layout.align };

	switch (test_random_below(4)) {
	case 0:
		write_there(&rule_overflow, block, GUARD_OVERFLOW,
			    size + place);
		break;
	case 1:
		write_there(&rule_underflow, block, GUARD_UNDERFLOW,
			    -1 - place);
		break;
	case 2:
		free_there(&rule_layout, block, GUARD_OTHER_LAYOUT, 0, other);
		break;
	default:
		if (size > 1)
			free_there(&rule_interior, block, GUARD_INTERIOR_FREE,
				   1 + (int64_t)test_random_below(size - 1),
				   block->layout);
	}
}

static void bug_in_quarantine(const struct block *block)
{
	size_t size = block->layout.size;

	if (size == 0 || test_random_below(2))
		free_there(&rule_double_free, block, GUARD_DOUBLE_FREE, 0,
			   block->layout);
	else
		write_there(&rule_use_after_free, block, GUARD_USE_AFTER_FREE,
			    (int64_t)test_random_below(size));
}

/* A program as above, which makes a mistake after every ten operations or so. */
void random_bugs(void)
{
	uint64_t rounds = test_repetitions(32);

	heap_begin();
	for (uint64_t round = 0; round < rounds; round++) {
		if (round > 0 && !test_picks_this())
			continue;
		heap_begin_again();
		for (int i = 0; i < OPERATIONS; i++) {
			operate();
			if (test_random_below(10))
				continue;
			if (heap.count)
				bug_in_use(any(heap.used, heap.count));
			if (heap.freed_count)
				bug_in_quarantine(
					any(heap.freed, heap.freed_count));
		}
		heap_check();
		heap_check_all_known(&rule_silent);
	}
}
