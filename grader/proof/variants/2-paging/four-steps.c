/*
 * Design: no loop and no recursion.  Each of the four levels is a step that is
 * written out, and what failed steps have to undo stands in reverse order at
 * the end of map_to, where `goto` leads, as in much kernel code.
 *
 * A test must not assume that the levels are numbers to a mapper, nor that the
 * frames of a failed call are given back in a certain order.
 */
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

/* One level's table, and whether it is new: taken, but not linked yet. */
struct step {
	enum map_result result;
	struct frame table;
	bool is_new;
};

static uint64_t *entry_4(struct frame table, uint64_t address)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, 4)];
}

static uint64_t *entry_3(struct frame table, uint64_t address)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, 3)];
}

static uint64_t *entry_2(struct frame table, uint64_t address)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, 2)];
}

static uint64_t *entry_1(struct frame table, uint64_t address)
{
	struct page_table *memory = machine_frame_memory(table);

	return &memory->entries[page_table_index(address, 1)];
}

/* The table that the entry leads to, or a new one that it could lead to. */
static struct step step_down(uint64_t entry, struct frame_source *frames)
{
	struct frame table;

	if (pte_is_present(entry) && pte_is_huge(entry))
		return (struct step){ .result = PARENT_ENTRY_HUGE_PAGE };
	if (pte_is_present(entry))
		return (struct step){ MAP_OK, pte_frame(entry), false };
	table = frame_source_allocate(frames);
	if (frame_is_none(table))
		return (struct step){ .result = FRAME_ALLOCATION_FAILED };
	memset(machine_frame_memory(table), 0, PAGE_SIZE);
	return (struct step){ MAP_OK, table, true };
}

static void step_link(uint64_t *entry, const struct step *step, uint64_t flags)
{
	if (step->is_new)
		*entry = pte_make(step->table, flags);
	else
		*entry |= flags;
}

static void step_undo(const struct step *step, struct frame_source *frames)
{
	if (step->is_new)
		frame_source_deallocate(frames, step->table);
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t parent_flags = PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER);
	uint64_t *in_4, *in_3, *in_2, *in_1;
	struct step to_3, to_2, to_1;
	enum map_result result;

	in_4 = entry_4(mapper->root, page.start);
	to_3 = step_down(*in_4, frames);
	result = to_3.result;
	if (result != MAP_OK)
		goto failed;

	in_3 = entry_3(to_3.table, page.start);
	to_2 = step_down(*in_3, frames);
	result = to_2.result;
	if (result != MAP_OK)
		goto undo_3;

	in_2 = entry_2(to_2.table, page.start);
	to_1 = step_down(*in_2, frames);
	result = to_1.result;
	if (result != MAP_OK)
		goto undo_2;

	in_1 = entry_1(to_1.table, page.start);
	result = PAGE_ALREADY_MAPPED;
	if (pte_is_present(*in_1))
		goto undo_1;

	*in_1 = pte_make(frame, flags | PTE_PRESENT);
	step_link(in_2, &to_1, parent_flags);
	step_link(in_3, &to_2, parent_flags);
	step_link(in_4, &to_3, parent_flags);
	return MAP_OK;

undo_1:
	step_undo(&to_1, frames);
undo_2:
	step_undo(&to_2, frames);
undo_3:
	step_undo(&to_3, frames);
failed:
	return result;
}

/* The answer that a present entry gives to an address in its page. */
static struct translation found(uint64_t entry, uint64_t mask, uint64_t address,
				uint64_t page_size)
{
	return (struct translation){
		.mapped = true,
		.address = (entry & mask) | (address & (page_size - 1)),
		.page_size = page_size,
	};
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	const struct translation nothing = { .mapped = false };
	uint64_t entry;

	if (!address_is_canonical(address))
		return nothing;

	entry = *entry_4(mapper->root, address);
	if (!pte_is_present(entry))
		return nothing;

	entry = *entry_3(pte_frame(entry), address);
	if (!pte_is_present(entry))
		return nothing;
	if (pte_is_huge(entry))
		return found(entry, PTE_ADDRESS_MASK_1GIB, address,
			     PAGE_SIZE_1GIB);

	entry = *entry_2(pte_frame(entry), address);
	if (!pte_is_present(entry))
		return nothing;
	if (pte_is_huge(entry))
		return found(entry, PTE_ADDRESS_MASK_2MIB, address,
			     PAGE_SIZE_2MIB);

	entry = *entry_1(pte_frame(entry), address);
	if (!pte_is_present(entry))
		return nothing;
	return found(entry, PTE_ADDRESS_MASK_4KIB, address, PAGE_SIZE);
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t *entry = entry_4(mapper->root, page.start);

	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;

	entry = entry_3(pte_frame(*entry), page.start);
	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	if (pte_is_huge(*entry))
		return PARENT_ENTRY_HUGE_PAGE;

	entry = entry_2(pte_frame(*entry), page.start);
	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	if (pte_is_huge(*entry))
		return PARENT_ENTRY_HUGE_PAGE;

	entry = entry_1(pte_frame(*entry), page.start);
	if (!pte_is_present(*entry))
		return PAGE_NOT_MAPPED;
	*frame = pte_frame(*entry);
	*entry = 0;
	machine_flush_page(page);
	return MAP_OK;
}
