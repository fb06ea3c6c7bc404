/*
 * The guard: blocks between zones, a quarantine for freed ones, and notes about
 * both.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/*
 * What is taken from the allocator below for one block, which begins at a multiple
 * of its align and of 16:
 *
 *   memory                            block           + size      + ZONE
 *     |  gap, if align is large  | note | zone |  block  |  zone  |
 *                                |
 *   newest ----------------------+---> note of the block taken before ---> NULL
 *
 * All notes are in one list, the newest first; a note says whether its block is in
 * use or in quarantine.  Each is sealed: its last word is a sum of all others and of
 * where it lies.  Before a note's words are used, books_are_whole has walked the list
 * and followed no link but that of a note with the right seal.
 *
 * Shortcomings: every call walks the list, so it takes longer the more blocks there
 * are.  A sum finds one wrong byte, always, but not every forgery.  The head of the
 * list is a variable of ours, which nothing watches.  A write that jumps over a zone
 * and hits a block in use is not seen; nor is reading, but for the poison that is
 * read (guard pages find both: pages.c, the optional half).
 */
struct note {
	struct note *next;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t freed_as; /* a serial number, from 1; 0 while in use */
	uint64_t seal;
};

#define ZONE_BYTE 0xfb
#define SEAL_SEED 0x5ea1ed0000c0ffeeull
#define SEAL_FACTOR 0x9e3779b97f4a7c15ull /* odd: no word is lost */
#define MINIMAL_ALIGN 16
_Static_assert(MINIMAL_ALIGN % _Alignof(struct note) == 0 &&
		       GUARD_ZONE % _Alignof(struct note) == 0,
	       "the note before a zone is aligned");

static struct note *newest;
static uint64_t frees; /* so many until now: the last serial number */
static size_t quarantine_blocks, quarantine_bytes;

/* ---- Where things lie ------------------------------------------------------ */

static uint8_t *block_of(const struct note *note)
{
	return (uint8_t *)(note + 1) + GUARD_ZONE;
}

static size_t size_of(const struct note *note)
{
	return note->layout.size;
}

static size_t align_of(struct layout layout)
{
	return layout.align > MINIMAL_ALIGN ? layout.align : MINIMAL_ALIGN;
}

/* The bytes in front of a block: gap, note and zone. */
static size_t front_of(struct layout layout)
{
	return align_up(sizeof(struct note) + GUARD_ZONE, align_of(layout));
}

/* What is asked of the allocator below; size 0 if there is no such number. */
static struct layout layout_below(struct layout layout)
{
	size_t around = front_of(layout) + GUARD_ZONE;
	struct layout below = { layout.size + around, align_of(layout) };

	if (layout.size > SIZE_MAX - around)
		below.size = 0;
	return below;
}

/* ---- Seals ----------------------------------------------------------------- */

static uint64_t seal_of(const struct note *note)
{
	const uint64_t *word = (const uint64_t *)note;
	uint64_t seal = SEAL_SEED ^ (uint64_t)note;

	for (; word < &note->seal; word++) {
		seal = (seal ^ *word) * SEAL_FACTOR;
		seal ^= seal >> 32;
	}
	return seal;
}

static void note_seal(struct note *note)
{
	note->seal = seal_of(note);
}

static bool books_are_whole(void)
{
	for (const struct note *note = newest; note; note = note->next)
		if (note->seal != seal_of(note))
			return false;
	return true;
}

/* ---- Zones and poison -------------------------------------------------------- */

/* A stretch of bytes that all hold one value, as long as nobody writes there. */
struct stretch {
	uint8_t *start;
	size_t size;
	uint8_t byte;
	enum guard_finding what; /* if one does not */
};

#define STRETCHES 3

/* Those of a block, upwards; in use, the middle one is empty. */
static struct stretch stretch_of(const struct note *note, int which)
{
	uint8_t *block = block_of(note);
	const struct stretch stretches[STRETCHES] = {
		{ block - GUARD_ZONE, GUARD_ZONE, ZONE_BYTE, GUARD_UNDERFLOW },
		{ block, note->freed_as ? size_of(note) : 0, GUARD_FREED,
		  GUARD_USE_AFTER_FREE },
		{ block + size_of(note), GUARD_ZONE, ZONE_BYTE,
		  GUARD_OVERFLOW },
	};

	return stretches[which];
}

static void stretch_write(struct stretch stretch)
{
	memset(stretch.start, stretch.byte, stretch.size);
}

/* The first wrong byte, or NULL. */
static uint8_t *stretch_wrong(struct stretch stretch)
{
	for (size_t i = 0; i < stretch.size; i++)
		if (stretch.start[i] != stretch.byte)
			return stretch.start + i;
	return NULL;
}

/* ---- Reports ----------------------------------------------------------------- */

static struct guard_report report_of(enum guard_finding what)
{
	return (struct guard_report){ .what = what };
}

static struct guard_report report_about(const struct note *note,
					enum guard_finding what,
					const uint8_t *where)
{
	return (struct guard_report){
		.what = what,
		.block = block_of(note),
		.layout = note->layout,
		.offset = where - block_of(note),
		.allocated = note->allocated,
		.freed = note->freed,
	};
}

/* The lowest damage of the block.  Mends it, if that is asked for. */
static struct guard_report damage_of(const struct note *note, bool mend)
{
	for (int i = 0; i < STRETCHES; i++) {
		struct stretch stretch = stretch_of(note, i);
		uint8_t *wrong = stretch_wrong(stretch);

		if (!wrong)
			continue;
		if (mend)
			stretch_write(stretch);
		return report_about(note, stretch.what, wrong);
	}
	return report_of(GUARD_NOTHING);
}

/* ---- The list ---------------------------------------------------------------- */

/* The block that the pointer leads into, or to the beginning of. */
static struct note *note_at(const uint8_t *pointer)
{
	for (struct note *note = newest; note; note = note->next) {
		uint64_t offset = (uint64_t)pointer - (uint64_t)block_of(note);

		if (offset == 0 || offset < size_of(note))
			return note;
	}
	return NULL;
}

static void list_remove(struct note *note)
{
	struct note *before = newest;

	if (note == newest) {
		newest = note->next;
		return;
	}
	while (before->next != note)
		before = before->next;
	before->next = note->next;
	note_seal(before);
}

/* ---- The quarantine ------------------------------------------------------------ */

static struct note *quarantine_oldest(void)
{
	struct note *oldest = NULL;

	for (struct note *note = newest; note; note = note->next)
		if (note->freed_as &&
		    (!oldest || note->freed_as < oldest->freed_as))
			oldest = note;
	return oldest;
}

/* Let the oldest block go; false if there is none, or if it must stay. */
static bool quarantine_leave(void)
{
	struct note *note = quarantine_oldest();
	struct layout layout;

	if (!note || damage_of(note, false).what)
		return false;
	layout = note->layout;
	list_remove(note);
	quarantine_blocks--;
	quarantine_bytes -= layout.size;
	dealloc(block_of(note) - front_of(layout), layout_below(layout));
	return true;
}

static bool quarantine_is_full(void)
{
	return quarantine_blocks > GUARD_QUARANTINE_BLOCKS ||
	       quarantine_bytes > GUARD_QUARANTINE_BYTES;
}

static void quarantine_enter(struct note *note, struct guard_site site)
{
	note->freed = site;
	note->freed_as = ++frees;
	note_seal(note);
	stretch_write(stretch_of(note, 1));
	quarantine_blocks++;
	quarantine_bytes += size_of(note);
}

/* ---- Leaks ----------------------------------------------------------------------- */

static bool is_same_site(struct guard_site left, struct guard_site right)
{
	return left.file == right.file && left.line == right.line;
}

/* The first note from there on that is in use and, if one is said, of that site. */
static const struct note *next_in_use(const struct note *note,
				      const struct guard_site *site)
{
	while (note && (note->freed_as ||
			(site && !is_same_site(note->allocated, *site))))
		note = note->next;
	return note;
}

static bool is_first_of_site(const struct note *note)
{
	return next_in_use(newest, &note->allocated) == note;
}

static struct guard_leak leak_at(struct guard_site site)
{
	struct guard_leak leak = { .site = site };
	const struct note *note = next_in_use(newest, &site);

	for (; note; note = next_in_use(note->next, &site)) {
		leak.count++;
		leak.bytes += size_of(note);
	}
	return leak;
}
/* End of your own. */

void guard_init(void *start, size_t size)
{
	/* Lab 8, task 1: your code here. */
	allocator_init(start, size);
	newest = NULL;
	quarantine_blocks = quarantine_bytes = 0;
	/* End of your code. */
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	/* Lab 8, task 1: your code here. */
	struct layout below;
	struct note *note;
	uint8_t *memory;

	layout_check(layout);
	below = layout_below(layout);
	while (!(memory = alloc(below)))
		if (!books_are_whole() || !quarantine_leave())
			return NULL;
	note = (struct note *)(memory + front_of(layout) - GUARD_ZONE) - 1;
	*note = (struct note){
		.next = newest,
		.layout = layout,
		.allocated = site,
	};
	note_seal(note);
	newest = note;
	stretch_write(stretch_of(note, 0));
	stretch_write(stretch_of(note, 2));
	return memset(block_of(note), GUARD_FRESH, layout.size);
	/* End of your code. */
}

struct guard_report guard_check(void)
{
	/* Lab 8, task 2: your code here. */
	if (!books_are_whole())
		return report_of(GUARD_BOOKS);
	for (struct note *note = newest; note; note = note->next) {
		struct guard_report report = damage_of(note, true);

		if (report.what)
			return report;
	}
	return report_of(GUARD_NOTHING);
	/* End of your code. */
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	/* Lab 8, task 3: your code here. */
	struct guard_report report;
	struct note *note;

	if (!books_are_whole())
		return report_of(GUARD_BOOKS);
	note = note_at(block);
	if (!note) {
		report = report_of(GUARD_NEVER_ALLOCATED);
		report.block = block;
		return report;
	}
	if (block != block_of(note))
		return report_about(note, GUARD_INTERIOR_FREE, block);
	if (note->freed_as)
		return report_about(note, GUARD_DOUBLE_FREE, block);
	if (layout.size != size_of(note) || layout.align != note->layout.align)
		return report_about(note, GUARD_OTHER_LAYOUT, block);
	report = damage_of(note, true);
	quarantine_enter(note, site);
	while (quarantine_is_full() && quarantine_leave())
		;
	return report;
	/* End of your code. */
}

struct guard_leak guard_leak(size_t index)
{
	/* Lab 8, task 5: your code here. */
	const struct note *note = next_in_use(newest, NULL);

	for (; note; note = next_in_use(note->next, NULL))
		if (is_first_of_site(note) && index-- == 0)
			return leak_at(note->allocated);
	return (struct guard_leak){ .count = 0 };
	/* End of your code. */
}
