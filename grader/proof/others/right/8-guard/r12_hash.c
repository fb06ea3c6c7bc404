// Design: Books in records of their own, beside the blocks, in a hash table by address; each record has a checksum.
// Right: two requests below for each block; guard_leak sorts the records by site through a link that no sum covers.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"

#define BUCKETS 128

struct record {
	struct record *next; /* in the same bucket */
	struct record *prev;
	struct record *later; /* freed next after this one */
	unsigned char *block;
	struct layout layout;
	struct guard_site taken;
	struct guard_site given;
	uint64_t freed;
	uint64_t stamp;
	uint64_t sum;
	struct record *sorted; /* scratch of guard_leak: not in the sum */
};

_Static_assert(sizeof(struct record) + 2 * GUARD_ZONE <= GUARD_MEMORY, "the price");

static struct record *bucket[BUCKETS];
static uint64_t records;
static uint64_t sum_of_all;
static uint64_t stamps;
static struct record *queue_first, *queue_last;
static uint64_t queue_blocks, queue_bytes;
static uint64_t low, high;

static size_t bucket_of(const void *block)
{
	return (size_t)(((uintptr_t)block * 0x9e3779b97f4a7c15u) >> 57); /* 7 bits */
}

static uint64_t checksum(const struct record *record)
{
	uint64_t words[offsetof(struct record, sum) / 8];
	uint64_t sum = ~(uint64_t)(uintptr_t)record;

	memcpy(words, record, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / 8; i++) {
		sum ^= words[i];
		sum *= 0xd6e8feb86659fd93u;
		sum ^= sum >> 32;
	}
	return sum;
}

static void unsum(struct record *record)
{
	sum_of_all -= record->sum;
}

static void resum(struct record *record)
{
	record->stamp = ++stamps;
	record->sum = checksum(record);
	sum_of_all += record->sum;
}

static bool intact(void)
{
	uint64_t count = 0;
	uint64_t sum = 0;

	for (size_t i = 0; i < BUCKETS; i++) {
		const struct record *last = NULL;

		for (const struct record *r = bucket[i]; r != NULL; r = r->next) {
			uint64_t at = (uintptr_t)r;

			if (count++ == records || at % 8 != 0 || at < low ||
			    at >= high || high - at < sizeof(*r))
				return false;
			if (r->sum != checksum(r) || r->prev != last ||
			    bucket_of(r->block) != i)
				return false;
			sum += r->sum;
			last = r;
		}
	}
	return count == records && sum == sum_of_all;
}

#define RECORD_LAYOUT LAYOUT_OF(struct record)

/* What is asked for below: as many bytes in front as the align wants, but a zone. */
static size_t front_of(struct layout layout)
{
	return layout.align > GUARD_ZONE ? layout.align : GUARD_ZONE;
}

static bool body_of(struct layout layout, struct layout *body)
{
	size_t more = front_of(layout) + GUARD_ZONE;

	body->size = layout.size + more;
	body->align = layout.align;
	return layout.size <= SIZE_MAX - more;
}

static unsigned char pattern(const struct record *record)
{
	return (unsigned char)(0x61 + ((uintptr_t)record->block >> 4) % 29);
}

static struct guard_report about(const struct record *record, enum guard_finding what,
				 int64_t offset)
{
	return (struct guard_report){ what,	      record->block, record->layout,
				      offset,	      record->taken, record->given };
}

/* Offset of the first byte in [from, to) that is not `byte`, or `to`. */
static int64_t differs(const unsigned char *block, int64_t from, int64_t to,
		       unsigned char byte)
{
	while (from < to && block[from] == byte)
		from++;
	return from;
}

static struct guard_report examine(struct record *record, bool mend)
{
	int64_t size = (int64_t)record->layout.size;
	unsigned char zone = pattern(record);
	const struct {
		int64_t from, to;
		unsigned char byte;
		enum guard_finding what;
	} parts[] = {
		{ -GUARD_ZONE, 0, zone, GUARD_UNDERFLOW },
		{ 0, record->freed ? size : 0, GUARD_FREED, GUARD_USE_AFTER_FREE },
		{ size, size + GUARD_ZONE, zone, GUARD_OVERFLOW },
	};

	for (size_t i = 0; i < 3; i++) {
		int64_t at = differs(record->block, parts[i].from, parts[i].to,
				     parts[i].byte);
		if (at == parts[i].to)
			continue;
		if (mend)
			memset(record->block + parts[i].from, parts[i].byte,
			       (size_t)(parts[i].to - parts[i].from));
		return about(record, parts[i].what, at);
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static void insert(struct record *record)
{
	struct record **head = &bucket[bucket_of(record->block)];

	record->prev = NULL;
	record->next = *head;
	if (record->next != NULL) {
		unsum(record->next);
		record->next->prev = record;
		resum(record->next);
	}
	*head = record;
	resum(record);
	records++;
}

static void erase(struct record *record)
{
	unsum(record);
	if (record->next != NULL) {
		unsum(record->next);
		record->next->prev = record->prev;
		resum(record->next);
	}
	if (record->prev != NULL) {
		unsum(record->prev);
		record->prev->next = record->next;
		resum(record->prev);
	} else {
		bucket[bucket_of(record->block)] = record->next;
	}
	records--;
}

static bool evict(void)
{
	struct record *record = queue_first;
	struct layout body;

	if (record == NULL || examine(record, false).what != GUARD_NOTHING)
		return false;
	queue_first = record->later;
	if (queue_first == NULL)
		queue_last = NULL;
	queue_blocks--;
	queue_bytes -= record->layout.size;
	erase(record);
	(void)body_of(record->layout, &body);
	dealloc(record->block - front_of(record->layout), body);
	dealloc(record, RECORD_LAYOUT);
	return true;
}

void guard_init(void *start, size_t size)
{
	memset(bucket, 0, sizeof(bucket));
	records = 0;
	sum_of_all = 0;
	queue_first = NULL;
	queue_last = NULL;
	queue_blocks = 0;
	queue_bytes = 0;
	low = (uintptr_t)start;
	high = low + size;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct layout body;
	struct record *record = NULL;
	unsigned char *start = NULL;

	layout_check(layout);
	if (!intact())
		return NULL;
	bool possible = body_of(layout, &body);

	do {
		if (!possible)
			continue; /* to the condition */
		start = alloc(body);
		if (start == NULL)
			continue;
		record = alloc(RECORD_LAYOUT);
		if (record != NULL)
			break;
		dealloc(start, body);
		start = NULL;
	} while (evict());
	if (start == NULL)
		return NULL;

	memset(record, 0, sizeof(*record));
	record->block = start + front_of(layout);
	record->layout = layout;
	record->taken = site;
	memset(record->block - GUARD_ZONE, pattern(record), GUARD_ZONE);
	memset(record->block, GUARD_FRESH, layout.size);
	memset(record->block + layout.size, pattern(record), GUARD_ZONE);
	insert(record);
	return record->block;
}

struct guard_report guard_check(void)
{
	if (!intact())
		return (struct guard_report){ .what = GUARD_BOOKS };
	for (size_t i = 0; i < BUCKETS; i++) {
		for (struct record *r = bucket[i]; r != NULL; r = r->next) {
			struct guard_report report = examine(r, true);
			if (report.what != GUARD_NOTHING)
				return report;
		}
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* The block that an address is in the middle of. */
static struct record *around(uint64_t address)
{
	for (size_t i = 0; i < BUCKETS; i++) {
		for (struct record *r = bucket[i]; r != NULL; r = r->next) {
			uint64_t begin = (uintptr_t)r->block;
			if (address > begin && address - begin < r->layout.size)
				return r;
		}
	}
	return NULL;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	if (!intact())
		return (struct guard_report){ .what = GUARD_BOOKS };

	struct record *record = bucket[bucket_of(block)];
	while (record != NULL && record->block != block)
		record = record->next;
	if (record == NULL) {
		uint64_t address = (uintptr_t)block;
		record = around(address);
		if (record != NULL)
			return about(record, GUARD_INTERIOR_FREE,
				     (int64_t)(address - (uintptr_t)record->block));
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = block };
	}
	if (record->freed)
		return about(record, GUARD_DOUBLE_FREE, 0);
	if (record->layout.size != layout.size || record->layout.align != layout.align)
		return about(record, GUARD_OTHER_LAYOUT, 0);

	struct guard_report report = examine(record, true);

	memset(block, GUARD_FREED, layout.size);
	unsum(record);
	record->freed = 1;
	record->given = site;
	resum(record);
	if (queue_last != NULL) {
		unsum(queue_last);
		queue_last->later = record;
		resum(queue_last);
	} else {
		queue_first = record;
	}
	queue_last = record;
	queue_blocks++;
	queue_bytes += layout.size;
	while (queue_blocks > GUARD_QUARANTINE_BLOCKS ||
	       queue_bytes > GUARD_QUARANTINE_BYTES) {
		if (!evict())
			break;
	}
	return report;
}

/* --- leaks --- */

static int order(const struct record *a, const struct record *b)
{
	uint64_t left = (uintptr_t)a->taken.file;
	uint64_t right = (uintptr_t)b->taken.file;

	if (left == right) {
		left = a->taken.line;
		right = b->taken.line;
	}
	return left < right ? -1 : left > right;
}

static struct record *merge(struct record *a, struct record *b)
{
	struct record *first = NULL;
	struct record **end = &first;

	while (a != NULL && b != NULL) {
		struct record **from = order(a, b) <= 0 ? &a : &b;
		*end = *from;
		end = &(*from)->sorted;
		*from = *end;
	}
	*end = a != NULL ? a : b;
	return first;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	struct record *runs[64] = { NULL }; /* the i-th: none, or 2^i of them */
	struct record *all = NULL;

	if (!intact())
		return leak;

	for (size_t i = 0; i < BUCKETS; i++) {
		for (struct record *r = bucket[i]; r != NULL; r = r->next) {
			if (r->freed)
				continue;
			struct record *run = r;
			size_t k = 0;
			r->sorted = NULL;
			for (; runs[k] != NULL; k++) {
				run = merge(runs[k], run);
				runs[k] = NULL;
			}
			runs[k] = run;
		}
	}
	for (size_t k = 0; k < 64; k++)
		all = merge(runs[k], all);

	while (all != NULL) {
		const struct record *head = all;

		leak = (struct guard_leak){ head->taken, 0, 0 };
		for (; all != NULL && order(head, all) == 0; all = all->sorted) {
			leak.count++;
			leak.bytes += all->layout.size;
		}
		if (index-- == 0)
			return leak;
	}
	return (struct guard_leak){ { NULL, 0 }, 0, 0 };
}
