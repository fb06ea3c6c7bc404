// Design: challenge 1: all free blocks go to the fallback when it is empty
// Breaks: "which no other block in use overlaps" (allocator.h) -- the walk hands every block back, the heads of the lists still point at them
// Shown: yes
#include "memory/allocator.h"

#include <stdint.h>

#include "6-blocks/fallback.h"
#include "lab.h"

struct link {
	struct link *next;
};

#define CLASSES 9
static struct {
	struct link *head;
	size_t length;
} lists[CLASSES];

static struct layout class_layout(unsigned class)
{
	return (struct layout){ .size = (size_t)8 << class,
				.align = (size_t)8 << class };
}

static unsigned class_of(struct layout layout)
{
	unsigned class = 0;

	while (class < CLASSES && (class_layout(class).size < layout.size ||
				   class_layout(class).align < layout.align))
		class++;
	return class;
}

static size_t give_everything_back(void)
{
	size_t given = 0;

	for (unsigned class = CLASSES; class-- > 0;) {
		struct link *block = lists[class].head;
		for (size_t i = 0; i < lists[class].length; i++) {
			struct link *next = block->next;
			fallback_dealloc(block, class_layout(class));
			block = next;
			given++;
		}
	}
	return given;
}

static void *from_fallback(struct layout layout)
{
	void *block = fallback_alloc(layout);

	if (block == NULL && give_everything_back() > 0)
		block = fallback_alloc(layout);
	return block;
}

void allocator_init(void *start, size_t size)
{
	for (unsigned class = 0; class < CLASSES; class++) {
		lists[class].head = NULL;
		lists[class].length = 0;
	}
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	unsigned class = class_of(layout);
	if (class == CLASSES)
		return from_fallback(layout);
	if (lists[class].length == 0)
		return from_fallback(class_layout(class));
	struct link *block = lists[class].head;
	lists[class].head = block->next;
	lists[class].length--;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	unsigned class = class_of(layout);

	if (class == CLASSES) {
		fallback_dealloc(block, layout);
		return;
	}
	((struct link *)block)->next = lists[class].head;
	lists[class].head = block;
	lists[class].length++;
}
