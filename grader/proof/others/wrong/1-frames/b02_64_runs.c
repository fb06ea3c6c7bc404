// Design: table of free runs made by init
// Breaks: "none has a limit on how many frames or pieces of memory there are" (kernel/memory/frame_allocator.h): the table has 64 runs, and the rest is dropped; 64 areas with holes in them make up to 128
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct run {
	uint64_t first;		/* frame number */
	uint64_t count;
};

#define MAX_RUNS BOOT_INFO_AREAS

struct frame_allocator {
	uint64_t list;		/* frame number of the last returned frame, 0: none */
	uint32_t current, total;
	struct run runs[MAX_RUNS];
};
_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE, "fits");

static void add_run(struct frame_allocator *fa, uint64_t first, uint64_t end)
{
	if (first == 0)
		first = 1;
	if (first >= end || fa->total == MAX_RUNS)
		return;
	fa->runs[fa->total].first = first;
	fa->runs[fa->total].count = end - first;
	fa->total++;
}

static uint64_t number_up(uint64_t address)
{
	return address / PAGE_SIZE + (address % PAGE_SIZE != 0);
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *fa = memory;

	fa->list = 0;
	fa->current = 0;
	fa->total = 0;
	for (size_t i = 0; i < info->area_count; i++) {
		const struct memory_area *area = &info->areas[i];
		uint64_t first = number_up(area->range.start);
		uint64_t end = area->range.end / PAGE_SIZE;

		if (area->type != MEMORY_USABLE)
			continue;
		for (size_t k = 0; k < info->used_count; k++) {
			uint64_t used_first = info->used[k].start / PAGE_SIZE;
			uint64_t used_end = number_up(info->used[k].end);

			if (used_end <= first)
				continue;
			if (used_first >= end)
				break;
			add_run(fa, first, used_first);
			first = used_end;
		}
		add_run(fa, first, end);
	}
	return fa;
}

struct frame frame_allocate(struct frame_allocator *fa)
{
	uint64_t number;

	if (fa->list) {
		struct frame frame = { fa->list * PAGE_SIZE };
		uint64_t *link = machine_frame_memory(frame);
		fa->list = *link;
		return frame;
	}
	if (fa->current == fa->total)
		return NO_FRAME;
	number = fa->runs[fa->current].first++;
	if (--fa->runs[fa->current].count == 0)
		fa->current++;
	return (struct frame){ number * PAGE_SIZE };
}

void frame_deallocate(struct frame_allocator *fa, struct frame frame)
{
	uint64_t *link = machine_frame_memory(frame);

	*link = fa->list;
	fa->list = frame.start / PAGE_SIZE;
}
