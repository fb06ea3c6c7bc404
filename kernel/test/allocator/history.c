#include "test/allocator/history.h"

#include "test/allocator/model.h"
#include "test/line.h"
#include "test/test.h"

#define KEPT 8 /* calls */
#define MOST_BLOCKS 12 /* on a line */

static struct call {
	struct layout layout;
	const void *memory;
	bool is_alloc;
	bool returned;
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

static void show_call(size_t number)
{
	const struct call *call = &calls[number % KEPT];
	size_t size = call->layout.size, align = call->layout.align;

	if (!call->is_alloc)
		test_show("%zu. dealloc of %zu bytes, align %zu, at %p",
			  number + 1, size, align, call->memory);
	else if (!call->returned)
		test_show("%zu. alloc of %zu bytes, align %zu, which has not returned",
			  number + 1, size, align);
	else if (!call->memory)
		test_show("%zu. alloc of %zu bytes, align %zu: NULL",
			  number + 1, size, align);
	else
		test_show("%zu. alloc of %zu bytes, align %zu: %p", number + 1,
			  size, align, call->memory);
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
	*next_call() = (struct call){ .layout = layout, .is_alloc = true };
}

void history_returned(const void *memory)
{
	struct call *call = &calls[(made - 1) % KEPT];

	call->memory = memory;
	call->returned = true;
}

void history_dealloc(const void *memory, struct layout layout)
{
	*next_call() = (struct call){ .layout = layout, .memory = memory };
}
