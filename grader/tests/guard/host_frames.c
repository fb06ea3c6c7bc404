/*
 * Frames and page tables for guard pages on a host, so that Valgrind can count what they
 * cost a correct program: tables are made and walked as on the machine, but the
 * processor does not look at them, and each address of the heap can be used.
 */
#define _DEFAULT_SOURCE

#include <stdlib.h>
#include <sys/mman.h>

#include "8-guard/pages.h"
#include "machine.h"
#include "test/frames.h"

/* The root is the first; behind it, each frame is handed out once. */
static _Alignas(PAGE_SIZE) char memory[64 << 20];
static uint64_t used = PAGE_SIZE;
static uint64_t in_use;

void *machine_frame_memory(struct frame frame)
{
	return memory + frame.start;
}

void machine_flush_page(struct page page)
{
	(void)page;
}

static struct frame allocate(struct frame_source *source)
{
	struct frame frame = { used };

	(void)source;
	if (used == sizeof(memory))
		return NO_FRAME;
	used += PAGE_SIZE;
	in_use++;
	return frame;
}

static void deallocate(struct frame_source *source, struct frame frame)
{
	(void)source;
	(void)frame;
	in_use--;
}

uint64_t test_frames_in_use(void)
{
	return in_use;
}

struct frame_source *test_frames(void)
{
	static struct frame_source source = { allocate, deallocate };

	return &source;
}

/* Called before a frame is used, and later. */
const struct mapper *test_mapper(void)
{
	static const struct mapper mapper = { { 0 } };

	if (used == PAGE_SIZE &&
	    mmap((void *)PAGES_START, PAGES_SIZE, PROT_READ | PROT_WRITE,
		 MAP_FIXED_NOREPLACE | MAP_PRIVATE | MAP_ANONYMOUS, -1,
		 0) == MAP_FAILED)
		exit(2);
	return &mapper;
}
