/*
 * Design: each note is a block of its own from below, kept twice, once inverted; the
 * blocks in use are one list and those in quarantine another.  A test must not expect
 * that notes lie beside their blocks, or that a block takes one call below.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define ZONE_BYTE 0x77

struct note {
	struct kept *self, *next, *previous;
	uint8_t *block;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
};

#define WORDS (sizeof(struct note) / sizeof(uint64_t))

union copy {
	struct note note;
	uint64_t words[WORDS];
};

struct kept {
	union copy first, inverted;
};

struct list {
	struct kept *head, *tail;
	size_t count, bytes;
};

static struct list used, waiting;

/* ---- Notes and their copies ------------------------------------------------- */

static void confirm(struct kept *kept)
{
	for (size_t i = 0; i < WORDS; i++)
		kept->inverted.words[i] = ~kept->first.words[i];
}

static bool is_whole(const struct kept *kept)
{
	for (size_t i = 0; i < WORDS; i++)
		if (kept->first.words[i] != ~kept->inverted.words[i])
			return false;
	return kept->first.note.self == kept;
}

static bool list_is_whole(const struct list *list)
{
	const struct kept *kept = list->head;

	for (; kept; kept = kept->first.note.next)
		if (!is_whole(kept))
			return false;
	return true;
}

static bool all_whole(void)
{
	return list_is_whole(&used) && list_is_whole(&waiting);
}

static void list_append(struct list *list, struct kept *kept)
{
	struct note *note = &kept->first.note;

	note->previous = list->tail;
	note->next = NULL;
	if (list->tail) {
		list->tail->first.note.next = kept;
		confirm(list->tail);
	} else {
		list->head = kept;
	}
	list->tail = kept;
	list->count++;
	list->bytes += note->layout.size;
	confirm(kept);
}

static void list_remove(struct list *list, struct kept *kept)
{
	struct note *note = &kept->first.note;

	if (note->previous) {
		note->previous->first.note.next = note->next;
		confirm(note->previous);
	} else {
		list->head = note->next;
	}
	if (note->next) {
		note->next->first.note.previous = note->previous;
		confirm(note->next);
	} else {
		list->tail = note->previous;
	}
	list->count--;
	list->bytes -= note->layout.size;
}

/* ---- Memory from below -------------------------------------------------------- */

static size_t front_of(struct layout layout)
{
	return align_up(GUARD_ZONE, layout.align);
}

static struct layout below_of(struct layout layout)
{
	size_t around = front_of(layout) + GUARD_ZONE;

	if (layout.size > SIZE_MAX - around)
		return (struct layout){ 0, 1 };
	return (struct layout){ layout.size + around, layout.align };
}

/* Both blocks, or none. */
static struct kept *take_both(struct layout layout)
{
	uint8_t *memory = alloc(below_of(layout));
	struct kept *kept;

	if (!memory)
		return NULL;
	kept = alloc(LAYOUT_OF(struct kept));
	if (!kept) {
		dealloc(memory, below_of(layout));
		return NULL;
	}
	kept->first.note = (struct note){
		.self = kept,
		.block = memory + front_of(layout),
		.layout = layout,
	};
	return kept;
}

static void give_both(struct kept *kept)
{
	struct note note = kept->first.note;

	dealloc(kept, LAYOUT_OF(struct kept));
	dealloc(note.block - front_of(note.layout), below_of(note.layout));
}

/* ---- What is watched ------------------------------------------------------------ */

static struct guard_report report(const struct note *note,
				  enum guard_finding what, uint64_t offset)
{
	return (struct guard_report){ what, note->block, note->layout,
				      (int64_t)offset, note->allocated,
				      note->freed };
}

/* The first other byte of so many, or their number. */
static size_t other_byte(const uint8_t *bytes, size_t size, uint8_t byte)
{
	size_t i = 0;

	while (i < size && bytes[i] == byte)
		i++;
	return i;
}

static struct guard_report look(const struct note *note, bool freed, bool mend)
{
	uint8_t *block = note->block, *front = block - GUARD_ZONE;
	size_t size = note->layout.size, at;

	at = other_byte(front, GUARD_ZONE, ZONE_BYTE);
	if (at < GUARD_ZONE) {
		if (mend)
			memset(front, ZONE_BYTE, GUARD_ZONE);
		return report(note, GUARD_UNDERFLOW, at - GUARD_ZONE);
	}
	at = freed ? other_byte(block, size, GUARD_FREED) : size;
	if (at < size) {
		if (mend)
			memset(block, GUARD_FREED, size);
		return report(note, GUARD_USE_AFTER_FREE, at);
	}
	at = other_byte(block + size, GUARD_ZONE, ZONE_BYTE);
	if (at < GUARD_ZONE) {
		if (mend)
			memset(block + size, ZONE_BYTE, GUARD_ZONE);
		return report(note, GUARD_OVERFLOW, size + at);
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

static struct guard_report look_at_all(struct list *list, bool freed)
{
	struct guard_report found = { .what = GUARD_NOTHING };
	struct kept *kept = list->head;

	for (; kept && !found.what; kept = kept->first.note.next)
		found = look(&kept->first.note, freed, true);
	return found;
}

static bool oldest_leaves(void)
{
	struct kept *oldest = waiting.head;

	if (!oldest || look(&oldest->first.note, true, false).what)
		return false;
	list_remove(&waiting, oldest);
	give_both(oldest);
	return true;
}

/* The block of the list that the pointer is in, or at. */
static struct kept *find(const struct list *list, const void *pointer)
{
	struct kept *kept = list->head;

	for (; kept; kept = kept->first.note.next) {
		struct note *note = &kept->first.note;
		uint64_t offset = (uint64_t)pointer - (uint64_t)note->block;

		if (offset == 0 || offset < note->layout.size)
			break;
	}
	return kept;
}

/* ---- The five functions ------------------------------------------------------------ */

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	used = waiting = (struct list){ NULL, NULL, 0, 0 };
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct kept *kept;
	uint8_t *block;

	layout_check(layout);
	while (!(kept = take_both(layout)))
		if (!list_is_whole(&waiting) || !oldest_leaves())
			return NULL;
	kept->first.note.allocated = site;
	list_append(&used, kept);
	block = kept->first.note.block;
	memset(block - GUARD_ZONE, ZONE_BYTE, GUARD_ZONE);
	memset(block + layout.size, ZONE_BYTE, GUARD_ZONE);
	return memset(block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	struct guard_report found;

	if (!all_whole())
		return (struct guard_report){ .what = GUARD_BOOKS };
	found = look_at_all(&waiting, true);
	return found.what ? found : look_at_all(&used, false);
}

static struct guard_report refuse(const void *pointer, struct layout layout)
{
	struct kept *kept = find(&waiting, pointer);
	bool freed = kept;
	struct note *note;

	if (!kept)
		kept = find(&used, pointer);
	if (!kept)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = (void *)pointer };
	note = &kept->first.note;
	if (pointer != note->block)
		return report(note, GUARD_INTERIOR_FREE,
			      (uint64_t)pointer - (uint64_t)note->block);
	if (freed)
		return report(note, GUARD_DOUBLE_FREE, 0);
	if (layout.size != note->layout.size ||
	    layout.align != note->layout.align)
		return report(note, GUARD_OTHER_LAYOUT, 0);
	return (struct guard_report){ .what = GUARD_NOTHING };
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct guard_report found;
	struct kept *kept;

	if (!all_whole())
		return (struct guard_report){ .what = GUARD_BOOKS };
	found = refuse(block, layout);
	if (found.what)
		return found;
	kept = find(&used, block);
	found = look(&kept->first.note, false, true);
	list_remove(&used, kept);
	kept->first.note.freed = site;
	list_append(&waiting, kept);
	memset(block, GUARD_FREED, layout.size);
	while (waiting.count > GUARD_QUARANTINE_BLOCKS ||
	       waiting.bytes > GUARD_QUARANTINE_BYTES)
		if (!oldest_leaves())
			break;
	return found;
}

static bool is_of(const struct kept *kept, struct guard_site site)
{
	return kept->first.note.allocated.file == site.file &&
	       kept->first.note.allocated.line == site.line;
}

/* The number of blocks of that site from there on, and their bytes. */
static struct guard_leak sum_from(const struct kept *kept,
				  struct guard_site site)
{
	struct guard_leak leak = { site, 0, 0 };

	for (; kept; kept = kept->first.note.next)
		if (is_of(kept, site)) {
			leak.count++;
			leak.bytes += kept->first.note.layout.size;
		}
	return leak;
}

struct guard_leak guard_leak(size_t index)
{
	const struct kept *kept = used.head;

	for (; kept; kept = kept->first.note.next) {
		struct guard_site site = kept->first.note.allocated;

		if (sum_from(kept, site).count ==
			    sum_from(used.head, site).count &&
		    index-- == 0)
			return sum_from(kept, site);
	}
	return (struct guard_leak){ .count = 0 };
}
