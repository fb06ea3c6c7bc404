// Design: verbose, with debug text and many small functions
// Breaks: "On an error no entry has changed and every frame that was taken is given back." (kernel/memory/mapper.h) -- frames that were got before the source ran out are given back except the first
// Shown: yes
#include "memory/mapper.h"

#include <stddef.h>

#include "lab.h"
#include "machine.h"

typedef unsigned long long ull;

enum kind { NOTHING, TABLE, HUGE_PAGE, SMALL_PAGE };

static enum kind kind_of(uint64_t entry, unsigned level)
{
	if (!pte_is_present(entry))
		return NOTHING;
	if (level == 1)
		return SMALL_PAGE;
	if ((level == 2 || level == 3) && pte_is_huge(entry))
		return HUGE_PAGE;
	return TABLE;
}

static struct page_table *table_memory(struct frame frame)
{
	require(frame.start % PAGE_SIZE == 0, "table at odd address %llx",
		(ull)frame.start);
	return (struct page_table *)machine_frame_memory(frame);
}

static uint64_t get_entry(struct frame table, unsigned index)
{
	require(index < PAGE_TABLE_ENTRIES, "index %u", index);
	return table_memory(table)->entries[index];
}

static void set_entry(struct frame table, unsigned index, uint64_t value)
{
	require(index < PAGE_TABLE_ENTRIES, "index %u", index);
	debug_printf("  [%llx][%u] = %llx\n", (ull)table.start, index, (ull)value);
	*(volatile uint64_t *)&table_memory(table)->entries[index] = value;
}

static void clear_table(struct frame table)
{
	volatile uint64_t *entries = table_memory(table)->entries;

	for (unsigned i = 0; i < PAGE_TABLE_ENTRIES; i++)
		entries[i] = 0;
}

struct position {
	struct frame table;
	unsigned level;
	unsigned index;
};

static struct position begin(const struct mapper *mapper, uint64_t address)
{
	require(mapper != NULL, "no mapper");
	return (struct position){ mapper->root, PAGE_TABLE_LEVELS,
				  page_table_index(address, PAGE_TABLE_LEVELS) };
}

static struct position below(struct position above, uint64_t address)
{
	struct position position;

	position.table = pte_frame(get_entry(above.table, above.index));
	position.level = above.level - 1;
	position.index = page_table_index(address, position.level);
	return position;
}

static struct position deepest(const struct mapper *mapper, uint64_t address,
			       enum kind *kind)
{
	struct position position = begin(mapper, address);

	for (;;) {
		*kind = kind_of(get_entry(position.table, position.index),
				position.level);
		if (*kind != TABLE)
			return position;
		position = below(position, address);
	}
}

static bool take_frames(struct frame_source *source, struct frame *list,
			unsigned count)
{
	unsigned got = 0;

	while (got < count) {
		struct frame frame = frame_source_allocate(source);

		if (frame_is_none(frame))
			break;
		list[got++] = frame;
	}
	if (got == count)
		return true;
	while (got > 1) {
		got--;
		frame_source_deallocate(source, list[got]);
	}
	return false;
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	const uint64_t table_flags = PTE_PRESENT | PTE_WRITABLE |
				     (flags & PTE_USER);
	struct frame fresh[PAGE_TABLE_LEVELS - 1];
	enum kind kind;
	struct position at = deepest(mapper, page.start, &kind);
	unsigned count = at.level - 1;

	debug_printf("map_to %llx to %llx: level %u\n", (ull)page.start,
		     (ull)frame.start, at.level);
	if (kind == SMALL_PAGE)
		return PAGE_ALREADY_MAPPED;
	if (kind == HUGE_PAGE)
		return PARENT_ENTRY_HUGE_PAGE;
	if (!take_frames(frames, fresh, count))
		return FRAME_ALLOCATION_FAILED;
	for (unsigned i = 0; i < count; i++) {
		clear_table(fresh[i]);
		set_entry(at.table, at.index, pte_make(fresh[i], table_flags));
		at = below(at, page.start);
	}
	require(at.level == 1, "level %u", at.level);
	for (struct position up = begin(mapper, page.start); up.level > 1;
	     up = below(up, page.start)) {
		uint64_t entry = get_entry(up.table, up.index);

		if ((entry & table_flags) != table_flags)
			set_entry(up.table, up.index, entry | table_flags);
	}
	set_entry(at.table, at.index, pte_make(frame, flags | PTE_PRESENT));
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	enum kind kind;
	struct position at = deepest(mapper, page.start, &kind);
	struct frame mapped;

	switch (kind) {
	case NOTHING:
		return PAGE_NOT_MAPPED;
	case HUGE_PAGE:
		return PARENT_ENTRY_HUGE_PAGE;
	case SMALL_PAGE:
		break;
	case TABLE:
		panic("the walk ended at a table");
	}
	mapped = pte_frame(get_entry(at.table, at.index));
	set_entry(at.table, at.index, 0);
	machine_flush_page(page);
	*frame = mapped;
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation translation = { false, 0, 0 };
	struct position at;
	enum kind kind;
	uint64_t entry;

	if (!address_is_canonical(address)) {
		debug_printf("%llx is not canonical\n", (ull)address);
		return translation;
	}
	at = deepest(mapper, address, &kind);
	if (kind == NOTHING)
		return translation;
	entry = get_entry(at.table, at.index);
	translation.mapped = true;
	translation.page_size = page_table_span(at.level);
	translation.address = pte_frame(entry).start;
	translation.address &= ~(translation.page_size - 1);
	translation.address |= address & (translation.page_size - 1);
	return translation;
}
