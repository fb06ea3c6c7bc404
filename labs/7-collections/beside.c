#include "7-collections/beside.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"

/*
 * What stands between the collections and the allocator (`between:` in the api), for
 * an allocator forgives much: its blocks lie at a multiple of 16, whatever was asked
 * for, and it believes whoever says a layout.  Here a block lies at a multiple of its
 * align and of no more, remembers its layout and its end, and is gone when it is freed.
 *
 *     the allocator's block, at a multiple of twice the align
 *     |
 *     v
 *     +----------------+------+------------------------+------+
 *     |                | note | the collection's block | zone |
 *     +----------------+------+------------------------+------+
 *      <----- front_of(align) ---->
 */
struct note {
	struct layout layout;
	uint64_t seal;
};

#define FRONT 32 /* room for a note */
#define ZONE 16
#define ZONE_BYTE 0xfd
#define FREED_BYTE 0xdd
_Static_assert(sizeof(struct note) <= FRONT, "a note fits in front of a block");

#define REMEMBERED 256 /* more than a test has in use; what is beyond is not told */

static struct {
	const char *block; /* NULL: nothing here */
	struct layout layout;
} in_use[REMEMBERED];

void *__real_alloc(struct layout layout);
void __real_dealloc(void *block, struct layout layout);
void *__wrap_alloc(struct layout layout);
void __wrap_dealloc(void *block, struct layout layout);

static size_t front_of(size_t align)
{
	return align < FRONT ? FRONT + align : align;
}

/* What is asked of the allocator for such a block. */
static struct layout layout_below(struct layout layout)
{
	return (struct layout){
		front_of(layout.align) + layout.size + ZONE,
		2 * (layout.align < FRONT ? FRONT / 2 : layout.align),
	};
}

/* The note lies at any address: in front of a block with any align. */
static void write_note(char *block, struct layout layout)
{
	struct note note = { layout, (uint64_t)block ^ ~layout.size };

	memcpy(block - sizeof(note), &note, sizeof(note));
}

static struct note read_note(const char *block)
{
	struct note note;

	require(block, "heap-1: dealloc of NULL, which is no block");
	memcpy(&note, block - sizeof(note), sizeof(note));
	require(note.seal == ((uint64_t)block ^ ~note.layout.size),
		"heap-1: dealloc at %p: no block in use begins there, or the bytes in front "
		"of it were overwritten",
		(const void *)block);
	return note;
}

static void check_zone(const char *block, size_t size)
{
	for (size_t i = 0; i < ZONE; i++)
		require((unsigned char)block[size + i] == ZONE_BYTE,
			"heap-1: dealloc at %p: byte %zu behind the %zu that were asked for "
			"was overwritten",
			(const void *)block, i, size);
}

/* Put `to` where `from` is, the first of them; NULL is what is free, or is to be. */
static void replace_in_use(const char *from, const char *to, struct layout layout)
{
	for (size_t i = 0; i < REMEMBERED; i++) {
		if (in_use[i].block != from)
			continue;
		in_use[i].block = to;
		in_use[i].layout = layout;
		return;
	}
}

void *__wrap_alloc(struct layout layout)
{
	char *below, *block;

	layout_check(layout);
	if (layout.size == 0 || layout.align > SIZE_MAX / 8 ||
	    layout.size > SIZE_MAX - front_of(layout.align) - ZONE)
		return NULL;
	below = __real_alloc(layout_below(layout));
	if (!below)
		return NULL;
	block = below + front_of(layout.align);
	write_note(block, layout);
	memset(block + layout.size, ZONE_BYTE, ZONE);
	replace_in_use(NULL, block, layout);
	return block;
}

static void check_given(const void *block, struct layout layout)
{
	struct layout taken = read_note(block).layout;

	require(layout.size == taken.size && layout.align == taken.align,
		"heap-1: dealloc at %p with Layout { size: %zu, align: %zu }, which was "
		"taken with Layout { size: %zu, align: %zu }",
		block, layout.size, layout.align, taken.size, taken.align);
	check_zone(block, taken.size);
}

/* The note goes, too: a block is not freed twice. */
static void give_below(char *block, struct layout layout)
{
	memset(block - sizeof(struct note), 0, sizeof(struct note));
	replace_in_use(block, NULL, layout);
	__real_dealloc(block - front_of(layout.align), layout_below(layout));
}

/* Who reads a block that was freed finds nothing of it. */
void __wrap_dealloc(void *block, struct layout layout)
{
	check_given(block, layout);
	memset(block, FREED_BYTE, layout.size);
	give_below(block, layout);
}

void heap_start_over(void *start, size_t size)
{
	memset(in_use, 0, sizeof(in_use));
	allocator_init(start, size);
}

size_t heap_size_of(const void *block)
{
	for (size_t i = 0; i < REMEMBERED; i++) {
		if (in_use[i].block == block)
			return in_use[i].layout.size;
	}
	return 0;
}

size_t heap_in_use(struct layout *layout)
{
	size_t count = 0;

	*layout = (struct layout){ 0, 1 };
	for (size_t i = 0; i < REMEMBERED; i++) {
		if (!in_use[i].block)
			continue;
		*layout = in_use[i].layout;
		count++;
	}
	return count;
}

void *heap_take(struct layout layout)
{
	return alloc(layout);
}

/* The tests' own blocks are not filled: they try out megabytes, and that takes long. */
void heap_give(void *block, struct layout layout)
{
	check_given(block, layout);
	give_below(block, layout);
}
