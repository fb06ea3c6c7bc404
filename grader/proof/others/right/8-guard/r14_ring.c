// Design: Notes in front of the blocks in a circular list; the quarantine is a ring of 32 slots in the guard's own variables.
// Right: a slot repeats the sum of its note; what finds no slot while a damaged block blocks the ring waits in a spill chain.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"
#include "memory/align.h"

struct links {
	struct links *next;
	struct links *prev;
};

enum state { IN_USE = 0x1a5e, IN_RING = 0x4146, IN_SPILL = 0x5b11 };

struct note {
	struct links links; /* first of all: a pointer to it is one to the note */
	struct note *spilled; /* after this one */
	uint64_t state;
	struct layout layout;
	struct guard_site sites[2];
	uint64_t speaker; /* one of the blocks in use that were taken at a site */
	uint64_t age;
	uint64_t sum;
};

/* This one is no note, and not in the heap. */
static struct links all = { &all, &all };

static struct {
	struct note *note;
	uint64_t sum;
} ring[GUARD_QUARANTINE_BLOCKS];
static size_t ring_first, ring_count;
static struct note *spill_first, *spill_last;
static size_t waiting_blocks, waiting_bytes; /* in ring and spill */

static uint64_t ages, notes, sums;
static uintptr_t from, to;

/* --- the sums --- */

static uint64_t word_into(uint64_t sum, uint64_t word)
{
	unsigned __int128 product;

	sum ^= word;
	product = (unsigned __int128)sum * 0xa0761d6478bd642fu;
	return (uint64_t)product ^ (sum + (uint64_t)(product >> 64));
}

static uint64_t weak_into(uint64_t sum, uint64_t word)
{
	sum = (sum + word) * 0xe7037ed1a0b428dbu;
	return sum ^ (sum >> 29);
}

static uint64_t sum_of(const struct note *note)
{
	uint64_t words[sizeof(*note) / 8 - 1];
	uint64_t sum = word_into(0x1234567, (uintptr_t)note);
	uint64_t other = (uintptr_t)note;

	memcpy(words, note, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / 8; i++) {
		sum = word_into(sum, words[i]);
		other = weak_into(other, words[i]);
	}
	return sum + (other << 1 | other >> 63);
}

static void before_change(const struct note *note)
{
	sums ^= note->sum;
}

static void after_change(struct note *note)
{
	note->age = ages++;
	note->sum = sum_of(note);
	sums ^= note->sum;
}

static void set_next(struct links *at, struct links *next)
{
	if (at == &all) {
		all.next = next;
		return;
	}
	before_change((struct note *)(void *)at);
	at->next = next;
	after_change((struct note *)(void *)at);
}

static void set_prev(struct links *at, struct links *prev)
{
	if (at == &all) {
		all.prev = prev;
		return;
	}
	before_change((struct note *)(void *)at);
	at->prev = prev;
	after_change((struct note *)(void *)at);
}

static struct note *next_note(const struct links *at)
{
	return at->next == &all ? NULL : (struct note *)(void *)at->next;
}

static bool credible(const struct links *at)
{
	uintptr_t address = (uintptr_t)at;

	return address >= from && address < to && to - address >= sizeof(struct note) &&
	       (address & 7) == 0;
}

static bool books_hold(void)
{
	uint64_t met = 0;
	uint64_t folded = 0;
	struct links *last = &all;

	for (struct links *at = all.next; at != &all; at = at->next) {
		if (met == notes || !credible(at) || at->prev != last)
			return false;
		const struct note *note = (const struct note *)(void *)at;
		if (note->sum != sum_of(note))
			return false;
		met++;
		folded ^= note->sum;
		last = at;
	}
	if (met != notes || folded != sums || all.prev != last)
		return false;
	for (size_t i = 0; i < ring_count; i++) {
		size_t slot = (ring_first + i) % GUARD_QUARANTINE_BLOCKS;
		if (ring[slot].note->state != IN_RING ||
		    ring[slot].sum != (ring[slot].note->layout.size ^
				       (uintptr_t)ring[slot].note))
			return false;
	}
	return true;
}

/* --- geometry --- */

static unsigned char *block_of(const struct note *note)
{
	return (unsigned char *)(uintptr_t)note + sizeof(struct note) + GUARD_ZONE;
}

struct parcel {
	struct layout layout;
	size_t front;
	bool exists;
};

static struct parcel parcel_of(struct layout layout)
{
	struct parcel parcel = { .exists = false };
	size_t align = layout.align < 16 ? 16 : layout.align;

	parcel.front = align_up(sizeof(struct note) + GUARD_ZONE, align);
	if (layout.size > SIZE_MAX - parcel.front - GUARD_ZONE)
		return parcel;
	parcel.layout.size = parcel.front + layout.size + GUARD_ZONE;
	parcel.layout.align = align;
	parcel.exists = true;
	return parcel;
}

/* Zones in front end with other bytes than zones behind begin with. */
static unsigned char front_byte(size_t i)
{
	return (unsigned char)(0xe0 | (i & 15));
}

static unsigned char rear_byte(size_t i)
{
	return (unsigned char)(0x70 | (i & 15));
}

static void write_front(struct note *note)
{
	unsigned char *zone = block_of(note) - GUARD_ZONE;

	for (size_t i = 0; i < GUARD_ZONE; i++)
		zone[i] = front_byte(i);
}

static void write_rear(struct note *note)
{
	unsigned char *zone = block_of(note) + note->layout.size;

	for (size_t i = 0; i < GUARD_ZONE; i++)
		zone[i] = rear_byte(i);
}

/* --- what is wrong with a block --- */

static enum guard_finding find(const struct note *note, int64_t *offset)
{
	const unsigned char *block = block_of(note);
	size_t size = note->layout.size;

	for (size_t i = 0; i < GUARD_ZONE; i++) {
		*offset = (int64_t)i - GUARD_ZONE;
		if (block[*offset] != front_byte(i))
			return GUARD_UNDERFLOW;
	}
	for (size_t i = 0; note->state != IN_USE && i < size; i++) {
		*offset = (int64_t)i;
		if (block[i] != GUARD_FREED)
			return GUARD_USE_AFTER_FREE;
	}
	for (size_t i = 0; i < GUARD_ZONE; i++) {
		*offset = (int64_t)(size + i);
		if (block[size + i] != rear_byte(i))
			return GUARD_OVERFLOW;
	}
	*offset = 0;
	return GUARD_NOTHING;
}

static struct guard_report describe(const struct note *note, enum guard_finding what,
				    int64_t offset)
{
	return (struct guard_report){
		.what = what,
		.block = block_of(note),
		.layout = note->layout,
		.offset = offset,
		.allocated = note->sites[0],
		.freed = note->sites[1],
	};
}

static struct guard_report find_and_mend(struct note *note)
{
	int64_t offset;
	enum guard_finding what = find(note, &offset);

	if (what == GUARD_UNDERFLOW)
		write_front(note);
	else if (what == GUARD_USE_AFTER_FREE)
		memset(block_of(note), GUARD_FREED, note->layout.size);
	else if (what == GUARD_OVERFLOW)
		write_rear(note);
	return describe(note, what, offset);
}

/* --- the ring --- */

static void into_ring(struct note *note)
{
	size_t slot = (ring_first + ring_count++) % GUARD_QUARANTINE_BLOCKS;

	ring[slot].note = note;
	ring[slot].sum = note->layout.size ^ (uintptr_t)note;
	before_change(note);
	note->state = IN_RING;
	note->spilled = NULL;
	after_change(note);
}

static void into_spill(struct note *note)
{
	before_change(note);
	note->state = IN_SPILL;
	after_change(note);
	if (spill_last == NULL) {
		spill_first = note;
	} else {
		before_change(spill_last);
		spill_last->spilled = note;
		after_change(spill_last);
	}
	spill_last = note;
}

/* The first of the ring leaves the heap, and the first of the spill takes a slot. */
static bool turn(void)
{
	int64_t offset;

	if (ring_count == 0)
		return false;
	struct note *note = ring[ring_first].note;
	if (find(note, &offset) != GUARD_NOTHING)
		return false;

	ring_first = (ring_first + 1) % GUARD_QUARANTINE_BLOCKS;
	ring_count--;
	waiting_blocks--;
	waiting_bytes -= note->layout.size;

	before_change(note);
	notes--;
	set_next(note->links.prev, note->links.next);
	set_prev(note->links.next, note->links.prev);

	struct parcel parcel = parcel_of(note->layout);
	unsigned char *start = block_of(note) - parcel.front;
	note->sum = ~note->sum;
	dealloc(start, parcel.layout);

	if (spill_first != NULL) {
		note = spill_first;
		spill_first = note->spilled;
		if (spill_first == NULL)
			spill_last = NULL;
		into_ring(note);
	}
	return true;
}

static bool is_same(struct guard_site a, struct guard_site b)
{
	return a.file == b.file && a.line == b.line;
}

/* A block in use that was taken there, but not this one. */
static struct note *taken_at(struct guard_site site, const struct note *but)
{
	for (struct note *note = next_note(&all); note != NULL;
	     note = next_note(&note->links)) {
		if (note != but && note->state == IN_USE &&
		    is_same(note->sites[0], site))
			return note;
	}
	return NULL;
}

/* --- the five functions --- */

void guard_init(void *start, size_t size)
{
	all.next = all.prev = &all;
	ring_first = ring_count = 0;
	spill_first = spill_last = NULL;
	waiting_blocks = waiting_bytes = 0;
	notes = sums = 0;
	from = (uintptr_t)start;
	to = from + size;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	if (!books_hold())
		return NULL;

	struct parcel parcel = parcel_of(layout);
	unsigned char *start = parcel.exists ? alloc(parcel.layout) : NULL;
	while (start == NULL && turn()) {
		if (parcel.exists)
			start = alloc(parcel.layout);
	}
	if (start == NULL)
		return NULL;

	unsigned char *block = start + parcel.front;
	struct note *note =
		(struct note *)(void *)(block - GUARD_ZONE - sizeof(struct note));
	memset(note, 0, sizeof(*note));
	note->state = IN_USE;
	note->layout = layout;
	note->sites[0] = site;
	note->speaker = taken_at(site, NULL) == NULL;
	note->links.next = &all;
	note->links.prev = all.prev;
	after_change(note);
	notes++;
	set_next(all.prev, &note->links);
	set_prev(&all, &note->links);

	write_front(note);
	memset(block, GUARD_FRESH, layout.size);
	write_rear(note);
	return block;
}

struct guard_report guard_check(void)
{
	struct guard_report report = { .what = GUARD_BOOKS };

	if (!books_hold())
		return report;
	report.what = GUARD_NOTHING;
	for (struct note *note = next_note(&all);
	     note != NULL && report.what == GUARD_NOTHING;
	     note = next_note(&note->links))
		report = find_and_mend(note);
	return report;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct note *note;
	uintptr_t inside = 0;

	if (!books_hold())
		return (struct guard_report){ .what = GUARD_BOOKS };

	for (note = next_note(&all); note != NULL; note = next_note(&note->links)) {
		inside = (uintptr_t)block - (uintptr_t)block_of(note);
		if (inside == 0 || inside < note->layout.size)
			break;
	}
	if (note == NULL)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = block };
	if (inside != 0)
		return describe(note, GUARD_INTERIOR_FREE, (int64_t)inside);
	if (note->state != IN_USE)
		return describe(note, GUARD_DOUBLE_FREE, 0);
	if (note->layout.size != layout.size || note->layout.align != layout.align)
		return describe(note, GUARD_OTHER_LAYOUT, 0);

	struct guard_report report = find_and_mend(note);

	if (note->speaker) {
		struct note *heir = taken_at(note->sites[0], note);
		if (heir != NULL) {
			before_change(heir);
			heir->speaker = 1;
			after_change(heir);
		}
	}
	before_change(note);
	note->speaker = 0;
	note->sites[1] = site;
	note->state = IN_SPILL;
	after_change(note);
	memset(block, GUARD_FREED, layout.size);
	waiting_blocks++;
	waiting_bytes += layout.size;

	/* Behind a full ring it waits for the turn that gives it a slot. */
	if (ring_count == GUARD_QUARANTINE_BLOCKS)
		into_spill(note);
	else
		into_ring(note);
	while (waiting_blocks > GUARD_QUARANTINE_BLOCKS ||
	       waiting_bytes > GUARD_QUARANTINE_BYTES) {
		if (!turn())
			break;
	}
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	const struct note *speaker;

	if (!books_hold())
		return leak;

	for (speaker = next_note(&all); speaker != NULL;
	     speaker = next_note(&speaker->links)) {
		if (speaker->speaker && index-- == 0)
			break;
	}
	if (speaker == NULL)
		return leak;

	leak.site = speaker->sites[0];
	for (const struct note *note = speaker; note != NULL;
	     note = next_note(&note->links)) {
		if (note->state == IN_USE && is_same(note->sites[0], leak.site)) {
			leak.count++;
			leak.bytes += note->layout.size;
		}
	}
	return leak;
}
