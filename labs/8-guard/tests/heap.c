#include "heap.h"

#include "lib/string.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"

struct heap heap;

void heap_begin_in(uint8_t *start, size_t size)
{
	heap.start = start;
	heap.size = size;
	heap.count = heap.freed_count = heap.freed_bytes = 0;
	heap.next_number = 1;
	heap.forgets = heap.is_stuck = heap.looks_at_fresh = false;
	guard_init(start, size);
}

void heap_begin(void)
{
	heap_begin_in(test_heap(), HEAP_SIZE);
}

void heap_begin_again(void)
{
	heap_begin_in((uint8_t *)HEAP_START, HEAP_SIZE);
}

/* ---- What blocks hold ------------------------------------------------------ */

static uint8_t block_byte(const struct block *block, size_t offset)
{
	return (uint8_t)(block->number * 37 + offset * 7 + (offset >> 8));
}

static void block_fill(const struct block *block)
{
	for (size_t i = 0; i < block->layout.size; i++)
		block->start[i] = block_byte(block, i);
}

static void check_contents(const struct block *block)
{
	for (size_t i = 0; i < block->layout.size; i++)
		check(&rule_contents, block->start[i] == block_byte(block, i),
		      "what the owner wrote", "0x%x at byte %zu of %zu at %p",
		      block->start[i], i, block->layout.size,
		      (void *)block->start);
}

static void check_poison(const struct rule *rule, const struct block *block,
			 uint8_t poison)
{
	for (size_t i = 0; i < block->layout.size; i++)
		check(rule, block->start[i] == poison, "the poison",
		      "0x%x in place of 0x%x at byte %zu of %zu at %p",
		      block->start[i], poison, i, block->layout.size,
		      (void *)block->start);
}

/* ---- Where they lie ---------------------------------------------------------- */

static void check_apart(const struct block *block, const struct block *other)
{
	uint64_t start = (uint64_t)block->start - GUARD_ZONE;
	uint64_t end = (uint64_t)block->start + block->layout.size;
	uint64_t from = (uint64_t)other->start - GUARD_ZONE;
	uint64_t to = (uint64_t)other->start + other->layout.size;

	check(&rule_place, to + GUARD_ZONE <= start || end + GUARD_ZONE <= from,
	      "blocks and zones apart from all others",
	      "%zu bytes at %p, %s %zu at %p", block->layout.size,
	      (void *)block->start, other->is_freed ? "freed" : "in use",
	      other->layout.size, (void *)other->start);
}

static void check_place(const struct block *block)
{
	uint64_t offset = (uint64_t)block->start - GUARD_ZONE -
			  (uint64_t)heap.start;
	uint64_t needed = block->layout.size + 2 * GUARD_ZONE;

	check(&rule_place,
	      offset <= heap.size && needed <= heap.size - offset,
	      "a block whose zones are in the heap",
	      "%zu bytes at %p, the heap has %zu at %p", block->layout.size,
	      (void *)block->start, heap.size, (void *)heap.start);
	check(&rule_place,
	      (uint64_t)block->start % block->layout.align == 0,
	      "a multiple of the align", "%p for an align of %zu",
	      (void *)block->start, block->layout.align);
	for (size_t i = 0; i < heap.count; i++)
		check_apart(block, &heap.used[i]);
	for (size_t i = 0; i < heap.freed_count; i++)
		check_apart(block, &heap.freed[i]);
}

/* ---- Taking and giving ------------------------------------------------------- */

bool heap_try_take_at(size_t size, size_t align, struct guard_site site)
{
	struct block *block = &heap.used[heap.count];

	if (heap.count == HEAP_BLOCKS)
		return false;
	*block = (struct block){
		.layout = { size, align },
		.allocated = site,
	};
	block->start = guard_alloc(block->layout, block->allocated);
	if (!block->start) {
		heap_forget_quarantine();
		return false;
	}
	check_place(block);
	if (heap.looks_at_fresh)
		check_poison(&rule_fresh, block, GUARD_FRESH);
	block->number = heap.next_number++;
	block_fill(block);
	heap.count++;
	return true;
}

bool heap_try_take(size_t size, size_t align)
{
	return heap_try_take_at(size, align, random_site());
}

struct block *heap_take(size_t size, size_t align)
{
	size_t quarantined = heap.freed_count; /* a refusal forgets them */
	size_t taken = heap.next_number - 1;

	check(&rule_room, heap_try_take(size, align), "a block",
	      "NULL for Layout { size: %zu, align: %zu }: of %zu blocks so far, %zu "
	      "are in use and %zu in quarantine; %zu have left it",
	      size, align, taken, heap.count, quarantined,
	      taken - heap.count - quarantined);
	return &heap.used[heap.count - 1];
}

static bool is_over_full(void)
{
	return heap.freed_count > GUARD_QUARANTINE_BLOCKS ||
	       heap.freed_bytes > GUARD_QUARANTINE_BYTES;
}

static void oldest_leaves(void)
{
	heap.freed_bytes -= heap.freed[0].layout.size;
	heap.freed_count--;
	memmove(&heap.freed[0], &heap.freed[1],
		heap.freed_count * sizeof(heap.freed[0]));
}

void heap_given(size_t index, struct guard_site site)
{
	struct block *block = &heap.freed[heap.freed_count++];

	*block = heap.used[index];
	block->freed = site;
	block->is_freed = true;
	heap.freed_bytes += block->layout.size;
	heap.used[index] = heap.used[--heap.count];
	while (!heap.is_stuck && is_over_full())
		oldest_leaves();
	if (heap.forgets)
		heap_forget_quarantine();
	if (heap.freed_count)
		check_poison(&rule_freed, &heap.freed[heap.freed_count - 1],
			     GUARD_FREED);
}

void heap_give(size_t index)
{
	struct block block = heap.used[index];
	struct guard_site site = random_site();

	check_contents(&block);
	report_check_nothing(&rule_silent, "guard_dealloc",
			     guard_dealloc(block.start, block.layout, site));
	heap_given(index, site);
}

void heap_give_any(void)
{
	if (heap.count)
		heap_give(test_random_below(heap.count));
}

void heap_give_all(void)
{
	while (heap.count)
		heap_give(heap.count - 1);
}

void heap_fill(size_t used, size_t freed)
{
	for (size_t i = 0; i < used + freed; i++)
		heap_take(test_random_below(100), 1ull << test_random_below(6));
	while (freed-- > 0)
		heap_give_any();
}

/* ---- What must be true ------------------------------------------------------- */

void heap_check_contents(void)
{
	for (size_t i = 0; i < heap.count; i++)
		check_contents(&heap.used[i]);
	for (size_t i = 0; i < heap.freed_count; i++)
		check_poison(&rule_freed, &heap.freed[i], GUARD_FREED);
}

void heap_check(void)
{
	report_check_nothing(&rule_silent, "guard_check", guard_check());
	heap_check_contents();
}

struct guard_report heap_report(const struct block *block,
				enum guard_finding what, int64_t offset)
{
	return (struct guard_report){
		.what = what,
		.block = block->start,
		.layout = block->layout,
		.offset = offset,
		.allocated = block->allocated,
		.freed = block->freed,
	};
}

void heap_check_known(const struct rule *rule, const struct block *block)
{
	struct layout other = { block->layout.size + 1, block->layout.align };
	struct guard_report expected =
		heap_report(block,
			    block->is_freed ? GUARD_DOUBLE_FREE :
						GUARD_OTHER_LAYOUT,
			    0);

	report_check(rule, "guard_dealloc, to hear what it knows", &expected,
		     guard_dealloc(block->start, other, random_site()));
}

void heap_check_all_known(const struct rule *rule)
{
	for (size_t i = 0; i < heap.count; i++)
		heap_check_known(rule, &heap.used[i]);
	for (size_t i = 0; i < heap.freed_count; i++)
		heap_check_known(rule, &heap.freed[i]);
}

void heap_forget_quarantine(void)
{
	heap.freed_count = heap.freed_bytes = 0;
}

void heap_spoil(uint8_t *byte)
{
	*byte ^= 1 + test_random_below(255);
}
