/*
 * usage: LD_PRELOAD=record.so RECORD=FILE PROGRAM...
 *
 * Writes down what a program asks of the C library's heap, in the order in which it
 * asks: one line a call, at most CALLS of them.
 *
 *   24        a block of 24 bytes is taken
 *   24/64     the same, at a multiple of 64
 *   -3        the block is given back that was taken third to last, counting
 *             from the last that was taken
 *
 * What is resized is taken anew and given back.  A child of the program is not
 * recorded, nor what a second thread does at the same time.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CALLS 32000
#define TABLE (1u << 17)

/* Where the blocks in use are, by a hash of their addresses; 0: none, 1: was one. */
static struct {
	uintptr_t address;
	uint32_t number; /* the how manieth that was taken */
} table[TABLE];

static uint32_t taken, calls;
static char text[CALLS * 16];
static size_t length;
static bool is_busy;
static pid_t recorded;

static size_t slot_of(uintptr_t address)
{
	size_t slot = (size_t)((address >> 4) * 0x9e3779b97f4a7c15ull >> 47);

	while (table[slot].address && table[slot].address != address)
		slot = (slot + 1) % TABLE;
	return slot;
}

static void write_down(const char *format, size_t first, size_t second)
{
	if (calls++ < CALLS)
		length += (size_t)snprintf(text + length, sizeof(text) - length,
					   format, first, second);
}

static void take(void *block, size_t size, size_t align)
{
	size_t slot = slot_of((uintptr_t)block);

	if (is_busy || !block || !size || taken >= CALLS)
		return;
	taken++;
	table[slot].address = (uintptr_t)block;
	table[slot].number = taken;
	write_down(align > 8 ? "%zu/%zu\n" : "%zu\n", size, align);
}

/* The number of a block that goes, or 0 if it has none. */
static uint32_t forget(void *block)
{
	size_t slot = slot_of((uintptr_t)block);

	if (is_busy || !block || !table[slot].address)
		return 0;
	table[slot].address = 1;
	return table[slot].number;
}

static void give(uint32_t number)
{
	if (number)
		write_down("-%zu\n", taken - number + 1, 0);
}

__attribute__((constructor)) static void begin(void)
{
	recorded = getpid();
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("RECORD");
	FILE *file;

	is_busy = true;
	file = name && getpid() == recorded ? fopen(name, "w") : NULL;
	if (!file)
		return;
	fwrite(text, 1, length, file);
	fclose(file);
}

/* ---- The C library's functions -------------------------------------------------- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t align, size_t size);
extern void __libc_free(void *block);

void *malloc(size_t size)
{
	void *block = __libc_malloc(size);

	take(block, size, 8);
	return block;
}

void *calloc(size_t count, size_t size)
{
	void *block = __libc_calloc(count, size);

	take(block, count * size, 8);
	return block;
}

void *realloc(void *old, size_t size)
{
	uint32_t number = forget(old);
	void *block = __libc_realloc(old, size);

	take(block, size, 8);
	give(number);
	return block;
}

void *aligned_alloc(size_t align, size_t size)
{
	void *block = __libc_memalign(align, size);

	take(block, size, align);
	return block;
}

int posix_memalign(void **place, size_t align, size_t size)
{
	void *block = aligned_alloc(align, size);

	if (!block)
		return ENOMEM;
	*place = block;
	return 0;
}

void free(void *block)
{
	give(forget(block));
	__libc_free(block);
}
