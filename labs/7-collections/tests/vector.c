#include "vector.h"

#include "7-collections/beside.h"
#include "heap.h"
#include "lib/string.h"
#include "rules.h"
#include "test/hardware.h"
#include "test/test.h"

void vector_begin(struct vector *vector, struct layout item)
{
	vector->core = (struct vec_core){ NULL, 0, 0, item };
	vector->length = 0;
	vector->spent = 0;
}

/* What lies behind an item that is taken out, and stays. */
#define BEHIND 0x77
#define BEHIND_BYTES 16

/* Byte i of the item of that number. */
static unsigned char item_byte(uint64_t number, size_t i)
{
	if (i < sizeof(number))
		return (unsigned char)(number >> 8 * i);
	return (unsigned char)(number * 7 + i);
}

const void *vector_item_bytes(const struct vector *vector, uint64_t number)
{
	for (size_t i = 0; i < vector->core.layout.size; i++)
		heap_scratch_in[i] = item_byte(number, i);
	memset(heap_scratch_out, 0, vector->core.layout.size);
	memset(heap_scratch_out + vector->core.layout.size, BEHIND, BEHIND_BYTES);
	return heap_scratch_in;
}

static void check_item(const struct vector *vector, const struct rule *rule,
		       const unsigned char *item, uint64_t number,
		       const char *what, size_t index)
{
	for (size_t i = 0; i < vector->core.layout.size; i++)
		check(rule, item[i] == item_byte(number, i),
		      "every item as it was put in",
		      "%s %zu of %zu: byte %zu is 0x%x in place of 0x%x", what,
		      index, vector->length, i, item[i], item_byte(number, i));
}

void vector_check_out(const struct vector *vector, uint64_t number)
{
	const unsigned char *behind = heap_scratch_out + vector->core.layout.size;

	check_item(vector, &rule_vec_items, heap_scratch_out, number,
		   "the item taken out, number", vector->length);
	for (size_t i = 0; i < BEHIND_BYTES; i++)
		check(&rule_vec_items, behind[i] == BEHIND,
		      "no more bytes taken out than an item has",
		      "byte %zu behind *item is 0x%x in place of 0x%x", i,
		      behind[i], BEHIND);
}

static void check_shape(const struct vector *vector)
{
	const struct vec_core *core = &vector->core;

	check_count(&rule_vec_items, "length", vector->length, core->length);
	check(&rule_vec_shape, core->length <= core->capacity,
	      "length <= capacity", "length %zu, capacity %zu", core->length,
	      core->capacity);
	check(&rule_vec_shape, !core->items == !core->capacity,
	      "items is NULL exactly when capacity is 0",
	      "items %p, capacity %zu", core->items, core->capacity);
	if (!core->capacity)
		return;
	heap_check_inside(core->items, core->capacity * core->layout.size);
	check(&rule_vec_shape,
	      (uint64_t)core->items % core->layout.align == 0,
	      "items at a multiple of their align", "%p, align %zu",
	      core->items, core->layout.align);
}

/* The block is the allocator's: check_shape has looked. */
static const unsigned char *item_at(const struct vector *vector, size_t index)
{
	return (unsigned char *)vector->core.items +
	       index * vector->core.layout.size;
}

static void check_address(const struct vector *vector, size_t index)
{
	const unsigned char *item = vec_core_item(&vector->core, index);

	check(&rule_vec_items, item == item_at(vector, index),
	      "the address of the item", "item %zu at %p, the items at %p",
	      index, (const void *)item, vector->core.items);
}

void vector_check(const struct vector *vector)
{
	check_shape(vector);
	for (size_t i = 0; i < vector->length; i++)
		check_item(vector, &rule_vec_items, item_at(vector, i),
			   vector->items[i], "item", i);
	if (vector->length) {
		check_address(vector, 0);
		check_address(vector, vector->length - 1);
		check_address(vector, test_random_below(vector->length));
	}
}

/* The capacity that a vector must have after room for so many more was needed. */
static size_t grown_capacity(size_t length, size_t capacity, size_t more)
{
	size_t grown = capacity * 2;

	if (length + more <= capacity)
		return capacity;
	if (grown < 4)
		grown = 4;
	return grown < length + more ? length + more : grown;
}

/* A block that is too small would show later, in whatever lies behind it. */
static void check_block(const struct vec_core *core)
{
	size_t size = heap_size_of(core->items);

	check(&rule_vec_room,
	      !size || size / core->layout.size >= core->capacity,
	      "a block of capacity times the size of an item",
	      "capacity %zu, items of %zu bytes, in a block of %zu bytes",
	      core->capacity, core->layout.size, size);
}

static void check_growth(const struct vector *vector,
			 const struct vec_core *before, size_t more)
{
	size_t needed = before->length + more;

	check(&rule_vec_room, vector->core.capacity >= needed,
	      "room for all items", "length %zu and %zu more, capacity %zu",
	      before->length, more, vector->core.capacity);
	check_count(&rule_vec_growth, "capacity",
		    grown_capacity(before->length, before->capacity, more),
		    vector->core.capacity);
	if (needed <= before->capacity)
		check(&rule_vec_growth, vector->core.items == before->items,
		      "items that stay where they are while there is room",
		      "moved from %p to %p", before->items,
		      vector->core.items);
	check_shape(vector);
	if (vector->core.items != before->items)
		check_block(&vector->core);
}

void vector_reserve(struct vector *vector, size_t more)
{
	struct vec_core before = vector->core;

	check(&rule_vec_room, vec_core_reserve(&vector->core, more), "true",
	      "false, with memory for %zu more items", more);
	check_growth(vector, &before, more);
}

/* Put the number into the model. */
static void model_insert(struct vector *vector, size_t index, uint64_t number)
{
	memmove(&vector->items[index + 1], &vector->items[index],
		(vector->length - index) * sizeof(number));
	vector->items[index] = number;
	vector->length++;
}

static uint64_t model_remove(struct vector *vector, size_t index)
{
	uint64_t number = vector->items[index];

	vector->length--;
	memmove(&vector->items[index], &vector->items[index + 1],
		(vector->length - index) * sizeof(number));
	return number;
}

void vector_push_from(struct vector *vector, const void *item, uint64_t number)
{
	struct vec_core before = vector->core;
	uint64_t began = hardware_clock();
	bool done = vec_core_push(&vector->core, item);

	vector->spent += hardware_clock() - began;
	check(&rule_vec_room, done, "true",
	      "false from a push, with memory for it");
	model_insert(vector, vector->length, number);
	check_growth(vector, &before, 1);
}

/* What was put in is a copy: the caller still has the item. */
static void check_still_there(const struct vector *vector, uint64_t number)
{
	check_item(vector, &rule_vec_items, heap_scratch_in, number,
		   "the caller's own, put in as",
		   vector->length - 1);
}

void vector_push(struct vector *vector, uint64_t number)
{
	vector_push_from(vector, vector_item_bytes(vector, number), number);
	check_still_there(vector, number);
}

void vector_insert_from(struct vector *vector, size_t index, const void *item,
			uint64_t number)
{
	struct vec_core before = vector->core;

	check(&rule_vec_room, vec_core_insert(&vector->core, index, item),
	      "true", "false from an insert, with memory for it");
	model_insert(vector, index, number);
	check_growth(vector, &before, 1);
}

void vector_insert(struct vector *vector, size_t index, uint64_t number)
{
	vector_insert_from(vector, index, vector_item_bytes(vector, number),
			   number);
	check_still_there(vector, number);
}

void vector_insert_own(struct vector *vector, size_t index, size_t own)
{
	const void *item = (char *)vector->core.items +
			   own * vector->core.layout.size;

	vector_insert_from(vector, index, item, vector->items[own]);
	check_item(vector, &rule_vec_own_item,
		   vec_core_item(&vector->core, index),
		   vector->items[index], "its own item, put in at", index);
}

/* Neither the capacity nor the place: pointers to the other items are good still. */
static void check_kept(const struct vector *vector,
		       const struct vec_core *before)
{
	check_shape(vector);
	check_count(&rule_vec_growth, "capacity", before->capacity,
		    vector->core.capacity);
	check(&rule_vec_growth, vector->core.items == before->items,
	      "items that stay where they are when one is taken out",
	      "moved from %p to %p", before->items, vector->core.items);
}

void vector_pop(struct vector *vector)
{
	struct vec_core before = vector->core;
	uint64_t number;

	vector_item_bytes(vector, 0);
	check(&rule_vec_items, vec_core_pop(&vector->core, heap_scratch_out),
	      "true", "false from a pop of %zu items", vector->length);
	number = model_remove(vector, vector->length - 1);
	vector_check_out(vector, number);
	check_kept(vector, &before);
}

void vector_remove(struct vector *vector, size_t index)
{
	struct vec_core before = vector->core;
	uint64_t number;

	vector_item_bytes(vector, 0);
	vec_core_remove(&vector->core, index, heap_scratch_out);
	number = model_remove(vector, index);
	vector_check_out(vector, number);
	check_kept(vector, &before);
}

void vector_free(struct vector *vector)
{
	vec_core_free(&vector->core);
	check(&rule_vec_free,
	      !vector->core.items && !vector->core.length &&
		      !vector->core.capacity,
	      "NULL, length 0, capacity 0", "%p, length %zu, capacity %zu",
	      vector->core.items, vector->core.length, vector->core.capacity);
	vector->length = 0;
}
