/*
 * usage: pages map|unmap|translate MIB
 *
 * Has our page mapper do so with all 4 KiB pages of MIB mebibytes, in the order of their
 * addresses, for a tool that counts what is called counted(); prints how many calls and
 * how many frames for tables there were.  Each result is checked.
 *
 * Exit status: 0; 1 if the mapper did wrong; 3 for bad usage.
 */
#define _DEFAULT_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/panic.h"
#include "machine.h"
#include "memory/mapper.h"

#define FIRST_PAGE 0x444400000000ull
#define FIRST_FRAME 0x100000000ull
#define TABLES 4096

/* The frames for tables lie here; frame 0 is none. */
static char *memory;
static uint64_t taken = 1;

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list values;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fputc('\n', stderr);
	exit(1);
}

void *machine_frame_memory(struct frame frame)
{
	return memory + frame.start;
}

void machine_flush_page(struct page page)
{
	(void)page;
}

static struct frame take_frame(struct frame_source *source)
{
	(void)source;
	require(taken < TABLES, "more than %d tables", TABLES);
	return (struct frame){ taken++ * PAGE_SIZE };
}

static struct frame_source frames = { .allocate = take_frame };
static struct mapper mapper;

/* ---- What is counted --------------------------------------------------------- */

enum what { MAP, UNMAP, TRANSLATE };

__attribute__((noinline)) static uint64_t counted(enum what what, uint64_t address,
						  uint64_t physical)
{
	struct page page = { address };
	struct frame frame = { physical };

	if (what == MAP)
		return map_to(&mapper, page, frame, PTE_WRITABLE, &frames);
	if (what == TRANSLATE)
		return translate(&mapper, address).address != physical;
	if (unmap(&mapper, page, &frame) != MAP_OK)
		return 1;
	return frame.start != physical;
}

static void all_pages(enum what what, uint64_t pages)
{
	for (uint64_t i = 0; i < pages; i++) {
		uint64_t address = FIRST_PAGE + i * PAGE_SIZE;
		uint64_t physical = FIRST_FRAME + i * PAGE_SIZE;
		uint64_t wrong;

		if (what == MAP)
			wrong = counted(MAP, address, physical);
		else
			wrong = map_to(&mapper, (struct page){ address },
				       (struct frame){ physical }, PTE_WRITABLE,
				       &frames);
		if (!wrong && what != MAP)
			wrong = counted(what, address, physical);
		require(!wrong, "page 0x%lx is wrong", address);
	}
}

int main(int count, char **words)
{
	uint64_t pages = count == 3 ? strtoull(words[2], NULL, 10) * 256 : 0;

	if (pages == 0)
		return 3;
	memory = mmap(NULL, TABLES * PAGE_SIZE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mapper.root = take_frame(&frames);
	if (!strcmp(words[1], "map"))
		all_pages(MAP, pages);
	else if (!strcmp(words[1], "unmap"))
		all_pages(UNMAP, pages);
	else if (!strcmp(words[1], "translate"))
		all_pages(TRANSLATE, pages);
	else
		return 3;
	printf("calls %lu\ntables %lu\n", pages, taken - 1);
	return 0;
}
