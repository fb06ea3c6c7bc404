/*
 * A heap of guard pages.  What each function has to do is said in pages.h.
 */
#include "8-guard/pages.h"

#include <stdbool.h>

#include "lab.h"
#include "lib/string.h"
#include "machine.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/*
 * All that is known of a block stands in the page tables: its pages are those that are
 * mapped, up to the first that is not; there it ends, as near as its align permits.
 * That needs no memory, and nobody can write to it.
 *
 * An access to a page whose entry is not present faults before anything is changed, and
 * the fault tells its address in CR2 (Intel SDM 3A, 4.7; 6.15, interrupt 14).  After
 * unmap that holds at once: unmap flushes the page from the TLB (4.10.4.1).
 *
 * Shortcomings: a frame for each block, however small; the search walks the tables
 * once for each page that it passes, so when most addresses are in use it is slow.  A
 * write to the padding is noticed late, a read there never; nor is a write that
 * jumps over the guard page into another block.
 */
static const struct mapper *tables;
static struct frame_source *source;
static uint64_t next; /* where the search begins: a page that is not mapped */

/* Where a block lies, and its pages. */
struct place {
	uint64_t start, block, block_end, end;
};

static bool is_mapped(uint64_t address)
{
	return address >= PAGES_START && address < PAGES_END &&
	       translate(tables, address).mapped;
}

/* So many bytes of pages in a row that are not mapped, the nearest behind next; or 0. */
static uint64_t find_unmapped(uint64_t size)
{
	uint64_t start = next, end = next;

	for (uint64_t passed = 0; passed < PAGES_SIZE + size;
	     passed += PAGE_SIZE) {
		if (end == PAGES_END)
			start = end = PAGES_START;
		if (is_mapped(end))
			start = end + PAGE_SIZE;
		end += PAGE_SIZE;
		if (end - start >= size)
			return start;
	}
	return 0;
}

/* ---- One page -------------------------------------------------------------- */

static bool map_page(uint64_t page)
{
	struct frame frame = frame_source_allocate(source);

	if (frame_is_none(frame))
		return false;
	memset(machine_frame_memory(frame), GUARD_FRESH, PAGE_SIZE);
	if (map_to(tables, page_containing(page), frame,
		   PTE_WRITABLE | PTE_NO_EXECUTE, source) == MAP_OK)
		return true;
	frame_source_deallocate(source, frame);
	return false;
}

static bool is_fresh(const uint8_t *byte, const uint8_t *end)
{
	while (byte < end && *byte == GUARD_FRESH)
		byte++;
	return byte >= end;
}

/* Look at the bytes of the page around the block, in the frame that it was. */
static enum guard_finding damage_of(uint64_t page, struct frame frame,
				    const struct place *place)
{
	const uint8_t *memory = machine_frame_memory(frame);

	if (page < place->block &&
	    !is_fresh(memory, memory + (place->block - page)))
		return GUARD_UNDERFLOW;
	if (place->block_end < page + PAGE_SIZE &&
	    !is_fresh(memory + (place->block_end - page), memory + PAGE_SIZE))
		return GUARD_OVERFLOW;
	return GUARD_NOTHING;
}

/* Nobody can write to it any more when it is looked at. */
static enum guard_finding unmap_page(uint64_t page, const struct place *place)
{
	struct frame frame;
	enum map_result result = unmap(tables, page_containing(page), &frame);
	enum guard_finding damage;

	require(result == MAP_OK, "unmap of page 0x%llx: %s",
		(unsigned long long)page, map_result_name(result));
	damage = damage_of(page, frame, place);
	frame_source_deallocate(source, frame);
	return damage;
}

/* ---- All pages of a block ---------------------------------------------------- */

/* The place of a block of that layout on pages that end there. */
static struct place place_before(uint64_t end, struct layout layout)
{
	uint64_t block = align_down(end - layout.size, layout.align);

	return (struct place){
		.start = page_containing(block).start,
		.block = block,
		.block_end = block + layout.size,
		.end = end,
	};
}

/* Up to the first page that is not mapped. */
static uint64_t end_of_pages(uint64_t page)
{
	while (is_mapped(page))
		page += PAGE_SIZE;
	return page;
}

/* Those that are mapped; returns the first damage. */
static enum guard_finding unmap_pages(const struct place *place)
{
	enum guard_finding first = GUARD_NOTHING;

	for (uint64_t page = place->start; is_mapped(page); page += PAGE_SIZE) {
		enum guard_finding damage = unmap_page(page, place);

		first = first ? first : damage;
	}
	return first;
}

/* All of them, or none. */
static bool map_pages(const struct place *place)
{
	for (uint64_t page = place->start; page < place->end; page += PAGE_SIZE)
		if (!map_page(page)) {
			unmap_pages(place);
			return false;
		}
	return true;
}
/* End of your own. */

void pages_init(const struct mapper *mapper, struct frame_source *frames)
{
	/* Lab 8, task 6: your code here. */
	tables = mapper;
	source = frames;
	next = PAGES_START;
	/* End of your code. */
}

void *pages_alloc(struct layout layout)
{
	/* Lab 8, task 6: your code here. */
	struct place place;
	uint64_t size, guard;

	layout_check(layout);
	if (layout.size == 0 || layout.size > PAGES_SIZE ||
	    layout.align > PAGE_SIZE)
		return NULL;
	size = page_boundary_above(layout.size);
	guard = find_unmapped(PAGE_SIZE + size + PAGE_SIZE);
	if (!guard)
		return NULL;
	place = place_before(guard + PAGE_SIZE + size, layout);
	if (!map_pages(&place))
		return NULL;
	next = place.end;
	return (void *)place.block;
	/* End of your code. */
}

enum guard_finding pages_dealloc(void *block, struct layout layout)
{
	/* Lab 8, task 6: your code here. */
	uint64_t page = page_containing((uint64_t)block).start;
	struct place place;

	if (!is_mapped(page))
		return GUARD_NEVER_ALLOCATED;
	place = place_before(end_of_pages(page), layout);
	if (place.block != (uint64_t)block || is_mapped(page - PAGE_SIZE))
		return GUARD_OTHER_LAYOUT;
	return unmap_pages(&place);
	/* End of your code. */
}
