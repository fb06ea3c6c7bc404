/*
 * Design: long zones whose bytes depend on their address, the note behind the block, and
 * all of it looked at in every call.  A test must not expect that zones hold one value,
 * that they end after 32 bytes, or that a call looks at one block only.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define ZONE 40 /* at least; the rear one ends where the note can begin */

struct note {
	struct note *older;
	uint8_t *block;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t freed_as; /* 0: in use */
	uint64_t sum;
};

static struct note *youngest;
static uint64_t frees;
static size_t waiting, waiting_bytes;

/* ---- Where all is ---------------------------------------------------------------- */

static size_t align_of(struct layout layout)
{
	return layout.align < 8 ? 8 : layout.align;
}

static size_t front_of(struct layout layout)
{
	return align_up(ZONE, align_of(layout));
}

static size_t note_offset(struct layout layout)
{
	return align_up(layout.size + ZONE, 8);
}

/* Size 0 if the size is too large for any memory. */
static struct layout below_of(struct layout layout)
{
	struct layout below = { 0, align_of(layout) };

	if (layout.size < SIZE_MAX / 2 && front_of(layout) < SIZE_MAX / 4)
		below.size = front_of(layout) + note_offset(layout) +
			     sizeof(struct note);
	return below;
}

static uint64_t sum_of(const struct note *note)
{
	const uint64_t *word = (const uint64_t *)note;
	uint64_t sum = (uint64_t)note | 1;

	for (; word < &note->sum; word++)
		sum = (sum + *word) * 0xff51afd7ed558ccdull + (sum >> 33);
	return sum;
}

static bool notes_are_whole(void)
{
	const struct note *note = youngest;

	while (note && note->sum == sum_of(note))
		note = note->older;
	return !note;
}

/* ---- What bytes must be ------------------------------------------------------------ */

static uint8_t zone_byte(const uint8_t *where)
{
	return (uint8_t)((uint64_t)where * 0x9d >> 2) | 1;
}

/* Write what must be in [from, to) of a zone; NULL: nothing was wrong. */
static const uint8_t *zone(uint8_t *from, const uint8_t *to, bool mend)
{
	const uint8_t *first = NULL;

	for (; from < to; from++) {
		if (*from != zone_byte(from) && !first)
			first = from;
		if (mend)
			*from = zone_byte(from);
	}
	return first;
}

static const uint8_t *poison(uint8_t *from, const uint8_t *to, bool mend)
{
	const uint8_t *first = NULL;

	for (; from < to; from++) {
		if (*from != GUARD_FREED && !first)
			first = from;
		if (mend)
			*from = GUARD_FREED;
	}
	return first;
}

static struct guard_report report(const struct note *note,
				  enum guard_finding what,
				  const uint8_t *where)
{
	return (struct guard_report){ what, note->block, note->layout,
				      where - note->block, note->allocated,
				      note->freed };
}

static struct guard_report look(struct note *note, bool mend)
{
	uint8_t *start = note->block, *end = start + note->layout.size;
	const uint8_t *at = zone(start - ZONE, start, false);
	struct guard_report found = { .what = GUARD_NOTHING };

	if (at) {
		zone(start - ZONE, start, mend);
		return report(note, GUARD_UNDERFLOW, at);
	}
	at = note->freed_as ? poison(start, end, mend) : NULL;
	if (at)
		return report(note, GUARD_USE_AFTER_FREE, at);
	at = zone(end, (uint8_t *)note, mend);
	return at ? report(note, GUARD_OVERFLOW, at) : found;
}

/* ---- Leaving ---------------------------------------------------------------------------- */

static void forget(struct note *note)
{
	struct note *younger = youngest;

	if (note == youngest) {
		youngest = note->older;
		return;
	}
	while (younger->older != note)
		younger = younger->older;
	younger->older = note->older;
	younger->sum = sum_of(younger);
}

static bool oldest_leaves(void)
{
	struct note *oldest = NULL;
	struct layout layout;
	uint8_t *block;

	for (struct note *note = youngest; note; note = note->older)
		if (note->freed_as &&
		    (!oldest || note->freed_as < oldest->freed_as))
			oldest = note;
	if (!oldest || look(oldest, false).what)
		return false;
	layout = oldest->layout;
	block = oldest->block;
	forget(oldest);
	waiting--;
	waiting_bytes -= layout.size;
	dealloc(block - front_of(layout), below_of(layout));
	return true;
}

/* ---- The five functions -------------------------------------------------------------------- */

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	youngest = NULL;
	waiting = waiting_bytes = 0;
}

/* Look at everything, for its own sake: what is found is found again later. */
static void look_at_all(void)
{
	for (struct note *note = youngest; note; note = note->older)
		look(note, false);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct note *note;
	uint8_t *memory, *block;

	layout_check(layout);
	if (!notes_are_whole())
		return NULL;
	look_at_all();
	while (!(memory = alloc(below_of(layout))))
		if (!oldest_leaves())
			return NULL;
	block = memory + front_of(layout);
	note = (struct note *)(block + note_offset(layout));
	*note = (struct note){
		.older = youngest,
		.block = block,
		.layout = layout,
		.allocated = site,
	};
	note->sum = sum_of(note);
	youngest = note;
	zone(block - ZONE, block, true);
	zone(block + layout.size, (uint8_t *)note, true);
	return memset(block, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	struct guard_report found = { .what = GUARD_NOTHING };

	if (!notes_are_whole())
		found.what = GUARD_BOOKS;
	else
		for (struct note *note = youngest; note && !found.what;
		     note = note->older)
			found = look(note, true);
	return found;
}

static bool has_byte(const struct note *note, const void *pointer)
{
	uint64_t offset = (uint64_t)pointer - (uint64_t)note->block;

	return offset == 0 || offset < note->layout.size;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct guard_report found = { .what = GUARD_BOOKS, .block = block };
	struct note *note = youngest;

	if (!notes_are_whole())
		return found;
	look_at_all();
	while (note && !has_byte(note, block))
		note = note->older;
	found.what = GUARD_NEVER_ALLOCATED;
	if (!note)
		return found;
	if (block != note->block)
		return report(note, GUARD_INTERIOR_FREE, block);
	if (note->freed_as)
		return report(note, GUARD_DOUBLE_FREE, block);
	if (layout.size != note->layout.size ||
	    layout.align != note->layout.align)
		return report(note, GUARD_OTHER_LAYOUT, block);
	found = look(note, true);
	note->freed = site;
	note->freed_as = ++frees;
	note->sum = sum_of(note);
	poison(block, (uint8_t *)block + layout.size, true);
	waiting++;
	waiting_bytes += layout.size;
	while (waiting > GUARD_QUARANTINE_BLOCKS ||
	       waiting_bytes > GUARD_QUARANTINE_BYTES)
		if (!oldest_leaves())
			break;
	return found;
}

/* Add the block to the leak if it is one of that site. */
static bool add(struct guard_leak *leak, const struct note *note)
{
	if (note->freed_as || note->allocated.file != leak->site.file ||
	    note->allocated.line != leak->site.line)
		return false;
	leak->count++;
	leak->bytes += note->layout.size;
	return true;
}

/* A leak is counted where its oldest block is: nothing older is of its site. */
struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };

	for (struct note *note = youngest; note; note = note->older) {
		struct note *older = note->older;

		leak = (struct guard_leak){ .site = note->allocated };
		while (older && !add(&leak, older))
			older = older->older;
		if (older || note->freed_as || index-- != 0)
			continue;
		for (older = youngest; older; older = older->older)
			add(&leak, older);
		return leak;
	}
	return (struct guard_leak){ .count = 0 };
}
