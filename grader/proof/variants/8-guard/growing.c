/*
 * Design: an array of notes in the heap itself, which doubles when it is full and goes
 * when it is empty, with one sum over all of it.  A test must not expect that notes
 * stay where they are, or that the first block takes as much as the others.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define FIRST_CAPACITY 16
#define ZONE_BYTE 0xe1

struct note {
	uint8_t *block;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t freed_as; /* 0: in use */
};

static struct note *notes;
static size_t count, capacity;
static uint64_t sum, frees;
static size_t waiting, waiting_bytes;

/* ---- The array ------------------------------------------------------------------ */

/* Each word counts by its place. */
static uint64_t sum_now(void)
{
	const uint64_t *words = (const uint64_t *)notes;
	size_t number = count * (sizeof(struct note) / sizeof(uint64_t));
	uint64_t result = number + 1;

	for (size_t i = 0; i < number; i++)
		result = (result ^ words[i]) * 0x100000001b3ull +
			 (result >> 29);
	return result;
}

static struct layout array_layout(size_t entries)
{
	return (struct layout){ entries * sizeof(struct note),
				_Alignof(struct note) };
}

static bool make_room(void)
{
	size_t larger = capacity ? 2 * capacity : FIRST_CAPACITY;
	struct note *copy;

	if (count < capacity)
		return true;
	copy = alloc(array_layout(larger));
	if (!copy)
		return false;
	if (capacity) {
		memcpy(copy, notes, count * sizeof(struct note));
		dealloc(notes, array_layout(capacity));
	}
	notes = copy;
	capacity = larger;
	return true;
}

static void drop_if_empty(void)
{
	if (count || !capacity)
		return;
	dealloc(notes, array_layout(capacity));
	notes = NULL;
	capacity = 0;
}

/* ---- Blocks ------------------------------------------------------------------------ */

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

static struct guard_report report(const struct note *note,
				  enum guard_finding what,
				  const uint8_t *where)
{
	return (struct guard_report){ what, note->block, note->layout,
				      where - note->block, note->allocated,
				      note->freed };
}

/* Of the bytes in [from, to) the first that is another, or NULL; mended if asked for. */
static const uint8_t *wrong(uint8_t *from, const uint8_t *to, uint8_t byte,
			    bool mend)
{
	const uint8_t *at = from;

	while (at < to && *at == byte)
		at++;
	if (at == to)
		return NULL;
	if (mend)
		memset(from, byte, (size_t)(to - from));
	return at;
}

static struct guard_report look(const struct note *note, bool mend)
{
	uint8_t *start = note->block, *end = start + note->layout.size;
	const uint8_t *at;

	at = wrong(start - GUARD_ZONE, start, ZONE_BYTE, mend);
	if (at)
		return report(note, GUARD_UNDERFLOW, at);
	at = note->freed_as ? wrong(start, end, GUARD_FREED, mend) : NULL;
	if (at)
		return report(note, GUARD_USE_AFTER_FREE, at);
	at = wrong(end, end + GUARD_ZONE, ZONE_BYTE, mend);
	if (at)
		return report(note, GUARD_OVERFLOW, at);
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* The last note takes the place of one that goes. */
static bool oldest_leaves(void)
{
	struct note *oldest = NULL, gone;

	for (struct note *note = notes; note < notes + count; note++)
		if (note->freed_as &&
		    (!oldest || note->freed_as < oldest->freed_as))
			oldest = note;
	if (!oldest || look(oldest, false).what)
		return false;
	gone = *oldest;
	*oldest = notes[--count];
	waiting--;
	waiting_bytes -= gone.layout.size;
	dealloc(gone.block - front_of(gone.layout), below_of(gone.layout));
	drop_if_empty();
	sum = sum_now();
	return true;
}

/* ---- The five functions -------------------------------------------------------------- */

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	notes = NULL;
	count = capacity = waiting = waiting_bytes = 0;
	sum = sum_now();
}

/* Room for a note and for the block, or nothing is taken. */
static uint8_t *take(struct layout layout)
{
	uint8_t *memory;

	if (!make_room())
		return NULL;
	memory = alloc(below_of(layout));
	if (!memory)
		drop_if_empty();
	return memory;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	uint8_t *memory, *block;

	layout_check(layout);
	if (sum != sum_now())
		return NULL;
	while (!(memory = take(layout)))
		if (!oldest_leaves())
			return NULL;
	block = memory + front_of(layout);
	notes[count++] = (struct note){
		.block = block, .layout = layout, .allocated = site
	};
	sum = sum_now();
	memset(block - GUARD_ZONE, ZONE_BYTE, GUARD_ZONE);
	memset(block + layout.size, ZONE_BYTE, GUARD_ZONE);
	return memset(block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	struct guard_report found = { .what = GUARD_NOTHING };

	if (sum != sum_now())
		found.what = GUARD_BOOKS;
	for (size_t i = 0; i < count && !found.what; i++)
		found = look(&notes[i], true);
	return found;
}

static struct note *find(const void *pointer)
{
	for (struct note *note = notes; note < notes + count; note++) {
		uint64_t offset = (uint64_t)pointer - (uint64_t)note->block;

		if (offset == 0 || offset < note->layout.size)
			return note;
	}
	return NULL;
}

/* What is wrong with the call, the note of the pointer given. */
static enum guard_finding misuse(const struct note *note, const void *pointer,
				 struct layout layout)
{
	if (!note)
		return GUARD_NEVER_ALLOCATED;
	if (note->block != pointer)
		return GUARD_INTERIOR_FREE;
	if (note->freed_as)
		return GUARD_DOUBLE_FREE;
	if (note->layout.size != layout.size ||
	    note->layout.align != layout.align)
		return GUARD_OTHER_LAYOUT;
	return GUARD_NOTHING;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct guard_report found = { .what = GUARD_BOOKS, .block = block };
	struct note *note;

	if (sum != sum_now())
		return found;
	note = find(block);
	found.what = misuse(note, block, layout);
	if (found.what)
		return note ? report(note, found.what, block) : found;
	found = look(note, true);
	note->freed = site;
	note->freed_as = ++frees;
	sum = sum_now();
	memset(block, GUARD_FREED, layout.size);
	waiting++;
	waiting_bytes += layout.size;
	while ((waiting > GUARD_QUARANTINE_BLOCKS ||
		waiting_bytes > GUARD_QUARANTINE_BYTES) &&
	       oldest_leaves())
		;
	return found;
}

static bool is_leak_of(const struct note *note, struct guard_site site)
{
	return !note->freed_as && note->allocated.file == site.file &&
	       note->allocated.line == site.line;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	size_t first = 0;

	for (; first < count; first++) {
		size_t before = 0;

		while (!is_leak_of(&notes[before], notes[first].allocated) &&
		       before < first)
			before++;
		if (before == first && !notes[first].freed_as && index-- == 0)
			break;
	}
	if (first == count)
		return leak;
	leak.site = notes[first].allocated;
	for (size_t i = first; i < count; i++) {
		leak.count += is_leak_of(&notes[i], leak.site);
		if (is_leak_of(&notes[i], leak.site))
			leak.bytes += notes[i].layout.size;
	}
	return leak;
}
