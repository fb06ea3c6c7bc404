#include "collections/binary_heap.h"

#include "lib/panic.h"

static size_t parent_of(size_t index)
{
	return (index - 1) / 2;
}

static bool is_less(const struct binary_heap_core *heap, size_t one,
		    size_t other)
{
	return heap->less(vec_core_item(&heap->items, one),
			  vec_core_item(&heap->items, other));
}

/* Byte by byte, so that no item needs room elsewhere. */
static void swap(struct binary_heap_core *heap, size_t one, size_t other)
{
	char *first = vec_core_item(&heap->items, one);
	char *second = vec_core_item(&heap->items, other);

	for (size_t i = 0; i < heap->items.layout.size; i++) {
		char byte = first[i];

		first[i] = second[i];
		second[i] = byte;
	}
}

static void sift_up(struct binary_heap_core *heap, size_t index)
{
	while (index > 0 && is_less(heap, parent_of(index), index)) {
		swap(heap, index, parent_of(index));
		index = parent_of(index);
	}
}

static void sift_down(struct binary_heap_core *heap, size_t index)
{
	size_t length = heap->items.length;

	for (;;) {
		size_t greatest = index;

		for (size_t child = 2 * index + 1;
		     child <= 2 * index + 2 && child < length; child++)
			if (is_less(heap, greatest, child))
				greatest = child;
		if (greatest == index)
			return;
		swap(heap, index, greatest);
		index = greatest;
	}
}

bool binary_heap_core_push(struct binary_heap_core *heap, const void *item)
{
	if (!vec_core_push(&heap->items, item))
		return false;
	sift_up(heap, heap->items.length - 1);
	return true;
}

bool binary_heap_core_pop(struct binary_heap_core *heap, void *item)
{
	if (heap->items.length == 0)
		return false;
	swap(heap, 0, heap->items.length - 1);
	vec_core_pop(&heap->items, item);
	sift_down(heap, 0);
	return true;
}

void binary_heap_core_check(const struct binary_heap_core *heap)
{
	for (size_t i = 1; i < heap->items.length; i++)
		require(!is_less(heap, parent_of(i), i),
			"item %zu of the heap is greater than its parent", i);
}
