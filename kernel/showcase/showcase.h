/*
 * What the kernel shows when it runs no tests: each show for the words
 * `cairn show=NAME` on the command line, the heap's without them.
 */
#ifndef SHOWCASE_SHOWCASE_H
#define SHOWCASE_SHOWCASE_H

#include "boot_info.h"
#include "memory/frame_source.h"
#include "memory/mapper.h"

/*
 * Run the show that the command line asks for.  Panics when there is none of that
 * name, or a word that means nothing, and says which shows there are.  A kernel that is
 * graded is linked without it.
 */
__attribute__((weak)) void showcase_run(const char *arguments,
					const struct boot_info *info);

/* What a show works on: the tables in use, and the machine's free frames. */
struct stage {
	struct mapper mapper;
	struct frame_source *frames;
	const struct boot_info *info;
};

/* Map the heap region and hand it to the allocator. */
void stage_heap(const struct stage *stage);

/* heap.c: box, vector and reference count, as in the post on heap allocation. */
void show_heap(const struct stage *stage);

/* paging.c: what addresses mean, and a new page, as in the post on paging. */
void show_translate(const struct stage *stage);
void show_new(const struct stage *stage);

/* collections.c: what becomes available with a heap. */
void show_collections(const struct stage *stage);

/* race.c: lost additions, as they come where two processors run at the same time. */
void show_race(const struct stage *stage);

#endif
