/* Task 2: items go in and come out, at the end and anywhere. */
#include "7-collections/beside.h"
#include "heap.h"
#include "lib/string.h"
#include "rules.h"
#include "tests.h"
#include "vector.h"

#define NUMBER LAYOUT_OF(uint64_t)

static struct vector vector;

static void begin_again_with(size_t count, struct layout item)
{
	heap_begin_again();
	vector_begin(&vector, item);
	for (size_t i = 0; i < count; i++)
		vector_push(&vector, 100 + i);
}

static void begin_with(size_t count, struct layout item)
{
	heap_begin();
	begin_again_with(count, item);
}

/* The cheapest push of some, of numbers like no other; the dearer ones moved the vector. */
static uint64_t cost_of_push(void)
{
	uint64_t cheapest = UINT64_MAX;

	for (int i = 0; i < 4; i++) {
		uint64_t before = vector.spent;

		vector_push(&vector, vector.length);
		if (vector.spent - before < cheapest)
			cheapest = vector.spent - before;
	}
	return cheapest;
}

/* A look at every item costs tens of times as much here, an honest push no more. */
#define TIMES_AS_MUCH 8

/* The last one in is the first one out; and the five hundredth is as cheap as the fifth. */
void push_and_pop(void)
{
	uint64_t first, last;

	begin_with(0, NUMBER);
	vector_push(&vector, 41);
	vector_check(&vector);
	vector_pop(&vector);
	first = cost_of_push();
	for (uint64_t i = vector.length; i < 540; i++)
		vector_push(&vector, i);
	last = cost_of_push();
	check(&rule_vec_cost, last <= TIMES_AS_MUCH * first,
	      "about the cost of the first pushes",
	      "a push with 540 items costs %llu times as much: does it go "
	      "through all of them?", (unsigned long long)(last / (first ? first : 1)));
	vector_check(&vector);
	while (vector.length > 0)
		vector_pop(&vector);
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}

/* The one result that says whether there was anything. */
void pop_of_none(void)
{
	begin_with(0, NUMBER);
	check(&rule_vec_empty, !vec_core_pop(&vector.core, heap_scratch_out),
	      "false", "true from a pop of an empty vector");
	vector_check(&vector);
	vector_push(&vector, 1);
	vector_pop(&vector);
	heap_scratch_out[0] = 0x77;
	check(&rule_vec_empty, !vec_core_pop(&vector.core, heap_scratch_out),
	      "false", "true from a pop of a vector that was emptied");
	check(&rule_vec_empty, heap_scratch_out[0] == 0x77,
	      "*item untouched when nothing is popped", "it was written to");
	vector_check(&vector);
}

/* Whoever does not want the item gives NULL. */
void without_the_item(void)
{
	begin_with(6, NUMBER);
	check(&rule_vec_items, vec_core_pop(&vector.core, NULL), "true",
	      "false from a pop of 6 items");
	vector.length--;
	vector_check(&vector);
	vec_core_remove(&vector.core, 1, NULL);
	vector.length--;
	memmove(&vector.items[1], &vector.items[2],
		3 * sizeof(vector.items[0]));
	vector_check(&vector);
}

/* More than the stack of any machine of ours has. */
#define LARGE_ITEM (200 * 1024)

/* In front of those that are there; `byte` is what all of it holds. */
static void insert_large(struct vec_core *large, const void *item, int byte)
{
	const unsigned char *first;

	check(&rule_vec_room, vec_core_insert(large, 0, item), "true",
	      "false from an insert, with memory for it");
	first = vec_core_item(large, 0);
	for (size_t i = 0; i < LARGE_ITEM; i++)
		check(&rule_vec_items, first[i] == byte,
		      "all bytes of a large item as they were put in",
		      "byte %zu of %d is 0x%x in place of 0x%x", i, LARGE_ITEM,
		      first[i], byte);
}

static void insert_large_items(void)
{
	struct vec_core large = { NULL, 0, 0, { LARGE_ITEM, 8 } };
	void *item;

	heap_begin_again();
	item = heap_take(large.layout);
	for (int i = 0; i < 3; i++) {
		memset(item, i, LARGE_ITEM);
		insert_large(&large, item, i);
	}
	vec_core_free(&large);
	heap_give(item, large.layout);
	heap_check_whole();
}

/* At the front, at the end, and between any two; and large ones. */
void insert_anywhere(void)
{
	heap_begin_large();
	begin_again_with(0, NUMBER);
	vector_insert(&vector, 0, 1);
	vector_insert(&vector, 1, 3);
	vector_insert(&vector, 1, 2);
	vector_insert(&vector, 0, 0);
	vector_check(&vector);
	for (uint64_t i = 0; i < 100; i++)
		vector_insert(&vector, test_random_below(vector.length + 1),
			      1000 + i);
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
	insert_large_items();
}

/* Behind a full vector that ends where memory does there is nothing to read. */
static void remove_at_the_end_of_memory(void)
{
	size_t room = 32;

	heap_begin_last(room * 64);
	vector_begin(&vector, (struct layout){ 64, 8 });
	while (room && !vec_core_reserve(&vector.core, room))
		room--;
	while (vector.length < vector.core.capacity)
		vector_push(&vector, vector.length);
	vector_remove(&vector, room - 1);
	vector_push(&vector, 1000);
	vector_remove(&vector, 0);
	vector_check(&vector);
}

/* And out again from anywhere. */
void remove_anywhere(void)
{
	heap_begin_large();
	begin_again_with(100, (struct layout){ 12, 4 });
	vector_remove(&vector, 99);
	vector_remove(&vector, 0);
	vector_remove(&vector, 50);
	vector_check(&vector);
	while (vector.length > 0) {
		vector_remove(&vector, test_random_below(vector.length));
		if (vector.length % 16 == 0)
			vector_check(&vector);
	}
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
	remove_at_the_end_of_memory();
}

static void insert_beyond(void)
{
	vec_core_insert(&vector.core, 4, vector_item_bytes(&vector, 1));
}

static void insert_far_beyond(void)
{
	vec_core_insert(&vector.core, SIZE_MAX, vector_item_bytes(&vector, 1));
}

/* The low 32 bits are an index that there is. */
static void insert_above_32_bits(void)
{
	vec_core_insert(&vector.core, (1ull << 32) + 1,
			vector_item_bytes(&vector, 1));
}

static void remove_above_32_bits(void)
{
	vec_core_remove(&vector.core, (1ull << 32) + 1, heap_scratch_out);
}

/* The caller's bug comes first: false is for an index that there is. */
static void insert_beyond_without_memory(void)
{
	vector_push(&vector, 1); /* the fourth, and there is no room for a fifth */
	heap_exhaust((struct layout){ 0, 1 });
	vec_core_insert(&vector.core, 5, vector_item_bytes(&vector, 1));
}

static void remove_behind_the_last(void)
{
	vec_core_remove(&vector.core, 3, heap_scratch_out);
}

static void remove_of_none(void)
{
	struct vec_core empty = { NULL, 0, 0, NUMBER };

	vec_core_remove(&empty, 0, heap_scratch_out);
}

static void panics_with_three(const char *expected, void (*function)(void))
{
	begin_again_with(3, NUMBER);
	vector_check(&vector);
	check_panics(&rule_vec_index, expected, function);
}

/* Three items: insert takes 0 to 3, remove 0 to 2. */
void index_beyond(void)
{
	heap_begin();
	panics_with_three("a panic for an insert at 4 of 3", insert_beyond);
	panics_with_three("a panic for an insert at SIZE_MAX", insert_far_beyond);
	panics_with_three("a panic for an insert at 2^32 + 1",
			  insert_above_32_bits);
	panics_with_three("a panic for an insert at 5 of 4 on a full heap",
			  insert_beyond_without_memory);
	panics_with_three("a panic for a remove of item 3 of 3",
			  remove_behind_the_last);
	panics_with_three("a panic for a remove of item 2^32 + 1",
			  remove_above_32_bits);
	panics_with_three("a panic for a remove of item 0 of none",
			  remove_of_none);
}

/* Each of its items at each place, where no two are alike. */
static void insert_each_own(size_t length)
{
	for (size_t index = 0; index <= length; index++)
		for (size_t own = 0; own < length; own++) {
			begin_again_with(length, (struct layout){ 40, 8 });
			vector_insert_own(&vector, index, own);
			vector_check(&vector);
		}
}

/*
 * What lies just behind the last item is not the vector's and does not move with it:
 * here it is the zone that the tests' allocator has behind each block.
 */
static void add_neighbour(bool push)
{
	const void *behind;
	uint64_t number;

	begin_again_with(4, NUMBER); /* as many as it has room for */
	behind = (char *)vector.core.items + 4 * sizeof(number);
	memcpy(&number, behind, sizeof(number));
	if (push)
		vector_push_from(&vector, behind, number);
	else
		vector_insert_from(&vector, 1, behind, number);
	/* The allocator may have written where the old block was. */
	if (memcmp(behind, &number, sizeof(number)) == 0)
		vector_check(&vector);
}

/* Its own item, while there is room, and when all items move. */
void own_item(void)
{
	heap_begin();
	insert_each_own(5);
	insert_each_own(8);
	add_neighbour(true);
	add_neighbour(false);
	begin_again_with(7, (struct layout){ 40, 8 });
	/* The first item's old bytes are the allocator's as soon as all move. */
	while (vector.length < 70)
		vector_insert_own(&vector, vector.length, 0);
	for (int i = 0; i < 40; i++) {
		vector_insert(&vector, 3, 1000 + i);
		vector_insert_own(&vector, vector.length, 0);
		vector_insert_own(&vector, vector.length / 2,
				  vector.length - 1);
		vector_insert_own(&vector, 0, vector.length / 2);
		vector_insert_own(&vector, vector.length - 1, 1);
	}
	vector_check(&vector);
	check(&rule_vec_own_item,
	      vec_core_push(&vector.core, vec_core_item(&vector.core, 7)),
	      "true", "false");
	vector.items[vector.length] = vector.items[7];
	vector.length++;
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}

static void check_unchanged(const struct vec_core *before, bool done,
			    const char *call)
{
	check(&rule_vec_no_memory, !done, "false",
	      "true from %s, where the heap is full", call);
	check(&rule_vec_no_memory,
	      memcmp(before, &vector.core, sizeof(*before)) == 0,
	      "the vector as it was",
	      "items %p, length %zu, capacity %zu after %s",
	      vector.core.items, vector.core.length, vector.core.capacity,
	      call);
	vector_check(&vector);
}

/*
 * A full vector on a full heap refuses, and takes what it has room for, its own
 * items among it.
 */
void no_memory(void)
{
	struct vec_core before;
	const void *item;

	begin_with(7, NUMBER);
	heap_exhaust((struct layout){ 0, 1 });
	vector_push(&vector, 7); /* room for eight */
	before = vector.core;
	item = vector_item_bytes(&vector, 8);
	check_unchanged(&before, vec_core_push(&vector.core, item), "a push");
	check_unchanged(&before, vec_core_insert(&vector.core, 3, item),
			"an insert");
	vector_pop(&vector);
	vector_insert_own(&vector, 2, 5);
	vector_pop(&vector);
	vector_insert(&vector, 0, 9);
	vector_check(&vector);
	heap_relieve();
	/* Room for one more is not enough: there is no second attempt with less. */
	heap_exhaust((struct layout){ 9 * NUMBER.size, NUMBER.align });
	before = vector.core;
	check_unchanged(&before, vec_core_push(&vector.core, item), "a push");
	heap_relieve();
	vector_push(&vector, 10);
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}

static void one_operation(uint64_t number)
{
	uint64_t below = test_random_below(10);

	if (vector.length == 0 || (below < 6 && vector.length < 150))
		vector_insert(&vector, test_random_below(vector.length + 1),
			      number);
	else if (below < 8)
		vector_remove(&vector, test_random_below(vector.length));
	else
		vector_pop(&vector);
}

/* Thousands of calls against an array. */
void vec_random(void)
{
	uint64_t calls = test_repetitions(8000);

	begin_with(0, (struct layout){ 20, 4 });
	heap_take_guard(40);
	for (uint64_t i = 0; i < calls; i++) {
		one_operation(i);
		if (i % 64 == 0)
			vector_check(&vector);
	}
	vector_check(&vector);
	vector_free(&vector);
	heap_check_whole();
}
