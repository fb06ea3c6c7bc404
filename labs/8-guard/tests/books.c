/*
 * Tests of the guard's notes: what they tell of each block, what they tell at the end,
 * and that nobody writes to them unseen.
 */
#include "tests.h"

#include "heap.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "reports.h"
#include "rules.h"
#include "test/test.h"

/* ---- Leaks ------------------------------------------------------------------- */

/* What must be told of a site. */
static struct guard_leak leak_at(struct guard_site site)
{
	struct guard_leak leak = { .site = site };

	for (size_t i = 0; i < heap.count; i++)
		if (is_same_site(heap.used[i].allocated, site)) {
			leak.count++;
			leak.bytes += heap.used[i].layout.size;
		}
	return leak;
}

/* At how many sites blocks in use were taken. */
static size_t count_sites(void)
{
	size_t count = 0;

	for (size_t i = 0; i < heap.count; i++) {
		size_t first = 0;

		while (!is_same_site(heap.used[first].allocated,
				     heap.used[i].allocated))
			first++;
		count += first == i;
	}
	return count;
}

static void check_leak(size_t index)
{
	struct guard_leak actual = guard_leak(index);
	struct guard_leak expected = leak_at(actual.site);

	check(&rule_leaks, expected.count, "a site at which blocks are in use",
	      "guard_leak(%zu): %llu blocks at %s", index,
	      (unsigned long long)actual.count, site_line(actual.site).text);
	check_count(&rule_leaks, "blocks of a site", expected.count,
		    actual.count);
	check_count(&rule_leaks, "bytes of a site", expected.bytes,
		    actual.bytes);
	for (size_t i = 0; i < index; i++)
		check(&rule_leaks,
		      !is_same_site(guard_leak(i).site, actual.site),
		      "each site once", "%s as %zu and as %zu",
		      site_line(actual.site).text, i, index);
}

static void check_leaks(void)
{
	size_t count = count_sites();
	const size_t past[] = { count, count + 1, 1ull << 32, SIZE_MAX };

	for (size_t i = 0; i < count; i++)
		check_leak(i);
	for (size_t i = 0; i < 4; i++)
		check_count(&rule_leaks, "blocks past the last site", 0,
			    guard_leak(past[i]).count);
}

/* Few sites: the same line of other files, other lines of the same. */
static struct guard_site near_site(void)
{
	return (struct guard_site){ site_files[test_random_below(2)],
				    7 + test_random_below(4) };
}

static void take_near(size_t size)
{
	check(&rule_room, heap_try_take_at(size, 1, near_site()), "a block",
	      "NULL for %zu bytes, %zu blocks in use", size, heap.count);
}

/* Blocks come and go; what is in use then is told, and what was freed is not. */
void leaks(void)
{
	heap_begin();
	check_leaks();
	take_near(24);
	check_leaks();
	for (int i = 0; i < 40; i++) {
		take_near(test_random_below(60));
		take_near(0);
		heap_give_any();
		if (i % 8 == 0)
			check_leaks();
	}
	check_leaks();
	heap_give_all();
	check_leaks();
}

/* ---- Sites --------------------------------------------------------------------- */

/* Sites are two numbers, of which nothing is known. */
static const struct guard_site odd_sites[] = {
	{ NULL, 0 },
	{ NULL, 1 },
	{ (const char *)1, 0 },
	{ (const char *)UINT64_MAX, UINT64_MAX },
	{ (const char *)8, 1ull << 32 },
};

#define ODD_SITES (sizeof(odd_sites) / sizeof(odd_sites[0]))

static void give_at(size_t index, struct guard_site site)
{
	const struct block *block = &heap.used[index];

	report_check_nothing(&rule_silent, "guard_dealloc",
			     guard_dealloc(block->start, block->layout, site));
	heap_given(index, site);
}

void any_sites(void)
{
	heap_begin();
	for (size_t i = 0; i < ODD_SITES; i++) {
		heap_try_take_at(5, 1, odd_sites[i]);
		heap_try_take_at(5, 1, odd_sites[i]);
		heap_take(7, 1);
	}
	check_leaks();
	heap_check_all_known(&rule_leaks);
	for (size_t i = 0; i < ODD_SITES; i++)
		give_at(heap.count - 2 * (i + 1) + 1, odd_sites[i]);
	heap_check_all_known(&rule_leaks);
	check_leaks();
	heap_check();
}

/* Of a heap before, nothing is known, reported or leaked. */
void init_forgets(void)
{
	struct block used, freed;
	struct guard_report stranger = { .what = GUARD_NEVER_ALLOCATED };

	heap_begin_in(test_heap(), HEAP_SIZE / 2);
	heap_fill(20, 10);
	used = heap.used[3];
	freed = heap.freed[3];
	heap_spoil(used.start + used.layout.size);
	heap_spoil(freed.start - 1);
	heap_begin_in(heap.start + HEAP_SIZE / 2, HEAP_SIZE / 2);
	check_leaks();
	heap_check();
	stranger.block = used.start;
	report_check(&rule_start_over, "guard_dealloc", &stranger,
		     guard_dealloc(used.start, used.layout, random_site()));
	stranger.block = freed.start;
	report_check(&rule_start_over, "guard_dealloc", &stranger,
		     guard_dealloc(freed.start, freed.layout, random_site()));
	for (int i = 0; i < GUARD_QUARANTINE_BLOCKS; i++) {
		heap_take(300, 1);
		heap_give(0);
	}
	heap_check_all_known(&rule_quarantine);
	heap_check();
}

/* ---- Wild writes ------------------------------------------------------------------ */

#define SMALL_HEAP 4096

static void begin_small(void)
{
	heap_begin_in(test_heap(), SMALL_HEAP);
	heap_take(24, 8);
	heap_take(5, 1);
	heap_take(24, 8);
	heap_take(24, 8);
	heap_take(40, 1);
	heap_give(4);
	heap_give(1);
}

/* The block that the byte is in, or in a zone of; NULL if there is none. */
static const struct block *block_around(const struct block *blocks,
					size_t count, const uint8_t *byte)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t from = (uint64_t)blocks[i].start - GUARD_ZONE;

		if ((uint64_t)byte - from <
		    blocks[i].layout.size + 2 * GUARD_ZONE)
			return &blocks[i];
	}
	return NULL;
}

static bool is_watched(const uint8_t *byte)
{
	return block_around(heap.used, heap.count, byte) ||
	       block_around(heap.freed, heap.freed_count, byte);
}

/* A query that changes nothing: the right answer, or that the books are wrong. */
static void ask(const struct block *block, bool may_refuse)
{
	struct layout other = { block->layout.size + 1, 1 };
	enum guard_finding what = block->is_freed ? GUARD_DOUBLE_FREE :
						    GUARD_OTHER_LAYOUT;
	struct guard_report expected = heap_report(block, what, 0);
	struct guard_report actual =
		guard_dealloc(block->start, other, random_site());

	if (!may_refuse || actual.what != GUARD_BOOKS)
		report_check(&rule_books, "guard_dealloc after a wild write",
			     &expected, actual);
}

/*
 * Something was written where no block or zone is: in the guard's notes, or where it
 * matters to nobody.  A zone may be longer than the contract says.
 */
static void look_at_notes(void)
{
	enum guard_finding what = guard_check().what;

	check(&rule_books,
	      what == GUARD_NOTHING || what == GUARD_BOOKS ||
		      what == GUARD_OVERFLOW || what == GUARD_UNDERFLOW,
	      "damage to the notes, or to a zone, or nothing",
	      "finding %u after a wild write", (unsigned)what);
	for (size_t i = 0; i < heap.count; i++)
		ask(&heap.used[i], what != GUARD_NOTHING);
	for (size_t i = 0; i < heap.freed_count; i++)
		ask(&heap.freed[i], what != GUARD_NOTHING);
	if (what == GUARD_NOTHING)
		check_leaks();
}

static uint8_t saved[SMALL_HEAP];

/* Write what was there; then all must be well. */
static void undo(void)
{
	memcpy(heap.start, saved, SMALL_HEAP);
	report_check_nothing(&rule_books,
			     "guard_check, when the wild write is undone",
			     guard_check());
}

/* Some bytes of a heap with many blocks, which are in one list, or few of them in each. */
static void spoil_one_of_many(void)
{
	heap_begin_in(heap.start, 4 * SMALL_HEAP);
	while (heap_try_take(heap.count % 9, 1))
		;
	for (size_t i = 0; i < heap.size; i += 1 + test_random_below(30)) {
		uint8_t *byte = heap.start + i, was = *byte;
		enum guard_finding what;

		if (is_watched(byte) || !test_picks_this())
			continue;
		heap_spoil(byte);
		what = guard_check().what;
		for (int asked = 0; asked < 8; asked++)
			ask(&heap.used[test_random_below(heap.count)],
			    what != GUARD_NOTHING);
		*byte = was;
		heap_check();
	}
}

/* Each byte of a small heap, one at a time. */
void wild_byte(void)
{
	begin_small();
	memcpy(saved, heap.start, SMALL_HEAP);
	for (size_t i = 0; i < SMALL_HEAP; i++) {
		if (is_watched(heap.start + i) || !test_picks_this())
			continue;
		heap_spoil(heap.start + i);
		look_at_notes();
		undo();
	}
	heap_check_all_known(&rule_books);
	heap_give_all();
	heap_check();
	spoil_one_of_many();
}

/* Up to that many bytes from there on, but not those of blocks and zones. */
static void write_wildly(uint8_t *from, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (from + i < heap.start + SMALL_HEAP && !is_watched(from + i))
			from[i] = bytes[i];
}

#define WILD_BYTES 200

/* Zeroes, ones, one word again and again, or what was at another place. */
#define WILD_PATTERNS 4
static const uint8_t *wild_pattern(int kind)
{
	static uint8_t bytes[WILD_BYTES];
	uint64_t word = (uint64_t)heap.start + 16 * test_random_below(256);

	if (kind < 2)
		memset(bytes, kind ? 0xff : 0, WILD_BYTES);
	else if (kind == 2)
		for (size_t i = 0; i < WILD_BYTES / 8; i++)
			memcpy(bytes + 8 * i, &word, 8);
	else
		memcpy(bytes,
		       saved + test_random_below(SMALL_HEAP - WILD_BYTES),
		       WILD_BYTES);
	return bytes;
}

/* What lies before a block, over what lies before another one. */
static void copy_notes(const struct block *to, const struct block *from)
{
	size_t count = WILD_BYTES - GUARD_ZONE;
	size_t offset = from->start - WILD_BYTES - heap.start;

	if (from->start < heap.start + WILD_BYTES ||
	    to->start < heap.start + WILD_BYTES)
		return;
	write_wildly(to->start - WILD_BYTES, saved + offset, count);
	look_at_notes();
	undo();
}

/* Two words, each where the other was. */
static void swap_words(size_t i, size_t j)
{
	write_wildly(heap.start + i, saved + j, 8);
	write_wildly(heap.start + j, saved + i, 8);
	look_at_notes();
	undo();
}

/* Stretches of them, with what such writes often leave behind. */
void wild_bytes(void)
{
	begin_small();
	memcpy(saved, heap.start, SMALL_HEAP);
	for (size_t i = 0; i < heap.count; i++)
		for (size_t j = 0; j < heap.count; j++)
			copy_notes(&heap.used[i], &heap.used[j]);
	for (size_t i = 0; i < SMALL_HEAP; i += 8) {
		if (i + 8 < SMALL_HEAP && test_picks_this())
			swap_words(i, i + 8);
		for (int kind = 0; kind < WILD_PATTERNS; kind++) {
			if (!test_picks_this())
				continue;
			write_wildly(heap.start + i, wild_pattern(kind),
				     8 + 8 * test_random_below(24));
			look_at_notes();
			undo();
		}
	}
	heap_check_all_known(&rule_books);
}
