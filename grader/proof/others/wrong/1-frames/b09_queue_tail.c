// Design: queue of returned frames, head and tail
// Breaks: "No other frame's memory is ever touched: not of one that somebody has" (kernel/memory/frame_allocator.h): when the queue runs empty its tail still points into the last frame, and the next to come back is linked there
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

struct node {
	struct node *next;
	struct frame self;
};

struct frame_allocator {
	struct node *first, *last;
	const struct boot_info *info;
	size_t i, j;
	uint64_t position;
};

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *q = memory;

	q->first = NULL;
	q->last = NULL;
	q->info = info;
	q->i = 0;
	q->j = 0;
	q->position = PAGE_SIZE;
	return q;
}

static bool settle(struct frame_allocator *q)
{
	const struct boot_info *info = q->info;

again:
	if (q->i >= info->area_count)
		return false;
	const struct memory_area *m = &info->areas[q->i];
	if (m->type != MEMORY_USABLE || m->range.end <= q->position ||
	    m->range.end - q->position < PAGE_SIZE) {
		q->i++;
		goto again;
	}
	if (m->range.start > q->position) {
		q->position = page_boundary_above(m->range.start);
		if (q->position == 0) {
			q->i = info->area_count;
			return false;
		}
		goto again;
	}
	if (q->j < info->used_count) {
		const struct physical_range *u = &info->used[q->j];
		if (u->end <= q->position) {
			q->j++;
			goto again;
		}
		if (frame_containing(u->start).start <= q->position) {
			q->position = page_boundary_above(u->end);
			if (q->position == 0) {
				q->i = info->area_count;
				return false;
			}
			goto again;
		}
	}
	return true;
}

struct frame frame_allocate(struct frame_allocator *q)
{
	struct frame result;

	if (settle(q)) {
		result.start = q->position;
		q->position += PAGE_SIZE;
		return result;
	}
	if (q->first == NULL)
		return NO_FRAME;
	struct node *node = q->first;
	q->first = node->next;
	return node->self;
}

void frame_deallocate(struct frame_allocator *q, struct frame frame)
{
	struct node *node = machine_frame_memory(frame);

	node->next = NULL;
	node->self = frame;
	if (q->last)
		q->last->next = node;
	if (!q->first)
		q->first = node;
	q->last = node;
}
