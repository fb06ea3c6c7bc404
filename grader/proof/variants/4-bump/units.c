/*
 * Design: everything in units of 16 bytes.  A heap that begins or ends between two
 * units loses what lies outside of them, and a block of one byte takes 16.
 *
 * A test must not assume that small blocks lie side by side, or that a small heap
 * of odd size gives its last byte.
 */
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"
#include "memory/align.h"

#define UNIT 16ull

static uint64_t first_unit;
static uint64_t units;
static uint64_t units_taken;
static size_t blocks;

void allocator_init(void *start, size_t size)
{
	uint64_t end = align_down((uint64_t)start + size, UNIT);

	first_unit = align_up((uint64_t)start, UNIT);
	units = end > first_unit ? (end - first_unit) / UNIT : 0;
	units_taken = 0;
	blocks = 0;
}

void *alloc(struct layout layout)
{
	uint64_t align = layout.align > UNIT ? layout.align : UNIT;
	uint64_t unit, needed;

	layout_check(layout);
	if (!layout.size || layout.size > units * UNIT)
		return NULL;
	needed = align_up(layout.size, UNIT) / UNIT;
	unit = (align_up(first_unit + units_taken * UNIT, align) - first_unit) /
	       UNIT;
	if (unit > units || needed > units - unit)
		return NULL;
	units_taken = unit + needed;
	blocks++;
	return (void *)(first_unit + unit * UNIT);
}

void dealloc(void *block, struct layout layout)
{
	(void)block;
	(void)layout;
	blocks--;
	if (!blocks)
		units_taken = 0;
}

/* Byte by byte, by hand. */
void *alloc_zeroed(struct layout layout)
{
	unsigned char *block = alloc(layout);

	for (size_t i = 0; block && i < layout.size; i++)
		block[i] = 0;
	return block;
}

/* A smaller block stays where it is: nobody needs to know. */
void *alloc_resized(void *block, struct layout layout, size_t new_size)
{
	unsigned char *moved, *old = block;

	if (new_size && new_size <= layout.size)
		return block;
	moved = alloc((struct layout){ new_size, layout.align });
	if (!moved)
		return NULL;
	for (size_t i = 0; i < layout.size; i++)
		moved[i] = old[i];
	dealloc(block, layout);
	return moved;
}
