// Design: A sorted array of records, by address, in pieces of 1, 2, 4, 8... records that come from below when they are needed.
// Right: nothing but zones lies around a block; the quarantine's order are numbers, sorted out once a call when some leave.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"
#include "memory/align.h"

/* 64 bytes: at most twice as many are there as are used, and 64 of zones: 192. */
struct record {
	uint64_t block;
	uint64_t size;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t bits; /* number of the free, first of its site, log2(align) */
	uint64_t sum;
};

#define FIRST_OF_SITE 64
#define FREE_SHIFT 7

/* Piece k has records 2^k - 1 up to 2^(k+1) - 2. */
static struct record *pieces[48];
static unsigned piece_count;
static size_t count; /* of records */
static uint64_t total; /* of their sums */
static uint64_t last_free; /* numbers of frees; never reset, so old sums stay old */
static size_t waiting, waiting_bytes;

static struct record *record_at(size_t index)
{
	unsigned piece = 63 - (unsigned)__builtin_clzll(index + 1);

	return &pieces[piece][index + 1 - ((size_t)1 << piece)];
}

static struct layout piece_layout(unsigned piece)
{
	return (struct layout){ sizeof(struct record) << piece,
				_Alignof(struct record) };
}

/* --- sums --- */

static uint64_t fold(uint64_t sum, uint64_t word)
{
	sum = (sum + word) ^ 0x5851f42d4c957f2du;
	sum *= 0x2545f4914f6cdd1du;
	return sum ^ (sum >> 31);
}

static uint64_t sum_of(const struct record *record)
{
	uint64_t sum = 0;

	sum = fold(sum, record->block);
	sum = fold(sum, record->size);
	sum = fold(sum, (uintptr_t)record->allocated.file);
	sum = fold(sum, record->allocated.line);
	sum = fold(sum, (uintptr_t)record->freed.file);
	sum = fold(sum, record->freed.line);
	return fold(sum, record->bits);
}

/* The records are all there, unchanged, and in order. */
static bool table_is_right(void)
{
	uint64_t sums = 0;
	uint64_t last = 0;

	for (size_t i = 0; i < count; i++) {
		const struct record *record = record_at(i);

		if (record->sum != sum_of(record) || record->block <= last)
			return false;
		last = record->block;
		sums = sums + (record->sum ^ record->sum >> 7);
	}
	return sums == total;
}

static void change(struct record *record, const struct record *to)
{
	total -= record->sum ^ record->sum >> 7;
	*record = *to;
	record->sum = sum_of(record);
	total += record->sum ^ record->sum >> 7;
}

/* --- the table --- */

/* Room for one record more than so many. */
static bool grow_table(size_t used)
{
	if (used < ((size_t)1 << piece_count) - 1)
		return true;
	struct record *piece = alloc(piece_layout(piece_count));
	if (piece == NULL)
		return false;
	pieces[piece_count++] = piece;
	return true;
}

static void shrink_table(void)
{
	while (piece_count > 0 && count < ((size_t)1 << (piece_count - 1))) {
		piece_count--;
		dealloc(pieces[piece_count], piece_layout(piece_count));
	}
}

/* The index of the first record whose block is not below the address. */
static size_t lower_bound(uint64_t address)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (record_at(middle)->block < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void insert(const struct record *new)
{
	size_t index = lower_bound(new->block);

	for (size_t i = count; i > index; i--)
		*record_at(i) = *record_at(i - 1);
	count++;
	struct record *record = record_at(index);
	*record = *new;
	record->sum = sum_of(record);
	total += record->sum ^ record->sum >> 7;
}

/* --- around a block --- */

static size_t align_of(const struct record *record)
{
	return (size_t)1 << (record->bits & 63);
}

static uint64_t free_of(const struct record *record)
{
	return record->bits >> FREE_SHIFT;
}

static bool whole_layout(size_t size, size_t align, size_t *front, struct layout *whole)
{
	*front = align_up(GUARD_ZONE, align);
	whole->align = align;
	return !__builtin_add_overflow(size, *front, &whole->size) &&
	       !__builtin_add_overflow(whole->size, (size_t)GUARD_ZONE, &whole->size);
}

static unsigned char *bytes_of(const struct record *record)
{
	return (unsigned char *)(uintptr_t)record->block;
}

#define ZONE_BYTE 0xbd

static bool scan(const unsigned char *bytes, size_t size, unsigned char byte,
		 size_t *where)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != byte) {
			*where = i;
			return true;
		}
	}
	return false;
}

static struct guard_report report_on(const struct record *record,
				     enum guard_finding what, int64_t offset)
{
	struct guard_report report = {
		.what = what,
		.block = bytes_of(record),
		.layout = { record->size, align_of(record) },
		.offset = offset,
		.allocated = record->allocated,
		.freed = record->freed,
	};
	return report;
}

static struct guard_report examine(const struct record *record)
{
	unsigned char *block = bytes_of(record);
	size_t where;

	if (scan(block - GUARD_ZONE, GUARD_ZONE, ZONE_BYTE, &where))
		return report_on(record, GUARD_UNDERFLOW, (int64_t)where - GUARD_ZONE);
	if (free_of(record) != 0 && scan(block, record->size, GUARD_FREED, &where))
		return report_on(record, GUARD_USE_AFTER_FREE, (int64_t)where);
	if (scan(block + record->size, GUARD_ZONE, ZONE_BYTE, &where))
		return report_on(record, GUARD_OVERFLOW,
				 (int64_t)(record->size + where));
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static void mend(struct guard_report report)
{
	unsigned char *block = report.block;

	if (report.what == GUARD_UNDERFLOW)
		memset(block - GUARD_ZONE, ZONE_BYTE, GUARD_ZONE);
	if (report.what == GUARD_USE_AFTER_FREE)
		memset(block, GUARD_FREED, report.layout.size);
	if (report.what == GUARD_OVERFLOW)
		memset(block + report.layout.size, ZONE_BYTE, GUARD_ZONE);
}

/* --- leaving --- */

static void give_below(const struct record *record)
{
	struct layout whole;
	size_t front;

	(void)whole_layout(record->size, align_of(record), &front, &whole);
	dealloc(bytes_of(record) - front, whole);
}

/* The blocks with the numbers up to this one leave, none of which is wrong. */
static void leave_up_to(uint64_t number)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct record *record = record_at(i);

		if (free_of(record) != 0 && free_of(record) <= number) {
			total -= record->sum ^ record->sum >> 7;
			waiting--;
			waiting_bytes -= record->size;
			give_below(record);
		} else {
			if (kept != i)
				*record_at(kept) = *record;
			kept++;
		}
	}
	count = kept;
	shrink_table();
}

/*
 * What leaves is what is older than the 32 youngest, or than the youngest 16 KiB, and
 * than all that is wrong.  The 33 youngest are enough to know where that begins: they
 * have consecutive numbers.
 */
static void keep_within_bounds(void)
{
	uint64_t sizes[GUARD_QUARANTINE_BLOCKS] = { 0 };
	uint64_t wrong = UINT64_MAX;

	if (waiting <= GUARD_QUARANTINE_BLOCKS &&
	    waiting_bytes <= GUARD_QUARANTINE_BYTES)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct record *record = record_at(i);
		uint64_t number = free_of(record);

		if (number == 0)
			continue;
		if (last_free - number < GUARD_QUARANTINE_BLOCKS)
			sizes[last_free - number] = record->size;
		if (number < wrong && examine(record).what != GUARD_NOTHING)
			wrong = number;
	}

	uint64_t bytes = 0;
	size_t keep = 0;
	while (keep < GUARD_QUARANTINE_BLOCKS && keep < waiting &&
	       bytes + sizes[keep] <= GUARD_QUARANTINE_BYTES)
		bytes += sizes[keep++];
	uint64_t last = last_free - keep;
	if (last >= wrong)
		last = wrong - 1;
	leave_up_to(last);
}

/*
 * While guard_alloc looks for room the blocks leave one by one, and to close the gap in
 * the table each time would be too dear.  The numbers that wait are consecutive, so in
 * place of their sums the first records say where the oldest, the second oldest and
 * so on are; who has gone has no block; and settle() makes it a table again.
 */
static size_t gone;
static bool ranked;
static bool unsettled;
static uint64_t rank_base;

static void close_gaps(void)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (record_at(i)->block != 0)
			*record_at(kept++) = *record_at(i);
	}
	count = kept;
	gone = 0;
	ranked = false;
}

static void settle(void)
{
	close_gaps();
	unsettled = false;
	total = 0;
	for (size_t i = 0; i < count; i++) {
		struct record *record = record_at(i);

		record->sum = sum_of(record);
		total += record->sum ^ record->sum >> 7;
	}
}

static void rank(void)
{
	rank_base = last_free - waiting + 1;
	for (size_t i = 0; i < count; i++) {
		if (free_of(record_at(i)) != 0)
			record_at(free_of(record_at(i)) - rank_base)->sum = i;
	}
	ranked = true;
}

/* False if it must not, or if none waits. */
static bool oldest_leaves(void)
{
	if (waiting == 0)
		return false;
	if (!ranked)
		rank();
	unsettled = true;

	uint64_t number = last_free - waiting + 1;
	struct record *record = record_at(record_at(number - rank_base)->sum);
	if (examine(record).what != GUARD_NOTHING)
		return false;
	give_below(record);
	waiting--;
	waiting_bytes -= record->size;
	record->block = 0;
	gone++;
	if (count - gone < ((size_t)1 << (piece_count - 1))) {
		close_gaps();
		shrink_table();
	}
	return true;
}

/* --- the contract --- */

void guard_init(void *start, size_t size)
{
	piece_count = 0;
	count = 0;
	total = 0;
	gone = 0;
	ranked = false;
	unsettled = false;
	waiting = 0;
	waiting_bytes = 0;
	allocator_init(start, size);
}

static bool same(const struct guard_site *left, const struct guard_site *right)
{
	return left->file == right->file && left->line == right->line;
}

/* The first block in use in the table that was taken there. */
static struct record *in_use_from(const struct guard_site *site)
{
	for (size_t i = 0; i < count; i++) {
		struct record *record = record_at(i);

		if (free_of(record) == 0 && same(&record->allocated, site))
			return record;
	}
	return NULL;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct layout whole;
	size_t front;
	unsigned char *start = NULL;

	layout_check(layout);
	if (!table_is_right())
		return NULL;

	bool possible = whole_layout(layout.size, layout.align, &front, &whole);
	bool tried_all = false;
	while (start == NULL && !tried_all) {
		if (possible && (start = alloc(whole)) != NULL) {
			if (grow_table(count - gone))
				break;
			dealloc(start, whole);
			start = NULL;
		}
		tried_all = !oldest_leaves();
	}
	if (unsettled)
		settle();
	if (start == NULL)
		return NULL;

	struct record record = {
		.block = (uintptr_t)(start + front),
		.size = layout.size,
		.allocated = site,
		.bits = (uint64_t)__builtin_ctzll(layout.align),
	};
	if (in_use_from(&site) == NULL)
		record.bits |= FIRST_OF_SITE;
	insert(&record);
	memset(start + front - GUARD_ZONE, ZONE_BYTE, GUARD_ZONE);
	memset(start + front, GUARD_FRESH, layout.size);
	memset(start + front + layout.size, ZONE_BYTE, GUARD_ZONE);
	return start + front;
}

struct guard_report guard_check(void)
{
	if (!table_is_right())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (size_t i = 0; i < count; i++) {
		struct guard_report report = examine(record_at(i));

		if (report.what != GUARD_NOTHING) {
			mend(report);
			return report;
		}
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	uint64_t address = (uintptr_t)block;

	if (!table_is_right())
		return (struct guard_report){ .what = GUARD_BOOKS };

	size_t index = lower_bound(address);
	if (index == count || record_at(index)->block != address) {
		if (index > 0) {
			const struct record *below = record_at(index - 1);
			uint64_t inside = address - below->block;
			if (inside < below->size)
				return report_on(below, GUARD_INTERIOR_FREE,
						 (int64_t)inside);
		}
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = block };
	}

	struct record *record = record_at(index);
	if (free_of(record) != 0)
		return report_on(record, GUARD_DOUBLE_FREE, 0);
	if (layout.size != record->size || layout.align != align_of(record))
		return report_on(record, GUARD_OTHER_LAYOUT, 0);

	struct guard_report report = examine(record);
	mend(report);

	struct record now = *record;
	now.bits = (now.bits & 63) | ++last_free << FREE_SHIFT;
	now.freed = site;
	bool was_first = (record->bits & FIRST_OF_SITE) != 0;
	change(record, &now);
	if (was_first) {
		struct record *heir = in_use_from(&now.allocated);
		if (heir != NULL) {
			struct record first = *heir;
			first.bits |= FIRST_OF_SITE;
			change(heir, &first);
		}
	}
	memset(block, GUARD_FREED, layout.size);
	waiting++;
	waiting_bytes += layout.size;
	keep_within_bounds();
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	size_t i = 0;

	if (!table_is_right())
		return leak;
	for (; i < count; i++) {
		if ((record_at(i)->bits & FIRST_OF_SITE) != 0 && index-- == 0)
			break;
	}
	if (i == count)
		return leak;
	leak.site = record_at(i)->allocated;
	for (i = 0; i < count; i++) {
		const struct record *record = record_at(i);

		if (free_of(record) == 0 && same(&record->allocated, &leak.site)) {
			leak.count++;
			leak.bytes += record->size;
		}
	}
	return leak;
}
