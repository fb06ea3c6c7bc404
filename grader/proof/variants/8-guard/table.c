/*
 * Design: notes in a table of the guard's own variables, sorted by address and searched
 * by halves.  A test must not expect notes that a wild write to the heap can reach, nor
 * an align of 16 where less was asked for.
 */
#include "8-guard/guard.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define MOST 2048
#define ZONE_BYTE 0x5a

struct entry {
	uint8_t *block;
	struct layout layout;
	struct guard_site allocated;
	struct guard_site freed;
	uint64_t freed_as; /* 0: in use */
};

static struct entry table[MOST];
static size_t count;
static uint64_t frees;
static size_t waiting, waiting_bytes;

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

/* The number of entries whose block begins at the pointer or below. */
static size_t entries_up_to(const void *pointer)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if ((uint64_t)table[middle].block <= (uint64_t)pointer)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct entry *entry_insert(uint8_t *block)
{
	size_t index = entries_up_to(block);

	memmove(&table[index + 1], &table[index],
		(count - index) * sizeof(table[0]));
	count++;
	return &table[index];
}

static void entry_remove(struct entry *entry)
{
	count--;
	memmove(entry, entry + 1,
		(size_t)(&table[count] - entry) * sizeof(table[0]));
}

static struct guard_report report(const struct entry *entry,
				  enum guard_finding what, int64_t offset)
{
	return (struct guard_report){ what, entry->block, entry->layout, offset,
				      entry->allocated, entry->freed };
}

static const struct guard_report nothing = { .what = GUARD_NOTHING };

/* The offset of the first byte in [from, to) that is another; `to` if none is. */
static int64_t first_other(const uint8_t *block, int64_t from, int64_t to,
			   uint8_t byte)
{
	while (from < to && block[from] == byte)
		from++;
	return from;
}

static void fill(uint8_t *block, int64_t from, int64_t to, uint8_t byte)
{
	memset(block + from, byte, (size_t)(to - from));
}

static struct guard_report look(const struct entry *entry, bool mend)
{
	uint8_t *block = entry->block;
	int64_t size = (int64_t)entry->layout.size, at;

	at = first_other(block, -GUARD_ZONE, 0, ZONE_BYTE);
	if (at < 0) {
		if (mend)
			fill(block, -GUARD_ZONE, 0, ZONE_BYTE);
		return report(entry, GUARD_UNDERFLOW, at);
	}
	at = entry->freed_as ? first_other(block, 0, size, GUARD_FREED) : size;
	if (at < size) {
		if (mend)
			fill(block, 0, size, GUARD_FREED);
		return report(entry, GUARD_USE_AFTER_FREE, at);
	}
	at = first_other(block, size, size + GUARD_ZONE, ZONE_BYTE);
	if (at < size + GUARD_ZONE) {
		if (mend)
			fill(block, size, size + GUARD_ZONE, ZONE_BYTE);
		return report(entry, GUARD_OVERFLOW, at);
	}
	return nothing;
}

static bool oldest_leaves(void)
{
	struct entry *oldest = NULL;
	struct layout layout;
	uint8_t *block;

	for (size_t i = 0; i < count; i++)
		if (table[i].freed_as &&
		    (!oldest || table[i].freed_as < oldest->freed_as))
			oldest = &table[i];
	if (!oldest || look(oldest, false).what)
		return false;
	layout = oldest->layout;
	block = oldest->block;
	entry_remove(oldest);
	waiting--;
	waiting_bytes -= layout.size;
	dealloc(block - front_of(layout), below_of(layout));
	return true;
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	count = waiting = waiting_bytes = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	uint8_t *memory, *block;

	layout_check(layout);
	if (count == MOST)
		return NULL;
	while (!(memory = alloc(below_of(layout))))
		if (!oldest_leaves())
			return NULL;
	block = memory + front_of(layout);
	*entry_insert(block) = (struct entry){
		.block = block, .layout = layout, .allocated = site
	};
	fill(block, -GUARD_ZONE, 0, ZONE_BYTE);
	fill(block, 0, (int64_t)layout.size, GUARD_FRESH);
	fill(block + layout.size, 0, GUARD_ZONE, ZONE_BYTE);
	return block;
}

struct guard_report guard_check(void)
{
	for (size_t i = 0; i < count; i++) {
		struct guard_report found = look(&table[i], true);

		if (found.what)
			return found;
	}
	return nothing;
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	size_t index = entries_up_to(block);
	struct entry *entry = index ? &table[index - 1] : NULL;
	uint64_t offset = entry ? (uint64_t)block - (uint64_t)entry->block : 0;
	struct guard_report found;

	if (!entry || (offset && offset >= entry->layout.size)) {
		found = (struct guard_report){ .what = GUARD_NEVER_ALLOCATED,
					       .block = block };
		return found;
	}
	if (offset)
		return report(entry, GUARD_INTERIOR_FREE, (int64_t)offset);
	if (entry->freed_as)
		return report(entry, GUARD_DOUBLE_FREE, 0);
	if (memcmp(&layout, &entry->layout, sizeof(layout)) != 0)
		return report(entry, GUARD_OTHER_LAYOUT, 0);
	found = look(entry, true);
	entry->freed = site;
	entry->freed_as = ++frees;
	fill(block, 0, (int64_t)layout.size, GUARD_FREED);
	waiting++;
	waiting_bytes += layout.size;
	while ((waiting > GUARD_QUARANTINE_BLOCKS ||
		waiting_bytes > GUARD_QUARANTINE_BYTES) &&
	       oldest_leaves())
		;
	return found;
}

static bool is_leak_of(const struct entry *entry, struct guard_site site)
{
	return !entry->freed_as && entry->allocated.file == site.file &&
	       entry->allocated.line == site.line;
}

/* Whether no entry before this one is of its site. */
static bool is_first(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_leak_of(&table[i], table[index].allocated))
			return false;
	return !table[index].freed_as;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = 0 };
	size_t first = 0;

	for (;; first++) {
		if (first == count)
			return leak;
		if (is_first(first) && index-- == 0)
			break;
	}
	leak.site = table[first].allocated;
	for (size_t i = first; i < count; i++) {
		if (!is_leak_of(&table[i], leak.site))
			continue;
		leak.count++;
		leak.bytes += table[i].layout.size;
	}
	return leak;
}
