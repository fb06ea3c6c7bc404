// Design: words and macros, link at the frame's end
// Breaks: "its memory is the allocator's ... No other frame's memory is ever touched" (kernel/memory/frame_allocator.h): the link is the 513th word: the first of the frame above
// Shown: yes
#include "memory/frame_allocator.h"
#include "machine.h"

#define WORDS(f) ((uint64_t *)(void *)(f))
#define INFO(f) ((const struct boot_info *)(uintptr_t)WORDS(f)[0])
#define AREA(f) (WORDS(f)[1])
#define USED(f) (WORDS(f)[2])
#define NEXT(f) (WORDS(f)[3])
#define HEAD(f) (WORDS(f)[4])
#define LINK(frame) (((uint64_t *)machine_frame_memory(frame))[PAGE_SIZE / sizeof(uint64_t)])
#define NONE UINT64_MAX
#define DOWN(x) ((x) / 4096)
#define UP(x) (DOWN((x) - 1) + 1) /* x > 0 */

struct frame_allocator *frame_allocator_init(void *m, const struct boot_info *info)
{
	WORDS(m)[0] = (uintptr_t)info;
	AREA(m) = USED(m) = 0;
	NEXT(m) = 1;
	HEAD(m) = NONE;
	return m;
}

struct frame frame_allocate(struct frame_allocator *f)
{
	if (HEAD(f) != NONE) {
		struct frame r = { HEAD(f) };
		HEAD(f) = ~LINK(r);
		return r;
	}
#define A (INFO(f)->areas[AREA(f)])
#define U (INFO(f)->used[USED(f)])
	while (AREA(f) < INFO(f)->area_count) {
		if (A.type == MEMORY_USABLE && A.range.start && NEXT(f) < UP(A.range.start))
			NEXT(f) = UP(A.range.start);
		if (A.type != MEMORY_USABLE || NEXT(f) >= DOWN(A.range.end))
			AREA(f)++;
		else if (USED(f) < INFO(f)->used_count && UP(U.end) <= NEXT(f))
			USED(f)++;
		else if (USED(f) < INFO(f)->used_count && DOWN(U.start) <= NEXT(f))
			NEXT(f) = UP(U.end);
		else
			return (struct frame){ NEXT(f)++ * 4096 };
	}
	return NO_FRAME;
}

void frame_deallocate(struct frame_allocator *f, struct frame frame)
{
	LINK(frame) = ~HEAD(f);
	HEAD(f) = frame.start;
}
