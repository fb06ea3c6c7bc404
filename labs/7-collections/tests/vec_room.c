/*
 * Task 1: room.  reserve, item and free; the tests write the items themselves.
 */
#include "heap.h"
#include "lib/string.h"
#include "rules.h"
#include "test/line.h"
#include "tests.h"
#include "vector.h"

#define INT LAYOUT_OF(int)

static struct vector vector;

/* Fill the room that a reserve has made. */
static void fill(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		vector.items[vector.length + i] = test_random();
		memcpy((char *)vector.core.items +
			       (vector.length + i) * vector.core.layout.size,
		       vector_item_bytes(&vector,
					 vector.items[vector.length + i]),
		       vector.core.layout.size);
	}
	vector.length += count;
	vector.core.length = vector.length;
}

/* One item makes a vector with room for four. */
void first_room(void)
{
	heap_begin();
	vector_begin(&vector, INT);
	vector_reserve(&vector, 1);
	fill(1);
	vector_check(&vector);
	test_show("items at %p", vector.core.items);
}

/* 4, 8, 16 and so on, while items stay in order. */
void doubling(void)
{
	heap_begin();
	vector_begin(&vector, INT);
	for (int i = 0; i < 7; i++) {
		vector_reserve(&vector,
			       vector.core.capacity - vector.length + 1);
		fill(vector.core.capacity - vector.length);
		vector_check(&vector);
	}
	check_count(&rule_vec_growth, "capacity", 256, vector.core.capacity);
}

/* Room for many at once: exactly what is needed, or twice what there was. */
void large_steps(void)
{
	static const size_t steps[] = { 5, 1, 3, 100, 2, 200, 0 };

	heap_begin();
	vector_begin(&vector, (struct layout){ 12, 4 });
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		vector_reserve(&vector, steps[i]);
		fill(steps[i]);
		vector_check(&vector);
	}
}

/* Where there is room, nothing moves. */
void room_enough(void)
{
	heap_begin();
	vector_begin(&vector, INT);
	vector_reserve(&vector, 10);
	fill(4);
	for (size_t more = 0; more <= 6; more++)
		vector_reserve(&vector, more);
	vector_check(&vector);
}

static void item_behind_the_last(void)
{
	vec_core_item(&vector.core, vector.length);
}

static void item_far_behind(void)
{
	vec_core_item(&vector.core, SIZE_MAX);
}

/* The low 32 bits are an index that there is. */
static void item_above_32_bits(void)
{
	vec_core_item(&vector.core, (1ull << 32) + 1);
}

static void item_of_none(void)
{
	struct vec_core empty = { NULL, 0, 0, INT };

	vec_core_item(&empty, 0);
}

static void panics_with_five(const char *expected, void (*function)(void))
{
	heap_begin_again();
	vector_begin(&vector, INT);
	vector_reserve(&vector, 8);
	fill(5);
	vector_check(&vector);
	check_panics(&rule_vec_index, expected, function);
}

/* Only what is below the length is an item, whatever the capacity is. */
void index_check(void)
{
	heap_begin();
	panics_with_five("a panic for item 5 of 5", item_behind_the_last);
	panics_with_five("a panic for item SIZE_MAX of 5", item_far_behind);
	panics_with_five("a panic for item 2^32 + 1 of 5", item_above_32_bits);
	panics_with_five("a panic for item 0 of none", item_of_none);
}

/* Large and small items, each at its align. */
void item_layouts(void)
{
	static const struct layout layouts[] = {
		{ 1, 1 },   { 3, 1 },	{ 2, 2 },      { 24, 8 },
		{ 64, 64 }, { 192, 64 }, { 1000, 8 }, { 512, 256 },
	};

	heap_begin();
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		heap_begin_again();
		heap_take_guard(1 + test_random_below(40));
		vector_begin(&vector, layouts[i]);
		for (int step = 0; step < 4; step++) {
			vector_reserve(&vector, vector.core.capacity -
							vector.length + 1);
			fill(vector.core.capacity - vector.length);
			heap_take_guard(24);
		}
		vector_check(&vector);
		vector_free(&vector);
		heap_check_whole();
	}
}

static void check_refused(size_t more, const char *why)
{
	struct vec_core before = vector.core;

	check(&rule_vec_no_memory, !vec_core_reserve(&vector.core, more),
	      "false", "true from a reserve of %s more: %s",
	      line_size(more).text, why);
	check(&rule_vec_no_memory,
	      memcmp(&before, &vector.core, sizeof(before)) == 0,
	      "the vector as it was",
	      "items %p, length %zu, capacity %zu (before: %p, %zu, %zu)",
	      vector.core.items, vector.core.length, vector.core.capacity,
	      before.items, before.length, before.capacity);
	vector_check(&vector);
}

/* Sizes that no memory can have; the smallest of them wrap around to little. */
static void refuse_overflows(size_t size)
{
	vector_begin(&vector, (struct layout){ size, 8 });
	check_refused(SIZE_MAX, "their bytes overflow");
	check_refused(SIZE_MAX / size + 1, "their bytes overflow to 0 or little");
	check_refused(SIZE_MAX / size + 2, "their bytes overflow to little");
}

void too_large(void)
{
	heap_begin();
	for (size_t size = 2048; size >= 16; size /= 2) {
		refuse_overflows(size - 8);
		refuse_overflows(size);
	}
	vector_begin(&vector, (struct layout){ 16, 8 });
	check_refused(10000, "no heap is as large");
	vector_begin(&vector, (struct layout){ (1ull << 32) + 8, 8 });
	check_refused(1, "no heap has 2^32 bytes");
	vector_begin(&vector, (struct layout){ 16, 8 });
	vector_reserve(&vector, 3);
	fill(3);
	check_refused(SIZE_MAX, "the length overflows");
	check_refused(SIZE_MAX - 2, "the length overflows to 0");
	check_refused(SIZE_MAX / 16 - 1, "their bytes overflow");
	vector_free(&vector);
	heap_check_whole();
}

/*
 * When the heap is full, the vector stays as it is, and grows again later; and when
 * there is a block of just the bytes of all items, that is enough; of fewer, it is not.
 */
void full_heap(void)
{
	heap_begin();
	vector_begin(&vector, INT);
	heap_exhaust((struct layout){ 0, 1 });
	check_refused(1, "the heap is full");
	heap_relieve();
	heap_exhaust((struct layout){ 4 * sizeof(int), _Alignof(int) });
	vector_reserve(&vector, 4);
	fill(4);
	heap_relieve();
	heap_exhaust((struct layout){ 0, 1 });
	check_refused(1, "the heap is full");
	heap_relieve();
	vector_reserve(&vector, 28);
	fill(28);
	heap_exhaust((struct layout){ 34 * sizeof(int), _Alignof(int) });
	check_refused(2, "twice the capacity is not to be had");
	heap_relieve();
	heap_exhaust((struct layout){ 64 * sizeof(int), _Alignof(int) });
	vector_reserve(&vector, 1);
	heap_relieve();
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}

/* What is freed is the whole block, and the vector can be used again. */
void free_and_again(void)
{
	heap_begin();
	vector_begin(&vector, INT);
	vector_free(&vector); /* of nothing */
	for (size_t count = 1; count < 500; count *= 3) {
		vector_reserve(&vector, count);
		heap_take_guard(16);
		fill(count / 2);
		vector_check(&vector);
		vector_free(&vector);
	}
	vector_free(&vector);
	heap_check_whole();
}

/* Each knows its own items. */
void two_vectors(void)
{
	static struct vector other;

	heap_begin();
	vector_begin(&vector, INT);
	vector_begin(&other, (struct layout){ 24, 8 });
	for (int i = 0; i < 5; i++) {
		vector_reserve(&vector, 3 * i);
		fill(3 * i);
		vector_reserve(&other, 2);
		vector_check(&vector);
	}
	vector_free(&other);
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}
