/*
 * The frame allocator.  What each function has to do is said in
 * memory/frame_allocator.h, what the memory map promises in boot_info.h.
 */
#include "memory/frame_allocator.h"

#include "lab.h"
#include "machine.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	/* Lab 1, task 1: your code here. */
	(void)memory;
	(void)info;
	lab_unfinished("lab 1, task 1: frame_allocator_init");
	/* End of your code. */
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	/* Lab 1, task 1: your code here. */
	(void)frames;
	lab_unfinished("lab 1, task 1: frame_allocate");
	/* End of your code. */
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	/* Lab 1, task 3: your code here. */
	(void)frames;
	(void)frame;
	lab_unfinished("lab 1, task 3: frame_deallocate");
	/* End of your code. */
}
