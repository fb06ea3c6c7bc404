/*
 * The test of what a call costs, which only the machine can count.
 */
#include "tests.h"

#include "heap.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/hardware.h"
#include "test/test.h"

/* A loop of two instructions, so many times: what the clock says of it. */
#define LOOP 10000

static uint64_t clock_of_loop(void)
{
	uint64_t before = hardware_clock(), turns = LOOP;

	__asm__ volatile("1: dec %0\n\tjnz 1b" : "+r"(turns) : : "cc");
	return hardware_clock() - before;
}

static uint64_t instructions_since(uint64_t before)
{
	return (hardware_clock() - before) * 2 * LOOP / clock_of_loop();
}

/* Fails unless the call was no dearer than the contract says. */
static uint64_t check_cost(const char *call, uint64_t spent, size_t bytes)
{
	uint64_t most = GUARD_COST_CALL +
			GUARD_COST_BLOCK * (heap.count + heap.freed_count) +
			GUARD_COST_BYTE * (bytes + heap.freed_bytes);

	check(&rule_cost, spent <= most, "no more than the contract says",
	      "%s: %llu instructions, the contract says %llu with %zu blocks in use and %zu bytes in quarantine",
	      call, (unsigned long long)spent, (unsigned long long)most,
	      heap.count, heap.freed_bytes);
	return spent;
}

static uint64_t cost_of_alloc(size_t size)
{
	struct layout layout = { size, 8 };
	uint64_t before = hardware_clock(), spent;
	void *block = guard_alloc(layout, random_site());

	spent = instructions_since(before);
	check(&rule_room, block, "a block", "NULL for %zu bytes", size);
	guard_dealloc(block, layout, random_site());
	heap_forget_quarantine();
	return check_cost("guard_alloc", spent, size);
}

static uint64_t cost_of_dealloc(size_t index)
{
	struct block block = heap.used[index];
	struct guard_site site = random_site();
	uint64_t before = hardware_clock(), spent;
	struct guard_report report =
		guard_dealloc(block.start, block.layout, site);

	spent = instructions_since(before);
	report_check_nothing(&rule_silent, "guard_dealloc", report);
	spent = check_cost("guard_dealloc", spent, block.layout.size);
	heap_given(index, site);
	return spent;
}

static uint64_t cost_of_check(void)
{
	uint64_t before = hardware_clock(), spent;
	struct guard_report report = guard_check();

	spent = instructions_since(before);
	report_check_nothing(&rule_silent, "guard_check", report);
	return check_cost("guard_check", spent, 0);
}

static void show_costs(void)
{
	size_t count = heap.count;
	uint64_t alloc = cost_of_alloc(64);
	uint64_t dealloc = cost_of_dealloc(heap.count / 2);

	test_show(
		"instructions with %zu blocks: alloc %llu, dealloc %llu, check %llu",
		count, (unsigned long long)alloc, (unsigned long long)dealloc,
		(unsigned long long)cost_of_check());
}

/* With few blocks and with many; a large one; and what many in quarantine cost. */
void instructions(void)
{
	test_needs_hardware();
	heap_begin();
	heap_take(64, 8);
	show_costs();
	heap_begin_again();
	for (int i = 0; i < 250; i++)
		heap_take(64, 8);
	show_costs();
	heap_begin_again();
	for (int i = 0; i < 40; i++)
		heap_take(500, 8);
	while (heap.count > 8)
		cost_of_dealloc(heap.count - 1);
	cost_of_alloc(20000);
	heap_take(20000, 1);
	cost_of_dealloc(heap.count - 1);
	cost_of_check();
}
