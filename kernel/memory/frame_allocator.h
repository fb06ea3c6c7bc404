/*
 * The frame allocator: hands out the machine's free frames, as the boot
 * loader's memory map tells them.  Lab 1 writes it; the kernel's start-up hands
 * it, as a frame source, to everything that maps.
 */
#ifndef MEMORY_FRAME_ALLOCATOR_H
#define MEMORY_FRAME_ALLOCATOR_H

#include <stddef.h>

#include "boot_info.h"
#include "memory/frame_source.h"

struct frame_allocator {
	struct frame_source source; /* first, so that one pointer serves */
	const struct boot_info *info;
	size_t area; /* index of the usable area that next lies in */
	struct frame next; /* the first frame never looked at */
	struct frame given_back; /* head of the list of returned frames */
};

/*
 * Begin to hand out every whole frame of info's usable areas that touches no
 * used range, and not frame 0.  info stays the caller's and must outlive the
 * allocator.
 */
void frame_allocator_init(struct frame_allocator *frames,
			  const struct boot_info *info);

/*
 * A frame that nobody has; its contents are undefined.  NO_FRAME when none is
 * left.  Constant time but for the used ranges it steps over.
 */
struct frame frame_allocate(struct frame_allocator *frames);

/* Take back a frame that frame_allocate returned.  Constant time. */
void frame_deallocate(struct frame_allocator *frames, struct frame frame);

#endif
