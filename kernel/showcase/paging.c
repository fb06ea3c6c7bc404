/*
 * The examples of the post on paging: what addresses mean in this address space,
 * and a page that was not mapped before.
 */
#include <stdint.h>

#include "layout.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "machine.h"
#include "showcase/showcase.h"

#define VGA_TEXT_FRAME 0xb8000ull
#define VGA_CELL_IN_THE_MIDDLE 400 /* of 16 bits each: row 5 */

/* Four cells, the lowest address first: white on black. */
#define NEW_IN_CELLS 0x0f210f770f650f4eull /* "New!" */

/* A page that nobody uses, and whose three tables do not exist yet. */
#define FRESH_PAGE 0xdeadbeef000ull

static void print_translation(const struct stage *stage, const char *what,
			      uint64_t address)
{
	struct translation translation = translate(&stage->mapper, address);

	if (translation.mapped)
		kprintf("%s: 0x%llx -> 0x%llx\n", what,
			(unsigned long long)address,
			(unsigned long long)translation.address);
	else
		kprintf("%s: 0x%llx is not mapped\n", what,
			(unsigned long long)address);
}

void show_translate(const struct stage *stage)
{
	int on_the_stack = 0;

	print_translation(stage, "screen, by its physical address",
			  VGA_TEXT_FRAME);
	print_translation(stage, "screen, in the direct map",
			  DIRECT_MAP_BASE + VGA_TEXT_FRAME);
	print_translation(stage, "code", (uint64_t)show_translate);
	print_translation(stage, "stack", (uint64_t)&on_the_stack);
	print_translation(stage, "physical address 0", DIRECT_MAP_BASE);
	print_translation(stage, "page 0", 0);
}

/* What is on the screen in those four cells, through the direct map. */
static void print_cells(void)
{
	const volatile uint16_t *cells =
		(void *)(DIRECT_MAP_BASE + VGA_TEXT_FRAME);

	kprintf("on the screen: ");
	for (int i = 0; i < 4; i++)
		kprintf("%c", (char)cells[VGA_CELL_IN_THE_MIDDLE + i]);
	kprintf("\n");
}

void show_new(const struct stage *stage)
{
	struct page page = page_containing(FRESH_PAGE);
	volatile uint64_t *cells = (void *)FRESH_PAGE;
	enum map_result result;

	print_translation(stage, "a fresh page", FRESH_PAGE);
	result = map_to(&stage->mapper, page, frame_containing(VGA_TEXT_FRAME),
			PTE_WRITABLE | PTE_NO_EXECUTE | PTE_CACHE_DISABLE,
			stage->frames);
	require(result == MAP_OK, "map_to returned %s",
		map_result_name(result));
	print_translation(stage, "the same page", FRESH_PAGE);
	cells[VGA_CELL_IN_THE_MIDDLE / 4] = NEW_IN_CELLS;
	print_cells();
}
