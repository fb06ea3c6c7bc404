// Design: stretches in a table, 16 lists of returned frames with a bit for each that is not empty
// Breaks: "it can be had again" (kernel/memory/frame_allocator.h, frame_deallocate): the bit is cleared with the first frame that is taken, although the list holds more; seen when no other of that list comes back
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

#define LISTS 16

struct link { struct link *next, *prev; };
struct stretch { uint64_t at, stop; };

struct frame_allocator {
	struct link list[LISTS];
	unsigned short filled;
	struct stretch *now, *end;
	struct stretch all[128];
};
_Static_assert(sizeof(struct frame_allocator) <= FRAME_ALLOCATOR_SIZE, "");

/* where a frame's address is kept: behind its link */
struct returned { struct link link; struct frame frame; };

struct frame_allocator *frame_allocator_init(void *memory, const struct boot_info *info)
{
	struct frame_allocator *x = memory;
	size_t u = 0;

	for (int i = 0; i < LISTS; i++)
		x->list[i].next = x->list[i].prev = &x->list[i];
	x->filled = 0;
	x->now = x->end = x->all;
	for (size_t i = 0; i < info->area_count; i++) {
		if (info->areas[i].type != MEMORY_USABLE)
			continue;
		/* [at, stop) in frames */
		uint64_t at = (info->areas[i].range.start >> 12) +
			      ((info->areas[i].range.start & 4095) != 0);
		uint64_t stop = info->areas[i].range.end >> 12;
		at += at == 0;
		while (u < info->used_count && info->used[u].end >> 12 < at)
			u++;
		for (size_t k = u; at < stop; k++) {
			uint64_t piece_end = stop;
			uint64_t then = stop;
			if (k < info->used_count) {
				uint64_t s = info->used[k].start >> 12;
				if (s < stop) {
					piece_end = s;
					then = (info->used[k].end + 4095 < 4095) ?
						       stop : (info->used[k].end + 4095) >> 12;
				}
			}
			if (at < piece_end)
				*x->end++ = (struct stretch){ at << 12, piece_end << 12 };
			if (then > at)
				at = then;
		}
	}
	return x;
}

struct frame frame_allocate(struct frame_allocator *x)
{
	if (x->filled) {
		struct link *l = x->list[__builtin_ctz(x->filled)].next;
		struct frame f = ((struct returned *)l)->frame;
		l->prev->next = l->next;
		l->next->prev = l->prev;
		x->filled &= (unsigned short)(x->filled - 1);
		return f;
	}
	if (x->now == x->end)
		return NO_FRAME;
	struct frame f = { x->now->at };
	x->now->at += PAGE_SIZE;
	if (x->now->at == x->now->stop)
		x->now++;
	return f;
}

void frame_deallocate(struct frame_allocator *x, struct frame frame)
{
	unsigned n = (frame.start >> 12) % LISTS;
	struct returned *r = machine_frame_memory(frame);
	r->frame = frame;
	r->link.next = x->list[n].next;
	r->link.prev = &x->list[n];
	r->link.next->prev = &r->link;
	x->list[n].next = &r->link;
	x->filled |= (unsigned short)(1u << n);
}
