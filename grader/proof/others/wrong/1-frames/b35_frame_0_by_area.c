// Design: extents, in turn
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range, but for frame 0" (kernel/memory/frame_allocator.h): an area that begins at 0 is moved up by a page before it is rounded; one that begins within frame 0 loses frame 1
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct extent {
	uint64_t low, high;	/* addresses; both multiples of 4096 */
};

struct frame_allocator {
	uint64_t back;
	unsigned n, turn;
	struct extent e[BOOT_INFO_AREAS + BOOT_INFO_USED_RANGES];
};

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *t = memory;
	const uint64_t low_bits = PAGE_SIZE - 1;

	t->back = 0;
	t->n = t->turn = 0;
	for (size_t i = 0; i < info->area_count; i++) {
		uint64_t low = info->areas[i].range.start;
		uint64_t high = info->areas[i].range.end & ~low_bits;

		if (info->areas[i].type != MEMORY_USABLE)
			continue;
		if (low < PAGE_SIZE)
			low += PAGE_SIZE;
		if (low > high)
			continue;
		low = page_boundary_above(low);
		/* used ranges from the highest, cutting pieces off at the top */
		for (size_t k = info->used_count; k-- > 0 && low < high;) {
			uint64_t us = info->used[k].start & ~low_bits;
			uint64_t ue = info->used[k].end;
			if (us >= high)
				continue;
			if (ue <= low)
				break;
			if (ue <= high) {
				ue = page_boundary_above(ue);
				if (ue < high)
					t->e[t->n++] = (struct extent){ ue, high };
			}
			high = us;
		}
		if (low < high)
			t->e[t->n++] = (struct extent){ low, high };
	}
	return t;
}

struct frame frame_allocate(struct frame_allocator *t)
{
	struct frame f;

	if (t->back) {
		f.start = t->back;
		t->back = *(uint64_t *)machine_frame_memory(f);
		return f;
	}
	if (t->n == 0)
		return NO_FRAME;
	t->turn++;
	struct extent *e = &t->e[(t->turn >> 1) % t->n];
	if (t->turn & 1) {
		f.start = e->low;
		e->low += PAGE_SIZE;
	} else {
		e->high -= PAGE_SIZE;
		f.start = e->high;
	}
	if (e->low == e->high)
		*e = t->e[--t->n];
	return f;
}

void frame_deallocate(struct frame_allocator *t, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = t->back;
	t->back = frame.start;
}
