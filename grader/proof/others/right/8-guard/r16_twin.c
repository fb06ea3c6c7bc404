// Design: Each block carries its books twice, in front of its zone and behind the last one; either copy alone is enough.
// Right: damage to one copy of a block is never told and does no harm; only if both are lost is it GUARD_BOOKS.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"

typedef unsigned char byte;

/* Where both copies of a block's books lie. */
struct place {
	uint64_t front;
	uint64_t rear;
};

/*
 * The books of one block.  There are two chains: of the blocks in use, in no order,
 * and of those in quarantine, the oldest first.
 */
struct books {
	uint64_t version; /* when these books were written; first of all 1 */
	struct place next;
	uint64_t size;
	uint64_t shape; /* IS_FREED, SPEAKS, log2(align) */
	struct guard_site site[2]; /* taken, given back */
	uint64_t seal;
};

#define IS_FREED 128
/* Of the blocks in use that were taken at one site, one speaks for all. */
#define SPEAKS 64

_Static_assert(sizeof(struct books) == 80, "two of them, and the zones, fit into 256");

/* What a walk makes of them. */
struct found {
	struct place place;
	struct books books;
};

static struct {
	struct place head[2]; /* in use, in quarantine */
	struct place youngest; /* the end of the second one */
	uint64_t versions; /* the last that was used */
	uint64_t count;
	uint64_t fold; /* of all blocks' seals */
	uint64_t waiting;
	uint64_t waiting_bytes;
	uint64_t low, high; /* the heap */
} guard;

static uint64_t mix(uint64_t state, uint64_t word)
{
	state = (state ^ word) * 0xff51afd7ed558ccdu;
	return state ^ state >> 33;
}

static uint64_t seal_of(struct place place, const struct books *books)
{
	uint64_t state = mix(0x7715, place.front);

	state = mix(state, place.rear);
	state = mix(state, books->version);
	state = mix(state, books->next.front);
	state = mix(state, books->next.rear);
	state = mix(state, books->size);
	state = mix(state, books->shape);
	for (int i = 0; i < 2; i++) {
		state = mix(state, (uintptr_t)books->site[i].file);
		state = mix(state, books->site[i].line);
	}
	return state;
}

static bool readable(uint64_t address)
{
	return address % 8 == 0 && address >= guard.low && address < guard.high &&
	       guard.high - address >= sizeof(struct books);
}

/* The better of two copies; false if there is none. */
static bool read_books(struct place place, struct books *books)
{
	uint64_t where[2] = { place.front, place.rear };
	bool any = false;

	for (int i = 0; i < 2; i++) {
		struct books copy;

		if (!readable(where[i]))
			continue;
		memcpy(&copy, (const void *)where[i], sizeof(copy));
		if (copy.seal != seal_of(place, &copy))
			continue;
		if (!any || copy.version > books->version)
			*books = copy;
		any = true;
	}
	return any;
}

/* Write both copies. */
static void write_books(struct place place, struct books *books)
{
	books->version = ++guard.versions;
	books->seal = seal_of(place, books);
	memcpy((void *)place.front, books, sizeof(*books));
	memcpy((void *)place.rear, books, sizeof(*books));
	guard.fold += books->seal;
}

/* The same, in place of what was there. */
static void rewrite_books(struct found *found)
{
	guard.fold -= found->books.seal;
	write_books(found->place, &found->books);
}

/* --- a walk over a chain --- */

static bool next_block(struct found *found, struct place *cursor)
{
	if (cursor->front == 0)
		return false;
	found->place = *cursor;
	(void)read_books(*cursor, &found->books);
	*cursor = found->books.next;
	return true;
}

#define EACH_BLOCK(found, chain)                                \
	for (struct place cursor_ = guard.head[chain];          \
	     next_block(&(found), &cursor_);)

static bool all_legible(void)
{
	uint64_t fold = 0;
	uint64_t count = 0;

	for (int chain = 0; chain < 2; chain++) {
		struct place at = guard.head[chain];

		while (at.front != 0) {
			struct books books;

			if (count++ == guard.count || !read_books(at, &books))
				return false;
			fold += books.seal;
			at = books.next;
		}
	}
	return count == guard.count && fold == guard.fold;
}

/* --- the shape of what is asked for below --- */

static uint64_t align_of(const struct books *books)
{
	return (uint64_t)1 << (books->shape & 63);
}

static bool is_freed(const struct books *books)
{
	return (books->shape & IS_FREED) != 0;
}

static bool same_site(struct guard_site left, struct guard_site right)
{
	return left.file == right.file && left.line == right.line;
}

static uint64_t rounded(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

struct frame {
	struct layout whole;
	size_t front; /* from the beginning to the block */
	size_t rear; /* from the beginning to the second copy */
	bool possible;
};

static struct frame frame_of(uint64_t size, uint64_t align)
{
	struct frame frame;
	size_t end;

	frame.whole.align = align < 8 ? 8 : align;
	frame.front =
		rounded(sizeof(struct books) + GUARD_ZONE, frame.whole.align);
	frame.possible = !__builtin_add_overflow(frame.front, size, &end) &&
			 end <= SIZE_MAX - GUARD_ZONE - 8 - sizeof(struct books);
	frame.rear = frame.possible ? rounded(end + GUARD_ZONE, 8) : 0;
	frame.whole.size = frame.rear + sizeof(struct books);
	return frame;
}

static byte *block_of(const struct found *found)
{
	return (byte *)(found->place.front + sizeof(struct books) + GUARD_ZONE);
}

/* --- zones and poison --- */

static byte zone_byte(size_t i)
{
	return (byte)(0x91 + 11 * i);
}

static void fill_zone(byte *zone)
{
	for (size_t i = 0; i < GUARD_ZONE; i++)
		zone[i] = zone_byte(i);
}

/* The first wrong byte, or -1. */
static int64_t wrong_in_zone(const byte *zone)
{
	for (size_t i = 0; i < GUARD_ZONE; i++)
		if (zone[i] != zone_byte(i))
			return (int64_t)i;
	return -1;
}

static int64_t wrong_in_poison(const byte *block, uint64_t size)
{
	for (uint64_t i = 0; i < size; i++)
		if (block[i] != GUARD_FREED)
			return (int64_t)i;
	return -1;
}

static struct guard_report tell(enum guard_finding what, const struct found *found,
				int64_t offset)
{
	struct guard_report report = { .what = what };

	report.block = block_of(found);
	report.layout.size = found->books.size;
	report.layout.align = align_of(&found->books);
	report.offset = offset;
	report.allocated = found->books.site[0];
	report.freed = found->books.site[1];
	return report;
}

static struct guard_report inspect(const struct found *found, bool mend)
{
	byte *block = block_of(found);
	uint64_t size = found->books.size;
	int64_t at = wrong_in_zone(block - GUARD_ZONE);

	if (at >= 0) {
		if (mend)
			fill_zone(block - GUARD_ZONE);
		return tell(GUARD_UNDERFLOW, found, at - GUARD_ZONE);
	}
	if (is_freed(&found->books)) {
		at = wrong_in_poison(block, size);
		if (at >= 0) {
			if (mend)
				memset(block, GUARD_FREED, size);
			return tell(GUARD_USE_AFTER_FREE, found, at);
		}
	}
	at = wrong_in_zone(block + size);
	if (at >= 0) {
		if (mend)
			fill_zone(block + size);
		return tell(GUARD_OVERFLOW, found, (int64_t)size + at);
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* --- the quarantine --- */

/* False if there is no oldest one, or if it has a wrong byte. */
static bool oldest_leaves(void)
{
	struct found found;
	struct place cursor = guard.head[1];

	if (!next_block(&found, &cursor) ||
	    inspect(&found, false).what != GUARD_NOTHING)
		return false;
	guard.head[1] = cursor;
	guard.count--;
	guard.waiting--;
	guard.waiting_bytes -= found.books.size;
	guard.fold -= found.books.seal;

	struct frame frame = frame_of(found.books.size, align_of(&found.books));
	byte *start = block_of(&found) - frame.front;
	memset((void *)found.place.front, 0, sizeof(struct books));
	memset((void *)found.place.rear, 0, sizeof(struct books));
	dealloc(start, frame.whole);
	return true;
}

/* Out of the one chain, behind the end of the other. */
static void into_quarantine(struct found *before, struct found *found)
{
	if (before->place.front != 0) {
		before->books.next = found->books.next;
		rewrite_books(before);
	} else {
		guard.head[0] = found->books.next;
	}

	if (guard.head[1].front != 0) {
		struct found last = { .place = guard.youngest };
		(void)read_books(last.place, &last.books);
		last.books.next = found->place;
		rewrite_books(&last);
	} else {
		guard.head[1] = found->place;
	}
	guard.youngest = found->place;

	found->books.next = (struct place){ 0, 0 };
	rewrite_books(found);
	guard.waiting++;
	guard.waiting_bytes += found->books.size;
}

/* --- the contract --- */

void guard_init(void *start, size_t size)
{
	uint64_t versions = guard.versions; /* what is from before stays old */

	memset(&guard, 0, sizeof(guard));
	guard.versions = versions;
	guard.low = (uintptr_t)start;
	guard.high = guard.low + size;
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	layout_check(layout);
	if (!all_legible())
		return NULL;

	struct frame frame = frame_of(layout.size, layout.align);
	byte *start = NULL;
	for (;;) {
		if (frame.possible)
			start = alloc(frame.whole);
		if (start != NULL)
			break;
		if (!oldest_leaves())
			return NULL;
	}

	struct found other;
	uint64_t speaks = SPEAKS;
	EACH_BLOCK(other, 0) {
		if (same_site(other.books.site[0], site)) {
			speaks = 0;
			break;
		}
	}

	byte *block = start + frame.front;
	struct place place = {
		.front = (uintptr_t)block - GUARD_ZONE - sizeof(struct books),
		.rear = (uintptr_t)start + frame.rear,
	};
	struct books books = {
		.next = guard.head[0],
		.size = layout.size,
		.shape = speaks | (uint64_t)__builtin_ctzll(layout.align),
		.site = { site },
	};
	fill_zone(block - GUARD_ZONE);
	memset(block, GUARD_FRESH, layout.size);
	fill_zone(block + layout.size);
	write_books(place, &books);
	guard.head[0] = place;
	guard.count++;
	return block;
}

struct guard_report guard_check(void)
{
	struct guard_report report = { .what = GUARD_BOOKS };
	struct found found;

	if (!all_legible())
		return report;
	for (int chain = 0; chain < 2; chain++) {
		EACH_BLOCK(found, chain) {
			report = inspect(&found, true);
			if (report.what != GUARD_NOTHING)
				return report;
		}
	}
	return (struct guard_report){ .what = GUARD_NOTHING };
}

/* Is this a pointer to the block, or into it? */
static bool leads_to(const void *pointer, const struct found *found)
{
	uint64_t inside = (uintptr_t)pointer - (uintptr_t)block_of(found);

	return inside == 0 || inside < found->books.size;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct found found;
	struct found before = { 0 };
	bool known = false;

	if (!all_legible())
		return (struct guard_report){ .what = GUARD_BOOKS };

	EACH_BLOCK(found, 0) {
		known = leads_to(block, &found);
		if (known)
			break;
		before = found;
	}
	if (!known) {
		EACH_BLOCK(found, 1) {
			known = leads_to(block, &found);
			if (known)
				break;
		}
	}
	if (!known)
		return (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					      .block = block };
	if (block != block_of(&found))
		return tell(GUARD_INTERIOR_FREE, &found,
			    (byte *)block - block_of(&found));
	if (is_freed(&found.books))
		return tell(GUARD_DOUBLE_FREE, &found, 0);
	if (layout.size != found.books.size || layout.align != align_of(&found.books))
		return tell(GUARD_OTHER_LAYOUT, &found, 0);

	struct guard_report report = inspect(&found, true);
	bool spoke = (found.books.shape & SPEAKS) != 0;

	memset(block, GUARD_FREED, layout.size);
	found.books.shape = (found.books.shape & 63) | IS_FREED;
	found.books.site[1] = site;
	into_quarantine(&before, &found);

	if (spoke) {
		struct found heir;
		EACH_BLOCK(heir, 0) {
			if (same_site(heir.books.site[0], found.books.site[0])) {
				heir.books.shape |= SPEAKS;
				rewrite_books(&heir);
				break;
			}
		}
	}

	while (guard.waiting > GUARD_QUARANTINE_BLOCKS ||
	       guard.waiting_bytes > GUARD_QUARANTINE_BYTES) {
		if (!oldest_leaves())
			break;
	}
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { { NULL, 0 }, 0, 0 };
	struct found found;
	bool spoken = false;

	if (!all_legible())
		return leak;

	EACH_BLOCK(found, 0) {
		if ((found.books.shape & SPEAKS) == 0)
			continue;
		if (index-- == 0) {
			leak.site = found.books.site[0];
			spoken = true;
			break;
		}
	}
	if (!spoken)
		return leak;
	EACH_BLOCK(found, 0) {
		if (same_site(found.books.site[0], leak.site)) {
			leak.count++;
			leak.bytes += found.books.size;
		}
	}
	return leak;
}
