// Design: 64-bit bitmap of the next 64 frames
// Breaks: "every frame of which all bytes lie in usable areas and none lies in a used range, but for frame 0" (kernel/memory/frame_allocator.h): 1 << 64 is 1 on this processor (and undefined), so that a window that is wholly free counts as empty
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

/* Everything in frame numbers. */
struct frame_allocator {
	const struct boot_info *info;
	uint64_t base;		/* the frame of bit 0 */
	uint64_t bits;		/* free frames of the window */
	uint64_t resume;	/* frames below it were in some window */
	uint64_t returned;
};

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *w = memory;
	w->info = info;
	w->base = w->bits = w->returned = 0;
	w->resume = 1;
	return w;
}

/* Ones for the frames [first, end) in the window from base. */
static uint64_t mask(uint64_t base, uint64_t first, uint64_t end)
{
	uint64_t low = first > base ? first - base : 0;
	uint64_t high = end > base ? end - base : 0;
	uint64_t ones;

	if (high > 64)
		high = 64;
	if (low >= high)
		return 0;
	ones = (1ull << (high - low)) - 1;
	return ones << low;
}

static uint64_t up(uint64_t a)
{
	return (a >> 12) + !!(a & 4095);
}

/* The next place at or above n where something may be free; UINT64_MAX: none. */
static uint64_t skip(const struct boot_info *info, uint64_t n)
{
	size_t u = 0;

	for (size_t a = 0; a < info->area_count; a++) {
		const struct physical_range *r = &info->areas[a].range;

		if (info->areas[a].type != MEMORY_USABLE)
			continue;
		if (n < up(r->start))
			n = up(r->start);
		for (; u < info->used_count && info->used[u].start >> 12 <= n; u++)
			if (up(info->used[u].end) > n)
				n = up(info->used[u].end);
		if (n < r->end >> 12)
			return n;
	}
	return UINT64_MAX;
}

static void refill(struct frame_allocator *w)
{
	const struct boot_info *info = w->info;

	w->base = skip(info, w->resume);
	if (w->base == UINT64_MAX) {
		w->resume = 1ull << 52;
		return;
	}
	for (size_t a = 0; a < info->area_count; a++)
		if (info->areas[a].type == MEMORY_USABLE)
			w->bits |= mask(w->base, up(info->areas[a].range.start),
					info->areas[a].range.end >> 12);
	for (size_t u = 0; u < info->used_count; u++)
		w->bits &= ~mask(w->base, info->used[u].start >> 12,
				 up(info->used[u].end));
	w->resume = w->base + 64;
}

struct frame frame_allocate(struct frame_allocator *w)
{
	if (w->returned) {
		struct frame f = { w->returned };
		w->returned = *(uint64_t *)machine_frame_memory(f);
		return f;
	}
	if (!w->bits)
		refill(w);
	if (!w->bits)
		return NO_FRAME;
	uint64_t n = w->base + (uint64_t)__builtin_ctzll(w->bits);
	w->bits &= w->bits - 1;
	return (struct frame){ n << 12 };
}

void frame_deallocate(struct frame_allocator *w, struct frame frame)
{
	*(uint64_t *)machine_frame_memory(frame) = w->returned;
	w->returned = frame.start;
}
