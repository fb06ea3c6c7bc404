// Design: Trusts nothing: each word of a note lies there twice, once disguised, and every call first verifies all notes and all variables.
// Right: no checksum in a note; a copy of the guard's own variables is kept, too, and if the two differ that is GUARD_BOOKS.
// Shown: yes
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lib/string.h"
#include "memory/align.h"

/* The words of a note. */
enum word {
	NEXT, /* of all blocks, the youngest first */
	PREVIOUS,
	YOUNGER, /* the block freed after this one */
	SIZE,
	FLAGS, /* log2(align), and the two below */
	TAKEN_FILE,
	TAKEN_LINE,
	FREED_FILE,
	FREED_LINE,
	WORDS
};

#define WAITS 0x100 /* in quarantine */
#define COUNTS 0x200 /* for its site, guard_leak begins with this block */

struct note {
	uint64_t plain[WORDS];
	uint64_t disguised[WORDS];
};

_Static_assert(sizeof(struct note) + 2 * GUARD_ZONE <= GUARD_MEMORY - 16, "too dear");

/* The guard's variables: these, and a copy in which each word is disguised. */
enum variable {
	HEAP_LOW,
	HEAP_HIGH,
	HEAD,
	COUNT,
	OLDEST,
	YOUNGEST,
	WAITING,
	WAITING_BYTES,
	DIGEST, /* the sum of a hash of each word of each note */
	VARIABLES
};

static uint64_t variables[VARIABLES];
static uint64_t copies[VARIABLES];

/* Disguises differ from word to word and from note to note. */
static uint64_t disguise(uint64_t word, uint64_t place)
{
	uint64_t key = (place + 0x632be59bd9b4e019u) * 0x9e3779b97f4a7c15u;

	key ^= key >> 30;
	word = (word ^ key) * 0xbf58476d1ce4e5b9u;
	word ^= word >> 27;
	return word * 0x94d049bb133111ebu + key;
}

static uint64_t get(enum variable which)
{
	return variables[which];
}

static void put(enum variable which, uint64_t value)
{
	variables[which] = value;
	copies[which] = disguise(value, which);
}

static uint64_t get_word(const struct note *note, enum word which)
{
	return note->plain[which];
}

static uint64_t place_of(const struct note *note, int which)
{
	return (uintptr_t)&note->plain[which];
}

/* What a word of a note adds to the digest. */
static uint64_t share(const struct note *note, int which)
{
	uint64_t share = note->disguised[which] * 0xda942042e4dd58b5u;

	return share ^ share >> 32;
}

static void put_word(struct note *note, enum word which, uint64_t value)
{
	put(DIGEST, get(DIGEST) - share(note, which));
	note->plain[which] = value;
	note->disguised[which] = disguise(value, place_of(note, which));
	put(DIGEST, get(DIGEST) + share(note, which));
}

static struct note *to_note(uint64_t word)
{
	return (struct note *)(uintptr_t)word;
}

static uint64_t to_word(const void *pointer)
{
	return (uintptr_t)pointer;
}

static size_t size_of(const struct note *note)
{
	return get_word(note, SIZE);
}

static size_t align_of(const struct note *note)
{
	return (size_t)1 << (get_word(note, FLAGS) & 63);
}

static bool waits(const struct note *note)
{
	return (get_word(note, FLAGS) & WAITS) != 0;
}

static unsigned char *block_of(const struct note *note)
{
	return (unsigned char *)(uintptr_t)note + sizeof(struct note) + GUARD_ZONE;
}

static struct note *head(void)
{
	return to_note(get(HEAD));
}

static struct note *next(const struct note *note)
{
	return to_note(get_word(note, NEXT));
}

/* --- is all as we left it? --- */

static bool lies_in_heap(uint64_t start, uint64_t size)
{
	return start >= get(HEAP_LOW) && start <= get(HEAP_HIGH) &&
	       size <= get(HEAP_HIGH) - start;
}

static bool variables_are_right(void)
{
	for (int i = 0; i < VARIABLES; i++)
		if (copies[i] != disguise(variables[i], (uint64_t)i))
			return false;
	return true;
}

static bool note_is_right(const struct note *note)
{
	if (to_word(note) % 8 != 0 || !lies_in_heap(to_word(note), sizeof(*note)))
		return false;
	for (int i = 0; i < WORDS; i++)
		if (note->disguised[i] != disguise(note->plain[i], place_of(note, i)))
			return false;
	if ((get_word(note, FLAGS) & ~(uint64_t)(63 | WAITS | COUNTS)) != 0)
		return false;
	uint64_t block = to_word(block_of(note));
	return block % align_of(note) == 0 && size_of(note) <= UINT64_MAX / 2 &&
	       lies_in_heap(block, size_of(note) + GUARD_ZONE);
}

static bool all_is_right(void)
{
	uint64_t count = 0;
	uint64_t digest = 0;
	uint64_t waiting = 0;
	uint64_t bytes = 0;
	uint64_t before = 0;

	if (!variables_are_right())
		return false;
	for (const struct note *note = head(); note != NULL; note = next(note)) {
		if (count++ == get(COUNT) || !note_is_right(note) ||
		    get_word(note, PREVIOUS) != before)
			return false;
		before = to_word(note);
		for (int i = 0; i < WORDS; i++)
			digest += share(note, i);
		if (waits(note)) {
			waiting++;
			bytes += size_of(note);
		}
	}
	if (count != get(COUNT) || digest != get(DIGEST) || waiting != get(WAITING) ||
	    bytes != get(WAITING_BYTES))
		return false;

	/* All notes are ours, so that the queue leads from note to note. */
	uint64_t last = 0;
	uint64_t queued = 0;
	for (uint64_t at = get(OLDEST); at != 0; at = get_word(to_note(at), YOUNGER)) {
		if (queued++ == waiting || !note_is_right(to_note(at)) ||
		    !waits(to_note(at)))
			return false;
		last = at;
	}
	return queued == waiting && last == get(YOUNGEST);
}

/* --- what is asked for below --- */

static bool envelope(size_t size, size_t align, struct layout *layout, size_t *front)
{
	layout->align = align < 8 ? 8 : align;
	*front = align_up(sizeof(struct note) + GUARD_ZONE, layout->align);
	if (size > SIZE_MAX - GUARD_ZONE - *front)
		return false;
	layout->size = *front + size + GUARD_ZONE;
	return true;
}

/* --- zones: each byte depends on where it lies --- */

static unsigned char zone_byte(const unsigned char *at)
{
	uint64_t value = (uintptr_t)at * 0x9e3779b97f4a7c15u;

	/* Never a byte that a program is likely to write there: 0x80 to 0xbf. */
	return (unsigned char)(0x80 | value >> 58);
}

/* The first byte that is not as it was left, NULL if there is none. */
static unsigned char *wrong_zone(unsigned char *zone)
{
	for (size_t i = 0; i < GUARD_ZONE; i++)
		if (zone[i] != zone_byte(zone + i))
			return zone + i;
	return NULL;
}

static void write_zone(unsigned char *zone)
{
	for (size_t i = 0; i < GUARD_ZONE; i++)
		zone[i] = zone_byte(zone + i);
}

static unsigned char *wrong_poison(unsigned char *block, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (block[i] != GUARD_FREED)
			return block + i;
	return NULL;
}

static struct guard_report make_report(enum guard_finding what, const struct note *note,
				       const unsigned char *where)
{
	struct guard_report report;

	report.what = what;
	report.block = block_of(note);
	report.layout = (struct layout){ size_of(note), align_of(note) };
	report.offset = where - block_of(note);
	report.allocated = (struct guard_site){
		(const char *)(uintptr_t)get_word(note, TAKEN_FILE),
		get_word(note, TAKEN_LINE),
	};
	report.freed = (struct guard_site){
		(const char *)(uintptr_t)get_word(note, FREED_FILE),
		get_word(note, FREED_LINE),
	};
	return report;
}

static struct guard_report only(enum guard_finding what, void *block)
{
	struct guard_report report;

	memset(&report, 0, sizeof(report));
	report.what = what;
	report.block = block;
	return report;
}

static struct guard_report watch(const struct note *note, bool mend)
{
	unsigned char *block = block_of(note);
	unsigned char *rear = block + size_of(note);
	unsigned char *wrong;

	wrong = wrong_zone(block - GUARD_ZONE);
	if (wrong != NULL) {
		if (mend)
			write_zone(block - GUARD_ZONE);
		return make_report(GUARD_UNDERFLOW, note, wrong);
	}
	wrong = waits(note) ? wrong_poison(block, size_of(note)) : NULL;
	if (wrong != NULL) {
		if (mend)
			memset(block, GUARD_FREED, size_of(note));
		return make_report(GUARD_USE_AFTER_FREE, note, wrong);
	}
	wrong = wrong_zone(rear);
	if (wrong != NULL) {
		if (mend)
			write_zone(rear);
		return make_report(GUARD_OVERFLOW, note, wrong);
	}
	return only(GUARD_NOTHING, NULL);
}

static bool oldest_leaves(void)
{
	struct note *note = to_note(get(OLDEST));

	if (note == NULL || watch(note, false).what != GUARD_NOTHING)
		return false;

	put(OLDEST, get_word(note, YOUNGER));
	if (get(OLDEST) == 0)
		put(YOUNGEST, 0);
	put(WAITING, get(WAITING) - 1);
	put(WAITING_BYTES, get(WAITING_BYTES) - size_of(note));
	put(COUNT, get(COUNT) - 1);

	struct note *previous = to_note(get_word(note, PREVIOUS));
	if (previous != NULL)
		put_word(previous, NEXT, to_word(next(note)));
	else
		put(HEAD, to_word(next(note)));
	if (next(note) != NULL)
		put_word(next(note), PREVIOUS, to_word(previous));
	for (int i = 0; i < WORDS; i++)
		put(DIGEST, get(DIGEST) - share(note, i));

	struct layout layout;
	size_t front;
	(void)envelope(size_of(note), align_of(note), &layout, &front);
	unsigned char *start = block_of(note) - front;
	memset(note, 0, sizeof(*note));
	dealloc(start, layout);
	return true;
}

static bool taken_at(const struct note *note, struct guard_site site)
{
	return !waits(note) && get_word(note, TAKEN_FILE) == to_word(site.file) &&
	       get_word(note, TAKEN_LINE) == site.line;
}

static struct note *any_taken_at(struct guard_site site)
{
	struct note *note = head();

	while (note != NULL && !taken_at(note, site))
		note = next(note);
	return note;
}

/* --- the contract --- */

void guard_init(void *start, size_t size)
{
	for (int i = 0; i < VARIABLES; i++)
		put((enum variable)i, 0);
	put(HEAP_LOW, to_word(start));
	put(HEAP_HIGH, to_word(start) + size);
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	struct layout below;
	size_t front;

	layout_check(layout);
	if (!all_is_right())
		return NULL;

	bool possible = envelope(layout.size, layout.align, &below, &front);
	unsigned char *start;
	do {
		start = possible ? alloc(below) : NULL;
	} while (start == NULL && oldest_leaves());
	if (start == NULL)
		return NULL;

	unsigned char *block = start + front;
	uint64_t words[WORDS] = {
		[NEXT] = get(HEAD),
		[SIZE] = layout.size,
		[FLAGS] = (uint64_t)__builtin_ctzll(layout.align) |
			  (any_taken_at(site) == NULL ? COUNTS : 0),
		[TAKEN_FILE] = to_word(site.file),
		[TAKEN_LINE] = site.line,
	};
	struct note *note =
		(struct note *)(void *)(block - GUARD_ZONE - sizeof(struct note));
	for (int i = 0; i < WORDS; i++) {
		note->plain[i] = words[i];
		note->disguised[i] = disguise(words[i], place_of(note, i));
		put(DIGEST, get(DIGEST) + share(note, i));
	}
	if (head() != NULL)
		put_word(head(), PREVIOUS, to_word(note));
	put(HEAD, to_word(note));
	put(COUNT, get(COUNT) + 1);

	write_zone(block - GUARD_ZONE);
	memset(block, GUARD_FRESH, layout.size);
	write_zone(block + layout.size);
	return block;
}

struct guard_report guard_check(void)
{
	if (!all_is_right())
		return only(GUARD_BOOKS, NULL);
	for (struct note *note = head(); note != NULL; note = next(note)) {
		struct guard_report report = watch(note, true);

		if (report.what != GUARD_NOTHING)
			return report;
	}
	return only(GUARD_NOTHING, NULL);
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct note *note;

	if (!all_is_right())
		return only(GUARD_BOOKS, NULL);

	for (note = head(); note != NULL; note = next(note)) {
		if (block == block_of(note) ||
		    to_word(block) - to_word(block_of(note)) < size_of(note))
			break;
	}
	if (note == NULL)
		return only(GUARD_NEVER_ALLOCATED, block);
	if (block != block_of(note))
		return make_report(GUARD_INTERIOR_FREE, note, block);
	if (waits(note))
		return make_report(GUARD_DOUBLE_FREE, note, block);
	if (layout.size != size_of(note) || layout.align != align_of(note))
		return make_report(GUARD_OTHER_LAYOUT, note, block);

	struct guard_report report = watch(note, true);

	bool counted = (get_word(note, FLAGS) & COUNTS) != 0;
	put_word(note, FLAGS, (get_word(note, FLAGS) & 63) | WAITS);
	put_word(note, FREED_FILE, to_word(site.file));
	put_word(note, FREED_LINE, site.line);
	if (counted) {
		struct guard_site taken = {
			(const char *)(uintptr_t)get_word(note, TAKEN_FILE),
			get_word(note, TAKEN_LINE),
		};
		struct note *heir = any_taken_at(taken);
		if (heir != NULL)
			put_word(heir, FLAGS, get_word(heir, FLAGS) | COUNTS);
	}
	memset(block, GUARD_FREED, layout.size);

	if (get(OLDEST) == 0)
		put(OLDEST, to_word(note));
	else
		put_word(to_note(get(YOUNGEST)), YOUNGER, to_word(note));
	put(YOUNGEST, to_word(note));
	put(WAITING, get(WAITING) + 1);
	put(WAITING_BYTES, get(WAITING_BYTES) + layout.size);
	while (get(WAITING) > GUARD_QUARANTINE_BLOCKS ||
	       get(WAITING_BYTES) > GUARD_QUARANTINE_BYTES) {
		if (!oldest_leaves())
			break;
	}
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak;
	const struct note *note;

	memset(&leak, 0, sizeof(leak));
	if (!all_is_right())
		return leak;

	for (note = head(); note != NULL; note = next(note))
		if ((get_word(note, FLAGS) & COUNTS) != 0 && index-- == 0)
			break;
	if (note == NULL)
		return leak;
	leak.site.file = (const char *)(uintptr_t)get_word(note, TAKEN_FILE);
	leak.site.line = get_word(note, TAKEN_LINE);
	for (note = head(); note != NULL; note = next(note)) {
		if (taken_at(note, leak.site)) {
			leak.count++;
			leak.bytes += size_of(note);
		}
	}
	return leak;
}
