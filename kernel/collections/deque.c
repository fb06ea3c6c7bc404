#include "collections/deque.h"

#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"

#define DEQUE_FIRST_CAPACITY 4
_Static_assert((DEQUE_FIRST_CAPACITY & (DEQUE_FIRST_CAPACITY - 1)) == 0,
	       "slots are counted modulo a power of two");

static void *slot(const struct deque_core *deque, size_t number)
{
	return (char *)deque->items +
	       (number & (deque->capacity - 1)) * deque->layout.size;
}

static struct layout block_layout(const struct deque_core *deque)
{
	return (struct layout){ deque->capacity * deque->layout.size,
				deque->layout.align };
}

/* Copy the items, in order, to the beginning of a block twice as large. */
static bool grown(struct deque_core *deque, struct deque_core *larger)
{
	size_t size = deque->layout.size, bytes;
	size_t until_wrap = deque->capacity - deque->first;

	*larger = *deque;
	larger->first = 0;
	larger->capacity = deque->capacity ? 2 * deque->capacity :
					     DEQUE_FIRST_CAPACITY;
	if (deque->capacity > SIZE_MAX / 2 ||
	    __builtin_mul_overflow(larger->capacity, size, &bytes))
		return false;
	larger->items = alloc(block_layout(larger));
	if (!larger->items)
		return false;
	if (deque->length) { /* all of the slots: it was full */
		memcpy(larger->items, slot(deque, deque->first),
		       until_wrap * size);
		memcpy(slot(larger, until_wrap), deque->items,
		       deque->first * size);
	}
	return true;
}

/*
 * Put the item into a slot next to the others.  The old block is freed only
 * then, because the item may lie in it.
 */
static bool push(struct deque_core *deque, const void *item, bool in_front)
{
	struct deque_core old = *deque;
	bool full = deque->length == deque->capacity;
	struct deque_core larger;

	if (full) {
		if (!grown(deque, &larger))
			return false;
		*deque = larger;
	}
	if (in_front)
		deque->first = (deque->first - 1) & (deque->capacity - 1);
	deque->length++;
	memcpy(slot(deque, in_front ? deque->first :
				      deque->first + deque->length - 1),
	       item, deque->layout.size);
	if (full)
		deque_core_free(&old);
	return true;
}

bool deque_core_push_front(struct deque_core *deque, const void *item)
{
	return push(deque, item, true);
}

bool deque_core_push_back(struct deque_core *deque, const void *item)
{
	return push(deque, item, false);
}

bool deque_core_pop_front(struct deque_core *deque, void *item)
{
	if (deque->length == 0)
		return false;
	if (item)
		memcpy(item, slot(deque, deque->first), deque->layout.size);
	deque->first = (deque->first + 1) & (deque->capacity - 1);
	deque->length--;
	return true;
}

bool deque_core_pop_back(struct deque_core *deque, void *item)
{
	if (deque->length == 0)
		return false;
	deque->length--;
	if (item)
		memcpy(item, slot(deque, deque->first + deque->length),
		       deque->layout.size);
	return true;
}

void *deque_core_item(const struct deque_core *deque, size_t index)
{
	require(index < deque->length, "item %zu of a deque of %zu", index,
		deque->length);
	return slot(deque, deque->first + index);
}

void deque_core_free(struct deque_core *deque)
{
	if (deque->items)
		dealloc(deque->items, block_layout(deque));
	deque->items = NULL;
	deque->first = 0;
	deque->length = 0;
	deque->capacity = 0;
}
