/*
 * Design: notes in front, in lists by the address of their block, and a queue of those in
 * quarantine; every note has a check word.  A test must not expect that a heap's blocks
 * are found in any order, or that freeing one looks at the others.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define BUCKETS 64
#define ZONE_BYTE 0x3e

enum state { IN_USE = 0x11, IN_QUARANTINE = 0x22 };

struct note {
	struct note *next; /* in its bucket */
	struct note *younger; /* in the queue */
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint32_t state;
	uint32_t check;
};

static struct note *buckets[BUCKETS];
static struct note *queue_first, *queue_last;
static size_t queue_count, queue_bytes;

/* ---- Where all is ------------------------------------------------------------------ */

static uint8_t *block_of(const struct note *note)
{
	return (uint8_t *)(note + 1) + GUARD_ZONE;
}

static size_t align_of(struct layout layout)
{
	return layout.align < 8 ? 8 : layout.align;
}

static size_t front_of(struct layout layout)
{
	return align_up(sizeof(struct note) + GUARD_ZONE, align_of(layout));
}

static struct layout below_of(struct layout layout)
{
	size_t around = front_of(layout) + GUARD_ZONE;

	return (struct layout){
		layout.size > SIZE_MAX - around ? 0 : layout.size + around,
		align_of(layout),
	};
}

static struct note **bucket_of(const void *block)
{
	return &buckets[((uint64_t)block >> 4) % BUCKETS];
}

/* ---- Check words ------------------------------------------------------------------- */

/* All bytes but the check word itself, and the address, by Fowler, Noll and Vo. */
static uint32_t check_of(const struct note *note)
{
	const uint8_t *byte = (const uint8_t *)note;
	uint32_t check = 2166136261u ^ (uint32_t)(uint64_t)note;

	for (; byte < (const uint8_t *)&note->check; byte++)
		check = (check ^ *byte) * 16777619u;
	return check;
}

static void seal(struct note *note)
{
	note->check = check_of(note);
}

static bool bucket_is_whole(const struct note *note)
{
	while (note && note->check == check_of(note))
		note = note->next;
	return !note;
}

static bool all_whole(void)
{
	size_t i = 0;

	while (i < BUCKETS && bucket_is_whole(buckets[i]))
		i++;
	return i == BUCKETS;
}

/* ---- What is watched ------------------------------------------------------------------ */

static struct guard_report report(const struct note *note,
				  enum guard_finding what, int64_t offset)
{
	return (struct guard_report){ what, block_of(note), note->layout,
				      offset, note->allocated, note->freed };
}

static bool look_at(uint8_t *from, size_t size, uint8_t byte, bool mend,
		    size_t *at)
{
	for (*at = 0; *at < size && from[*at] == byte; ++*at)
		;
	if (*at == size)
		return true;
	if (mend)
		memset(from, byte, size);
	return false;
}

static struct guard_report look(const struct note *note, bool mend)
{
	uint8_t *block = block_of(note);
	size_t size = note->layout.size, at;

	if (!look_at(block - GUARD_ZONE, GUARD_ZONE, ZONE_BYTE, mend, &at))
		return report(note, GUARD_UNDERFLOW, (int64_t)at - GUARD_ZONE);
	if (note->state == IN_QUARANTINE &&
	    !look_at(block, size, GUARD_FREED, mend, &at))
		return report(note, GUARD_USE_AFTER_FREE, (int64_t)at);
	if (!look_at(block + size, GUARD_ZONE, ZONE_BYTE, mend, &at))
		return report(note, GUARD_OVERFLOW, (int64_t)(size + at));
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* ---- The queue ---------------------------------------------------------------------- */

static void bucket_remove(struct note *note)
{
	struct note *before = *bucket_of(block_of(note));

	if (before == note) {
		*bucket_of(block_of(note)) = note->next;
		return;
	}
	while (before->next != note)
		before = before->next;
	before->next = note->next;
	seal(before);
}

static bool queue_leave(void)
{
	struct note *note = queue_first;
	struct layout layout;

	if (!note || look(note, false).what)
		return false;
	layout = note->layout;
	bucket_remove(note);
	queue_first = note->younger;
	queue_count--;
	queue_bytes -= layout.size;
	dealloc(block_of(note) - front_of(layout), below_of(layout));
	return true;
}

static void queue_enter(struct note *note, struct guard_site site)
{
	note->state = IN_QUARANTINE;
	note->freed = site;
	seal(note);
	if (queue_first) {
		queue_last->younger = note;
		seal(queue_last);
	} else {
		queue_first = note;
	}
	queue_last = note;
	queue_count++;
	queue_bytes += note->layout.size;
}

/* ---- The five functions ---------------------------------------------------------------- */

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	memset(buckets, 0, sizeof(buckets));
	queue_first = queue_last = NULL;
	queue_count = queue_bytes = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct note *note;
	uint8_t *memory, *block;

	layout_check(layout);
	while (!(memory = alloc(below_of(layout))))
		if (!all_whole() || !queue_leave())
			return NULL;
	block = memory + front_of(layout);
	note = (struct note *)(block - GUARD_ZONE) - 1;
	*note = (struct note){
		.next = *bucket_of(block),
		.layout = layout,
		.allocated = site,
		.state = IN_USE,
	};
	seal(note);
	*bucket_of(block) = note;
	memset(block - GUARD_ZONE, ZONE_BYTE, GUARD_ZONE);
	memset(block + layout.size, ZONE_BYTE, GUARD_ZONE);
	return memset(block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	struct guard_report found = { .what = GUARD_BOOKS };

	if (!all_whole())
		return found;
	for (int i = BUCKETS - 1; i >= 0; i--)
		for (struct note *note = buckets[i]; note; note = note->next) {
			found = look(note, true);
			if (found.what)
				return found;
		}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* Where the pointer is wrong: what it is then. */
static struct guard_report stranger(const uint8_t *pointer)
{
	struct guard_report found = { .what = GUARD_NEVER_ALLOCATED,
				      .block = (void *)pointer };

	for (size_t i = 0; i < BUCKETS; i++)
		for (struct note *note = buckets[i]; note; note = note->next) {
			uint64_t offset =
				(uint64_t)pointer - (uint64_t)block_of(note);

			if (offset < note->layout.size)
				return report(note, GUARD_INTERIOR_FREE,
					      (int64_t)offset);
		}
	return found;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct note *note;
	struct guard_report found = { .what = GUARD_BOOKS };

	if (!all_whole())
		return found;
	note = *bucket_of(block);
	while (note && block_of(note) != block)
		note = note->next;
	if (!note)
		return stranger(block);
	if (note->state == IN_QUARANTINE)
		return report(note, GUARD_DOUBLE_FREE, 0);
	if (note->layout.size != layout.size ||
	    note->layout.align != layout.align)
		return report(note, GUARD_OTHER_LAYOUT, 0);
	found = look(note, true);
	queue_enter(note, site);
	memset(block, GUARD_FREED, layout.size);
	while (queue_count > GUARD_QUARANTINE_BLOCKS ||
	       queue_bytes > GUARD_QUARANTINE_BYTES)
		if (!queue_leave())
			break;
	return found;
}

/* The next note in use behind that one, or the first of all. */
static const struct note *next_in_use(const struct note *note)
{
	size_t i = note ? (size_t)(bucket_of(block_of(note)) - buckets) : 0;

	note = note ? note->next : buckets[0];
	for (;;) {
		while (note && note->state != IN_USE)
			note = note->next;
		if (note || ++i == BUCKETS)
			return note;
		note = buckets[i];
	}
}

static bool is_same(struct guard_site left, struct guard_site right)
{
	return left.file == right.file && left.line == right.line;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	const struct note *note = NULL, *other;

	while ((note = next_in_use(note))) {
		other = next_in_use(NULL);
		while (!is_same(other->allocated, note->allocated))
			other = next_in_use(other);
		if (other == note && index-- == 0)
			break;
	}
	if (!note)
		return leak;
	leak.site = note->allocated;
	for (; note; note = next_in_use(note)) {
		if (!is_same(note->allocated, leak.site))
			continue;
		leak.count++;
		leak.bytes += note->layout.size;
	}
	return leak;
}
