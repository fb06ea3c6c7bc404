// Design: chunked stack in returned frames
// Breaks: "it can be had again" (kernel/memory/frame_allocator.h, frame_deallocate): when a chunk is used up, the one below counts as empty: its 511 frames are lost
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

#define PER_CHUNK 511

struct chunk {
	uint64_t below;			/* the chunk under this one, 0: none */
	uint64_t entry[PER_CHUNK];
};
_Static_assert(sizeof(struct chunk) == PAGE_SIZE, "a chunk is a frame");

struct frame_allocator {
	const struct boot_info *info;
	uint64_t chunk;			/* the top chunk's own frame, 0: none */
	unsigned filled;		/* entries in the top chunk */
	unsigned a, u;
	uint64_t at;
};

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *s = memory;

	s->info = info;
	s->chunk = 0;
	s->filled = 0;
	s->a = s->u = 0;
	s->at = 0;
	return s;
}

static bool whole(const struct physical_range *r, uint64_t at)
{
	return at >= r->start && at < r->end && r->end - at >= PAGE_SIZE;
}

static struct frame fresh(struct frame_allocator *s)
{
	const struct boot_info *i = s->info;

	while (s->a < i->area_count) {
		const struct physical_range *r = &i->areas[s->a].range;
		uint64_t lowest = page_boundary_above(r->start);

		if (lowest == 0)
			lowest = r->start ? r->end : PAGE_SIZE;
		if (s->at < lowest)
			s->at = lowest;
		if (i->areas[s->a].type != MEMORY_USABLE || !whole(r, s->at)) {
			s->a++;
		} else if (s->u < i->used_count && i->used[s->u].end <= s->at) {
			s->u++;
		} else if (s->u < i->used_count &&
			   i->used[s->u].start <= s->at + (PAGE_SIZE - 1)) {
			uint64_t behind = page_boundary_above(i->used[s->u].end);
			s->at = behind ? behind : UINT64_MAX;
		} else {
			s->at += PAGE_SIZE;
			return (struct frame){ s->at - PAGE_SIZE };
		}
	}
	return NO_FRAME;
}

struct frame frame_allocate(struct frame_allocator *s)
{
	struct chunk *top;
	uint64_t own;

	if (!s->chunk)
		return fresh(s);
	top = machine_frame_memory((struct frame){ s->chunk });
	if (s->filled > 0)
		return (struct frame){ top->entry[--s->filled] };
	/* An empty chunk is a free frame itself. */
	own = s->chunk;
	s->chunk = top->below;
	s->filled = 0;
	return (struct frame){ own };
}

void frame_deallocate(struct frame_allocator *s, struct frame frame)
{
	if (s->chunk && s->filled < PER_CHUNK) {
		struct chunk *top = machine_frame_memory((struct frame){ s->chunk });
		top->entry[s->filled++] = frame.start;
	} else {
		struct chunk *fresh_chunk = machine_frame_memory(frame);
		fresh_chunk->below = s->chunk;
		s->chunk = frame.start;
		s->filled = 0;
	}
}
