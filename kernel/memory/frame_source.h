/*
 * Where frames come from: code that needs frames takes a frame source from its
 * caller and never asks what is behind it.  In the kernel that is the frame
 * allocator of lab 1; in a test it is a source that keeps track of every
 * frame and can be made to run out.
 */
#ifndef MEMORY_FRAME_SOURCE_H
#define MEMORY_FRAME_SOURCE_H

#include "memory/page.h"

struct frame_source {
	/* One free frame, contents undefined; NO_FRAME when none is left. */
	struct frame (*allocate)(struct frame_source *source);
	/* Takes back a frame that this source gave out, exactly once. */
	void (*deallocate)(struct frame_source *source, struct frame frame);
};

static inline struct frame frame_source_allocate(struct frame_source *source)
{
	return source->allocate(source);
}

static inline void frame_source_deallocate(struct frame_source *source,
					   struct frame frame)
{
	source->deallocate(source, frame);
}

#endif
