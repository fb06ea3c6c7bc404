// Design: the path as a stack of (table, index) that is pushed and popped
#include "memory/mapper.h"

#include "lib/string.h"
#include "machine.h"

struct step {
	struct page_table *table;
	unsigned index;
};

struct path {
	struct step steps[PAGE_TABLE_LEVELS];
	unsigned height;
};

static uint64_t *top(struct path *path)
{
	struct step *s = &path->steps[path->height - 1];

	return &s->table->entries[s->index];
}

static void push(struct path *path, struct frame table, uint64_t address)
{
	unsigned level = PAGE_TABLE_LEVELS - path->height;

	path->steps[path->height].table = machine_frame_memory(table);
	path->steps[path->height].index = page_table_index(address, level);
	path->height++;
}

static bool is_leaf(struct path *path)
{
	if (path->height == PAGE_TABLE_LEVELS)
		return true;
	return path->height > 1 && pte_is_huge(*top(path));
}

static void follow(struct path *path, const struct mapper *mapper,
		   uint64_t address)
{
	path->height = 0;
	push(path, mapper->root, address);
	while (pte_is_present(*top(path)) && !is_leaf(path))
		push(path, pte_frame(*top(path)), address);
}

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct path path;
	struct frame fresh[PAGE_TABLE_LEVELS];
	unsigned known;
	uint64_t value;

	follow(&path, mapper, page.start);
	if (pte_is_present(*top(&path)))
		return path.height == PAGE_TABLE_LEVELS ? PAGE_ALREADY_MAPPED :
							  PARENT_ENTRY_HUGE_PAGE;
	known = path.height;
	while (path.height < PAGE_TABLE_LEVELS) {
		struct frame f = frame_source_allocate(frames);

		if (frame_is_none(f)) {
			while (path.height-- > known)
				frame_source_deallocate(frames,
							fresh[path.height]);
			return FRAME_ALLOCATION_FAILED;
		}
		memset(machine_frame_memory(f), 0, PAGE_SIZE);
		fresh[path.height] = f;
		push(&path, f, page.start);
	}
	value = pte_make(frame, flags | PTE_PRESENT);
	for (;;) {
		*top(&path) = value;
		if (path.height <= known)
			break;
		path.height--;
		value = pte_make(fresh[path.height],
				 PTE_PRESENT | PTE_WRITABLE | (flags & PTE_USER));
	}
	while (--path.height > 0)
		if (flags & PTE_USER)
			*top(&path) |= PTE_USER;
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	struct path path;

	follow(&path, mapper, page.start);
	if (!pte_is_present(*top(&path)))
		return PAGE_NOT_MAPPED;
	if (path.height < PAGE_TABLE_LEVELS)
		return PARENT_ENTRY_HUGE_PAGE;
	*frame = pte_frame(*top(&path));
	*top(&path) = 0;
	machine_flush_page(page);
	return MAP_OK;
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	struct translation result = { 0 };
	struct path path;
	uint64_t offset;

	if (!address_is_canonical(address))
		return result;
	follow(&path, mapper, address);
	if (!pte_is_present(*top(&path)))
		return result;
	result.mapped = true;
	result.page_size = page_table_span(PAGE_TABLE_LEVELS + 1 - path.height);
	offset = address & (result.page_size - 1);
	result.address = pte_frame(*top(&path)).start;
	result.address -= result.address & (result.page_size - 1);
	result.address += offset;
	return result;
}
