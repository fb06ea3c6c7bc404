// Design: state machine with debug text
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range, but for frame 0" (kernel/memory/frame_allocator.h): memory with the ACPI tables in it is handed out as if it was usable
// Shown: yes
#include "memory/frame_allocator.h"
#include "lib/console.h"
#include "machine.h"

enum state { ENTER_AREA, CHECK_END, CHECK_USED, LEAVE_AREA, FOUND, FINISHED };

struct frame_allocator {
	enum state state;
	const struct memory_area *area, *area_end;
	const struct physical_range *used, *used_end;
	uint64_t p;
	struct free_node { struct free_node *next; uint64_t me; } *free;
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *z = memory;

	z->state = ENTER_AREA;
	z->area = info->areas;
	z->area_end = info->areas + info->area_count;
	z->used = info->used;
	z->used_end = info->used + info->used_count;
	z->p = PAGE_SIZE;
	z->free = NULL;
	debug_printf("init: %zu areas, %zu used\n", info->area_count, info->used_count);
	return z;
}

static enum state step(struct frame_allocator *z)
{
	switch (z->state) {
	case ENTER_AREA:
		if (z->area == z->area_end)
			return FINISHED;
		/* The ACPI tables have been read, their memory may be reused. */
		if (z->area->type != MEMORY_USABLE &&
		    z->area->type != MEMORY_ACPI_RECLAIMABLE)
			return LEAVE_AREA;
		if (z->p < z->area->range.start) {
			z->p = page_boundary_above(z->area->range.start);
			if (!z->p)
				return FINISHED;
		}
		return CHECK_END;
	case CHECK_END:
		return z->p < z->area->range.end &&
				       z->area->range.end - z->p >= PAGE_SIZE ?
			       CHECK_USED : LEAVE_AREA;
	case CHECK_USED:
		for (; z->used != z->used_end; z->used++) {
			if (z->used->end <= z->p)
				continue;
			if (z->used->start > z->p && z->used->start - z->p >= PAGE_SIZE)
				return FOUND;
			z->p = page_boundary_above(z->used->end);
			debug_printf("used: go to %llx\n", (unsigned long long)z->p);
			return z->p ? CHECK_END : FINISHED;
		}
		return FOUND;
	case LEAVE_AREA:
		z->area++;
		return ENTER_AREA;
	case FOUND:
		z->p += PAGE_SIZE;
		return CHECK_END;
	case FINISHED:
		break;
	}
	return FINISHED;
}

struct frame frame_allocate(struct frame_allocator *z)
{
	if (z->free) {
		struct free_node *n = z->free;
		z->free = n->next;
		debug_printf("again %llx\n", (unsigned long long)n->me);
		return (struct frame){ n->me };
	}
	do
		z->state = step(z);
	while (z->state != FOUND && z->state != FINISHED);
	debug_printf("allocate: state %d, at %llx\n", (int)z->state,
		     (unsigned long long)z->p);
	return z->state == FOUND ? (struct frame){ z->p } : NO_FRAME;
}

void frame_deallocate(struct frame_allocator *z, struct frame frame)
{
	struct free_node *n = machine_frame_memory(frame);

	debug_printf("back %llx\n", (unsigned long long)frame.start);
	*n = (struct free_node){ z->free, frame.start };
	z->free = n;
}
