/*
 * All owners together hold one weak reference, so that the block has one last
 * holder, whichever of the two counts reaches 0 last (the design of Rust's Arc).
 *
 * Memory orders (C17 7.17.3): an increment needs none, because whoever makes it
 * already holds the block.  A decrement releases, so that what an owner did to the
 * value is visible to whoever frees it, who acquires.
 */
#include "collections/arc.h"

#include <stdbool.h>
#include <stdint.h>

#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

#define ARC_MOST_REFERENCES (SIZE_MAX / 2)

static size_t arc_offset(struct layout value)
{
	return align_up(sizeof(struct arc), value.align);
}

static struct layout arc_block_layout(struct layout value)
{
	return (struct layout){
		arc_offset(value) + value.size,
		value.align > _Alignof(struct arc) ? value.align :
						     _Alignof(struct arc),
	};
}

struct arc *arc_core_new(const void *value, struct layout layout)
{
	char *block;
	struct arc *arc;

	layout_check(layout);
	if (layout.align > SIZE_MAX / 2 ||
	    layout.size > SIZE_MAX - arc_offset(layout))
		return NULL;
	block = alloc(arc_block_layout(layout));
	if (!block)
		return NULL;
	arc = arc_of(block + arc_offset(layout));
	atomic_init(&arc->strong, 1);
	atomic_init(&arc->weak, 1);
	arc->value = layout;
	if (value)
		memcpy(arc_value(arc), value, layout.size);
	return arc;
}

static void arc_count_one_more(_Atomic size_t *count)
{
	size_t before = atomic_fetch_add_explicit(count, 1,
						  memory_order_relaxed);

	require(before && before < ARC_MOST_REFERENCES,
		"a reference to a value that has %zu", before);
}

/* True if that was the last. */
static bool arc_count_one_less(_Atomic size_t *count)
{
	size_t before = atomic_fetch_sub_explicit(count, 1,
						  memory_order_release);

	require(before, "release of a reference that does not exist");
	if (before > 1)
		return false;
	atomic_thread_fence(memory_order_acquire);
	return true;
}

struct arc *arc_core_retain(struct arc *arc)
{
	arc_count_one_more(&arc->strong);
	return arc;
}

void arc_core_release(struct arc *arc)
{
	if (arc_count_one_less(&arc->strong))
		arc_core_release_weak(arc);
}

struct arc *arc_core_downgrade(struct arc *arc)
{
	arc_count_one_more(&arc->weak);
	return arc;
}

/* From 0 owners there is no way back: another processor may be freeing it. */
struct arc *arc_core_upgrade(struct arc *arc)
{
	size_t owners = atomic_load_explicit(&arc->strong,
					     memory_order_relaxed);

	do {
		if (owners == 0)
			return NULL;
		require(owners < ARC_MOST_REFERENCES,
			"a reference to a value that has %zu", owners);
	} while (!atomic_compare_exchange_weak_explicit(&arc->strong, &owners,
							owners + 1,
							memory_order_acquire,
							memory_order_relaxed));
	return arc;
}

void arc_core_release_weak(struct arc *arc)
{
	struct layout value = arc->value;

	if (arc_count_one_less(&arc->weak))
		dealloc((char *)arc_value(arc) - arc_offset(value),
			arc_block_layout(value));
}
