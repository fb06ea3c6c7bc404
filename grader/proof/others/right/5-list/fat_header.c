// Design: defensive: magic numbers in headers, a chain of all blocks, everything checked and told; 80 bytes in front of each block
#include "memory/allocator.h"

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"

enum { MAGIC_FREE = 0x4652, MAGIC_USED = 0x5553, HEADER = 80 };

struct block {
	uint64_t magic_and_room; /* bits 63 to 48; bytes behind this header */
	struct block *lower;
	uint64_t history[8];
};

_Static_assert(sizeof(struct block) == HEADER, "a multiple of 16");

static struct block *lowest;
static char *top;

static char *payload(struct block *b)
{
	return (char *)(b + 1);
}

static unsigned magic(const struct block *b)
{
	return b->magic_and_room >> 48;
}

static size_t room(const struct block *b)
{
	return b->magic_and_room & 0xffffffffffffull;
}

static void set(struct block *b, unsigned kind, size_t bytes)
{
	b->magic_and_room = (uint64_t)kind << 48 | bytes;
}

static struct block *higher(struct block *b)
{
	char *end = payload(b) + room(b);

	return end == top ? NULL : (struct block *)end;
}

static void chain_check(void)
{
	struct block *below = NULL;

	for (struct block *b = lowest; b; below = b, b = higher(b)) {
		require(magic(b) == MAGIC_FREE || magic(b) == MAGIC_USED,
			"block %p: magic %x", (void *)b, magic(b));
		require(b->lower == below, "block %p: lower", (void *)b);
		require(room(b) % 16 == 0, "block %p: room", (void *)b);
		require(payload(b) + room(b) <= top, "block %p: end", (void *)b);
		require(!below || magic(below) != MAGIC_FREE ||
				magic(b) != MAGIC_FREE,
			"block %p: two free neighbours", (void *)b);
	}
}

/* Cut b in two: the upper one begins at `at`. */
static struct block *cut(struct block *b, char *at)
{
	struct block *upper = (struct block *)at, *above = higher(b);
	char *end = payload(b) + room(b);

	set(upper, MAGIC_FREE, (size_t)(end - payload(upper)));
	upper->lower = b;
	if (above)
		above->lower = upper;
	set(b, magic(b), (size_t)(at - payload(b)));
	return upper;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, high = low + size;

	debug_printf("heap: %zu bytes at %p\n", size, start);
	lowest = NULL;
	top = NULL;
	if (size < 4 * HEADER || size >> 47)
		return;
	lowest = (struct block *)((low + 15) / 16 * 16);
	lowest->lower = NULL;
	top = (char *)(high / 16 * 16);
	set(lowest, MAGIC_FREE, (size_t)(top - payload(lowest)));
}

void *alloc(struct layout layout)
{
	size_t size;

	layout_check(layout);
	chain_check();
	if (layout.size == 0 || layout.size > SIZE_MAX - 15)
		return NULL;
	size = (layout.size + 15) / 16 * 16;
	for (struct block *b = lowest; b; b = higher(b)) {
		uintptr_t from = (uintptr_t)payload(b), at;
		uintptr_t end = from + room(b);

		if (magic(b) != MAGIC_FREE || room(b) < size)
			continue;
		at = from;
		if (at % layout.align != 0) {
			/* The next one with room for a header in front. */
			at += HEADER;
			at += -at & (layout.align - 1);
			if (at < from)
				continue;
		}
		if (at > end || end - at < size)
			continue;
		if (at != from)
			b = cut(b, (char *)at - HEADER);
		if (room(b) - size >= HEADER)
			cut(b, payload(b) + size);
		set(b, MAGIC_USED, room(b));
		chain_check();
		return payload(b);
	}
	debug_printf("no room for %zu, %zu\n", layout.size, layout.align);
	return NULL;
}

static void join(struct block *b)
{
	struct block *gone = higher(b);

	set(b, magic(b), room(b) + HEADER + room(gone));
	gone->magic_and_room = 0;
	if (higher(b))
		higher(b)->lower = b;
}

void dealloc(void *memory, struct layout layout)
{
	struct block *b = (struct block *)memory - 1;

	require(memory != NULL, "dealloc of NULL");
	require(magic(b) == MAGIC_USED, "dealloc(%p): not in use", memory);
	require(room(b) >= layout.size,
		"dealloc(%p): another layout", memory);
	set(b, MAGIC_FREE, room(b));
	if (higher(b) && magic(higher(b)) == MAGIC_FREE)
		join(b);
	if (b->lower && magic(b->lower) == MAGIC_FREE)
		join(b->lower);
	chain_check();
}
