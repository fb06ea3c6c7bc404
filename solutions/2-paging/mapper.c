/*
 * The page mapper.  What each function has to do is said in memory/mapper.h,
 * how entries look in memory/page_table.h.
 */
#include "memory/mapper.h"

#include "lab.h"
#include "lib/string.h"
#include "machine.h"

/* Your own types, variables and helpers: here. */

/* In what leads to a table; the last entry decides what is allowed. */
#define PARENT_FLAGS (PTE_PRESENT | PTE_WRITABLE)

/*
 * The way to an address through the tables: entry[4] lies in the root, and
 * entry[level] is the first that leads to no further table, because it is not
 * present, maps a huge page, or lies in level 1.
 */
struct path {
	uint64_t *entry[PAGE_TABLE_LEVELS + 1];
	unsigned level;
};

static uint64_t *entry_of(struct frame table, uint64_t address, unsigned level)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, level)];
}

static bool leads_to_table(uint64_t entry, unsigned level)
{
	return level > 1 && pte_is_present(entry) && !pte_is_huge(entry);
}

static struct path walk(const struct mapper *mapper, uint64_t address)
{
	struct path path = { .level = PAGE_TABLE_LEVELS };
	struct frame table = mapper->root;

	for (;;) {
		uint64_t *entry = entry_of(table, address, path.level);

		path.entry[path.level] = entry;
		if (!leads_to_table(*entry, path.level))
			return path;
		table = pte_frame(*entry);
		path.level--;
	}
}

/* Take `count` empty tables; if there are fewer, take none and say false. */
static bool take_tables(struct frame_source *frames, struct frame *tables,
			unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		tables[i] = frame_source_allocate(frames);
		if (frame_is_none(tables[i])) {
			while (i > 0)
				frame_source_deallocate(frames, tables[--i]);
			return false;
		}
		memset(machine_frame_memory(tables[i]), 0, PAGE_SIZE);
	}
	return true;
}

/* End of your own. */

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	/* Lab 2, task 1: your code here. */
	struct path path = walk(mapper, page.start);
	struct frame tables[PAGE_TABLE_LEVELS - 1];
	uint64_t parent_flags = PARENT_FLAGS | (flags & PTE_USER);
	uint64_t entry = pte_make(frame, flags | PTE_PRESENT);
	unsigned level;

	if (pte_is_present(*path.entry[path.level]))
		return path.level > 1 ? PARENT_ENTRY_HUGE_PAGE :
					PAGE_ALREADY_MAPPED;
	if (!take_tables(frames, tables, path.level - 1))
		return FRAME_ALLOCATION_FAILED;

	/* From the bottom up, so that one store makes all of it visible. */
	for (level = 1; level < path.level; level++) {
		*entry_of(tables[level - 1], page.start, level) = entry;
		entry = pte_make(tables[level - 1], parent_flags);
	}
	*path.entry[level] = entry;

	/* The tables above may have served the kernel only until now. */
	while (++level <= PAGE_TABLE_LEVELS)
		*path.entry[level] |= parent_flags;
	return MAP_OK;
	/* End of your code. */
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	/* Lab 2, task 2: your code here. */
	struct path path = walk(mapper, address);
	uint64_t entry = *path.entry[path.level];
	uint64_t size = page_table_span(path.level);

	if (!address_is_canonical(address) || !pte_is_present(entry))
		return (struct translation){ .mapped = false };
	/* A larger page's address begins at a higher bit; offsets fill in. */
	return (struct translation){
		.mapped = true,
		.address = (entry & PTE_ADDRESS_MASK_4KIB & ~(size - 1)) |
			   (address & (size - 1)),
		.page_size = size,
	};
	/* End of your code. */
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	/* Lab 2, task 3: your code here. */
	struct path path = walk(mapper, page.start);
	uint64_t *entry = path.entry[path.level];

	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	if (path.level > 1)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*entry);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
	/* End of your code. */
}
