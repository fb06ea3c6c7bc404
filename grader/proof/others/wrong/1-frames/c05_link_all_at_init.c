// Design: xv6: init links every free frame into the list
// Breaks: "nor of one that nobody has had yet, for it may not be mapped" and "Takes time for areas and used ranges, but not for frames" (kernel/memory/frame_allocator.h)
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct frame_allocator {
	struct run { struct run *next; uint64_t frame; } *freelist;
};

void frame_deallocate(struct frame_allocator *kmem, struct frame frame)
{
	struct run *r = machine_frame_memory(frame);
	r->frame = frame.start;
	r->next = kmem->freelist;
	kmem->freelist = r;
}

struct frame frame_allocate(struct frame_allocator *kmem)
{
	struct run *r = kmem->freelist;
	if (!r)
		return NO_FRAME;
	kmem->freelist = r->next;
	return (struct frame){ r->frame };
}

static void freerange(struct frame_allocator *kmem, const struct boot_info *info,
		      uint64_t pa, uint64_t end)
{
	for (; pa < end && end - pa >= PAGE_SIZE; pa += PAGE_SIZE) {
		bool clear = pa != 0;
		for (size_t i = 0; i < info->used_count; i++)
			if (info->used[i].start < pa + PAGE_SIZE && info->used[i].end > pa)
				clear = false;
		if (clear)
			frame_deallocate(kmem, (struct frame){ pa });
	}
}

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *kmem = memory;
	kmem->freelist = NULL;
	for (size_t i = 0; i < info->area_count; i++)
		if (info->areas[i].type == MEMORY_USABLE &&
		    page_boundary_above(info->areas[i].range.start) >= info->areas[i].range.start)
			freerange(kmem, info, page_boundary_above(info->areas[i].range.start),
				  info->areas[i].range.end);
	return kmem;
}
