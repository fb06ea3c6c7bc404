#include "test/allocator/history.h"

#include "test/allocator/model.h"
#include "test/line.h"
#include "test/test.h"

#define KEPT 8 /* calls */
#define MOST_BLOCKS 12 /* on a line */

static struct call {
	const char *name;
	struct layout layout;
	const void *old; /* what it is given; NULL: nothing */
	size_t new_size; /* of alloc_resized */
	const void *result;
	bool has_result, returned;
} calls[KEPT];

static size_t made; /* calls since the heap began */

void history_show_heap(void)
{
	const uint8_t *end = model.heap + model.size, *at = model.heap;
	const struct model_block *block;
	struct line line = LINE_EMPTY;

	if (model.count > MOST_BLOCKS)
		return;
	while ((block = model_first_from(at))) {
		if (block->memory > at)
			line_add(&line, "%zu free, ", block->memory - at);
		line_add(&line, "%zu used, ", block->layout.size);
		at = block->memory + block->layout.size;
	}
	if (at < end)
		line_add(&line, "%zu free", end - at);
	test_show("the heap: %s", line.text);
}

static void add_result(struct line *line, const struct call *call)
{
	if (!call->returned)
		line_add(line, ", which has not returned");
	else if (!call->result)
		line_add(line, ": NULL");
	else
		line_add(line, ": %p", call->result);
}

static void show_call(size_t number)
{
	const struct call *call = &calls[number % KEPT];
	struct line line = LINE_EMPTY;

	line_add(&line, "%zu. %s of %zu bytes, align %zu", number + 1,
		 call->name, call->layout.size, call->layout.align);
	if (call->old)
		line_add(&line, ", at %p", call->old);
	if (call->old && call->has_result)
		line_add(&line, ", to %s", line_size(call->new_size).text);
	if (call->has_result)
		add_result(&line, call);
	test_show("%s", line.text);
}

static void show_history(void)
{
	if (made == 0)
		return;
	test_show("the calls, on a fresh heap of %zu bytes at %p%s", model.size,
		  (void *)model.heap, made > KEPT ? ", the last of them:" : ":");
	for (size_t i = made > KEPT ? made - KEPT : 0; i < made; i++)
		show_call(i);
	history_show_heap();
}

static struct call *next_call(void)
{
	return &calls[made++ % KEPT];
}

void history_begin(void)
{
	made = 0;
	test_explain_with(show_history);
}

void history_alloc(struct layout layout)
{
	*next_call() = (struct call){ .name = "alloc",
				      .layout = layout,
				      .has_result = true };
}

void history_resized(const void *memory, struct layout layout, size_t new_size)
{
	*next_call() = (struct call){ .name = "alloc_resized",
				      .layout = layout,
				      .old = memory,
				      .new_size = new_size,
				      .has_result = true };
}

void history_returned(const void *memory)
{
	struct call *call = &calls[(made - 1) % KEPT];

	call->result = memory;
	call->returned = true;
}

void history_dealloc(const void *memory, struct layout layout)
{
	*next_call() = (struct call){ .name = "dealloc",
				      .layout = layout,
				      .old = memory };
}
