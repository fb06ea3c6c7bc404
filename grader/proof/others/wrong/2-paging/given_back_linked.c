// Design: links empty tables on the way down with a log, which undoes a single link only
// Breaks: "On an error no entry has changed and every frame that was taken is given back." (kernel/memory/mapper.h) -- the frames go back, but the entry that leads to the first of them stays
// Shown: yes
#include "memory/mapper.h"

#include <stddef.h>

#include "lib/string.h"
#include "machine.h"

struct log {
	uint64_t *entry; /* the first link that was made */
	uint64_t before;
	struct frame frames[3];
	int count;
};

static void undo(struct log *log, struct page page, struct frame_source *source)
{
	if (log->entry && log->count == 1) {
		*log->entry = log->before;
		/* The processor may have noted the table while it was there. */
		machine_flush_page(page);
	}
	while (log->count > 0)
		frame_source_deallocate(source, log->frames[--log->count]);
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct page_table *table = machine_frame_memory(mapper->root);
	uint64_t *path[5];
	struct log log = { NULL, 0, { NO_FRAME, NO_FRAME, NO_FRAME }, 0 };

	for (unsigned level = 4; level > 1; level--) {
		uint64_t *e = path[level] =
			&table->entries[page_table_index(page.start, level)];

		if (!pte_is_present(*e)) {
			struct frame f = frame_source_allocate(frames);

			if (frame_is_none(f)) {
				undo(&log, page, frames);
				return FRAME_ALLOCATION_FAILED;
			}
			memset(machine_frame_memory(f), 0, PAGE_SIZE);
			if (!log.entry) {
				log.entry = e;
				log.before = *e;
			}
			log.frames[log.count++] = f;
			*e = pte_make(f, PTE_PRESENT | PTE_WRITABLE);
		} else if (level != 4 && pte_is_huge(*e)) {
			return PARENT_ENTRY_HUGE_PAGE; /* nothing linked yet */
		}
		table = machine_frame_memory(pte_frame(*e));
	}
	path[1] = &table->entries[page_table_index(page.start, 1)];
	if (pte_is_present(*path[1]))
		return PAGE_ALREADY_MAPPED; /* likewise */
	if (flags & PTE_USER)
		for (unsigned level = 4; level > 1; level--)
			*path[level] |= PTE_USER;
	*path[1] = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct page_table *table = machine_frame_memory(mapper->root);
	unsigned level = 4;

	while (1) {
		uint64_t *e =
			&table->entries[page_table_index(page.start, level)];

		if (!pte_is_present(*e))
			return PAGE_NOT_MAPPED;
		if (level == 1) {
			*frame = pte_frame(*e);
			*e = 0;
			break;
		}
		if (level < 4 && pte_is_huge(*e))
			return PARENT_ENTRY_HUGE_PAGE;
		table = machine_frame_memory(pte_frame(*e));
		level--;
	}
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct page_table *table = machine_frame_memory(mapper->root);
	unsigned level;

	for (level = 4; address_is_canonical(address) && level > 0; level--) {
		uint64_t e = table->entries[page_table_index(address, level)];
		uint64_t size = page_table_span(level);

		if (!pte_is_present(e))
			break;
		if (level == 1 || (level < 4 && pte_is_huge(e)))
			return (struct translation){
				true,
				(e & PTE_ADDRESS_MASK_4KIB & -size) |
					(address & (size - 1)),
				size
			};
		table = machine_frame_memory(pte_frame(e));
	}
	return (struct translation){ false, 0, 0 };
}
