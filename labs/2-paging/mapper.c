/*
 * The page mapper.  What each function has to do is said in memory/mapper.h,
 * how entries look in memory/page_table.h.
 */
#include "memory/mapper.h"

#include "lab.h"
#include "lib/string.h"
#include "machine.h"

/* Your own types, variables and helpers: here. */

/* End of your own. */

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	/* Lab 2, task 1: your code here. */
	(void)mapper;
	(void)page;
	(void)frame;
	(void)flags;
	(void)frames;
	lab_unfinished("lab 2, task 1: map_to");
	/* End of your code. */
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	/* Lab 2, task 2: your code here. */
	(void)mapper;
	(void)address;
	lab_unfinished("lab 2, task 2: translate");
	/* End of your code. */
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	/* Lab 2, task 3: your code here. */
	(void)mapper;
	(void)page;
	(void)frame;
	lab_unfinished("lab 2, task 3: unmap");
	/* End of your code. */
}
