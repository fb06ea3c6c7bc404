// Design: One doubly linked list of notes in front of the blocks, kept in the order of sites, canaries at both ends of a note.
// Right: leaks are neighbours in the list; the quarantine is a queue of links; variables hold the sum of all sums.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"
#include "memory/align.h"

#define CANARY_LOW 0x5ca1ab1e0ddba115u
#define CANARY_HIGH 0x0b5e55ed5a1ad5edu

struct note {
	uint64_t low;
	struct note *next; /* in the order of sites */
	struct note *prev;
	struct note *younger; /* the block that was freed after this one */
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t is_freed;
	uint64_t change; /* which change of any note was the last to this one */
	uint64_t sum;
	uint64_t high;
};

static struct note *first;
static size_t known;
static uint64_t sum_of_sums;
static uint64_t changes;

static struct note *oldest;
static struct note *youngest;
static size_t waiting;
static size_t waiting_bytes;

static uint64_t heap_start;
static uint64_t heap_end;

/* --- sums --- */

static uint64_t sum_of(const struct note *note)
{
	const uint64_t words[] = {
		note->low,	      (uintptr_t)note->next,
		(uintptr_t)note->prev, (uintptr_t)note->younger,
		note->layout.size,    note->layout.align,
		(uintptr_t)note->allocated.file, note->allocated.line,
		(uintptr_t)note->freed.file,	 note->freed.line,
		note->is_freed,	      note->change,
		note->high,
	};
	uint64_t sum = (uintptr_t)note;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		sum = (sum ^ words[i]) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 32;
	}
	return sum;
}

/* Before a note is changed, and after it. */
static void open_note(struct note *note)
{
	sum_of_sums -= note->sum;
}

static void close_note(struct note *note)
{
	note->change = ++changes;
	note->sum = sum_of(note);
	sum_of_sums += note->sum;
}

static bool may_be_note(const struct note *note)
{
	uint64_t address = (uintptr_t)note;

	return address % _Alignof(struct note) == 0 && address >= heap_start &&
	       address < heap_end && heap_end - address >= sizeof(struct note);
}

static bool books_are_right(void)
{
	uint64_t sum = 0;
	size_t count = 0;
	struct note *before = NULL;

	for (struct note *note = first; note != NULL; note = note->next) {
		if (count == known || !may_be_note(note))
			return false;
		if (note->low != CANARY_LOW || note->high != CANARY_HIGH ||
		    note->sum != sum_of(note) || note->prev != before)
			return false;
		sum += note->sum;
		count++;
		before = note;
	}
	return count == known && sum == sum_of_sums;
}

/* --- where things lie --- */

static uint64_t align_below(struct layout layout)
{
	return layout.align > _Alignof(struct note) ? layout.align :
						      _Alignof(struct note);
}

static uint64_t front_of(struct layout layout)
{
	return align_up(sizeof(struct note) + GUARD_ZONE, align_below(layout));
}

static unsigned char *block_of(struct note *note)
{
	return (unsigned char *)note + sizeof(struct note) + GUARD_ZONE;
}

/* False if no size_t can hold it. */
static bool around(struct layout layout, struct layout *whole)
{
	uint64_t front = front_of(layout);

	whole->align = align_below(layout);
	return !__builtin_add_overflow(front, layout.size, &whole->size) &&
	       !__builtin_add_overflow(whole->size, (size_t)GUARD_ZONE, &whole->size);
}

/* --- what is watched --- */

struct stretch {
	unsigned char *start;
	size_t size;
	unsigned char byte;
	enum guard_finding finding;
};

static struct stretch stretch_of(struct note *note, int which)
{
	unsigned char *block = block_of(note);

	switch (which) {
	case 0:
		return (struct stretch){ block - GUARD_ZONE, GUARD_ZONE, 0xb4,
					 GUARD_UNDERFLOW };
	case 1:
		return (struct stretch){ block,
					 note->is_freed ? note->layout.size : 0,
					 GUARD_FREED, GUARD_USE_AFTER_FREE };
	default:
		return (struct stretch){ block + note->layout.size, GUARD_ZONE, 0x4b,
					 GUARD_OVERFLOW };
	}
}

static struct guard_report report_of(struct note *note, enum guard_finding what,
				     int64_t offset)
{
	return (struct guard_report){
		.what = what,
		.block = block_of(note),
		.layout = note->layout,
		.offset = offset,
		.allocated = note->allocated,
		.freed = note->freed,
	};
}

/* Look at one block; what is found is mended if that is wanted. */
static struct guard_report look(struct note *note, bool mend)
{
	for (int which = 0; which < 3; which++) {
		struct stretch s = stretch_of(note, which);

		for (size_t i = 0; i < s.size; i++) {
			if (s.start[i] == s.byte)
				continue;
			if (mend)
				memset(s.start, s.byte, s.size);
			return report_of(note, s.finding,
					 s.start + i - block_of(note));
		}
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* --- the list and the queue --- */

static bool site_is_below(struct guard_site left, struct guard_site right)
{
	if (left.file != right.file)
		return (uintptr_t)left.file < (uintptr_t)right.file;
	return left.line < right.line;
}

static bool same_site(struct guard_site left, struct guard_site right)
{
	return left.file == right.file && left.line == right.line;
}

static void link_note(struct note *note)
{
	struct note *before = NULL;
	struct note *after = first;

	while (after != NULL && site_is_below(after->allocated, note->allocated)) {
		before = after;
		after = after->next;
	}
	note->prev = before;
	note->next = after;
	if (before != NULL) {
		open_note(before);
		before->next = note;
		close_note(before);
	} else {
		first = note;
	}
	if (after != NULL) {
		open_note(after);
		after->prev = note;
		close_note(after);
	}
	close_note(note);
	known++;
}

static void unlink_note(struct note *note)
{
	open_note(note);
	if (note->prev != NULL) {
		open_note(note->prev);
		note->prev->next = note->next;
		close_note(note->prev);
	} else {
		first = note->next;
	}
	if (note->next != NULL) {
		open_note(note->next);
		note->next->prev = note->prev;
		close_note(note->next);
	}
	known--;
}

/* The oldest leaves the quarantine.  False if there is none, or it must stay. */
static bool oldest_leaves(void)
{
	struct note *note = oldest;

	if (note == NULL || look(note, false).what != GUARD_NOTHING)
		return false;

	oldest = note->younger;
	if (oldest == NULL)
		youngest = NULL;
	waiting--;
	waiting_bytes -= note->layout.size;
	unlink_note(note);

	struct layout whole;
	unsigned char *start = block_of(note) - front_of(note->layout);
	(void)around(note->layout, &whole);
	note->low = 0;
	dealloc(start, whole);
	return true;
}

/* --- the contract --- */

void guard_init(void *start, size_t size)
{
	first = oldest = youngest = NULL;
	known = waiting = waiting_bytes = 0;
	sum_of_sums = 0;
	heap_start = (uintptr_t)start;
	heap_end = heap_start + size;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct layout whole;
	unsigned char *start = NULL;

	layout_check(layout);
	if (!books_are_right())
		return NULL;

	bool possible = around(layout, &whole);
	do {
		if (possible)
			start = alloc(whole);
	} while (start == NULL && oldest_leaves());
	if (start == NULL)
		return NULL;

	unsigned char *block = start + front_of(layout);
	struct note *note =
		(struct note *)(void *)(block - GUARD_ZONE - sizeof(struct note));
	*note = (struct note){
		.low = CANARY_LOW,
		.layout = layout,
		.allocated = site,
		.high = CANARY_HIGH,
	};
	for (int which = 0; which < 3; which++) {
		struct stretch s = stretch_of(note, which);
		memset(s.start, s.byte, s.size);
	}
	memset(block, GUARD_FRESH, layout.size);
	link_note(note);
	return block;
}

struct guard_report guard_check(void)
{
	if (!books_are_right())
		return (struct guard_report){ .what = GUARD_BOOKS };

	for (struct note *note = first; note != NULL; note = note->next) {
		struct guard_report report = look(note, true);
		if (report.what != GUARD_NOTHING)
			return report;
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	uint64_t address = (uintptr_t)block;
	struct note *note;

	if (!books_are_right())
		return (struct guard_report){ .what = GUARD_BOOKS };

	for (note = first; note != NULL; note = note->next) {
		uint64_t begin = (uintptr_t)block_of(note);
		if (address == begin)
			break;
		if (address > begin && address - begin < note->layout.size)
			return report_of(note, GUARD_INTERIOR_FREE,
					 (int64_t)(address - begin));
	}
	if (note == NULL)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = block };
	if (note->is_freed)
		return report_of(note, GUARD_DOUBLE_FREE, 0);
	if (layout.size != note->layout.size || layout.align != note->layout.align)
		return report_of(note, GUARD_OTHER_LAYOUT, 0);

	struct guard_report report = look(note, true);

	memset(block, GUARD_FREED, layout.size);
	open_note(note);
	note->is_freed = 1;
	note->freed = site;
	close_note(note);
	if (youngest != NULL) {
		open_note(youngest);
		youngest->younger = note;
		close_note(youngest);
	} else {
		oldest = note;
	}
	youngest = note;
	waiting++;
	waiting_bytes += layout.size;

	while ((waiting > GUARD_QUARANTINE_BLOCKS ||
		waiting_bytes > GUARD_QUARANTINE_BYTES) &&
	       oldest_leaves())
		;
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { 0 };
	size_t sites = 0; /* begun so far */

	if (!books_are_right())
		return leak;

	struct note *last = NULL; /* the last one in use */
	for (struct note *note = first; note != NULL; note = note->next) {
		if (note->is_freed)
			continue;
		if (last == NULL || !same_site(last->allocated, note->allocated)) {
			if (sites > index)
				break;
			sites++;
		}
		last = note;
		if (sites == index + 1) {
			leak.site = note->allocated;
			leak.count++;
			leak.bytes += note->layout.size;
		}
	}
	return leak;
}
