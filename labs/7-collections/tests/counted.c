#include "counted.h"

#include "heap.h"
#include "rules.h"
#include "test/test.h"

static unsigned char value_byte(uint64_t number, size_t i)
{
	return (unsigned char)(number * 31 + i + 1);
}

void counted_check_place(struct rc *rc, struct layout layout)
{
	check(&rule_rc_no_memory, rc, "a counted value, for there is memory",
	      "NULL for Layout { size: %zu, align: %zu }", layout.size,
	      layout.align);
	check(&rule_rc_place, (uint64_t)rc % _Alignof(struct rc) == 0,
	      "counts at a multiple of 8", "at %p", (void *)rc);
	heap_check_inside(rc, sizeof(*rc) + layout.size);
	check(&rule_rc_place, (uint64_t)rc_value(rc) % layout.align == 0,
	      "the value at a multiple of its align", "at %p, align %zu",
	      rc_value(rc), layout.align);
	check(&rule_rc_value,
	      rc->value.size == layout.size && rc->value.align == layout.align,
	      "the value's layout in front of it",
	      "Layout { size: %zu, align: %zu } in place of { %zu, %zu }",
	      rc->value.size, rc->value.align, layout.size, layout.align);
}

struct rc *counted_new(struct layout layout, uint64_t number)
{
	struct rc *rc;

	for (size_t i = 0; i < layout.size; i++)
		heap_scratch_in[i] = value_byte(number, i);
	rc = rc_core_new(heap_scratch_in, layout);
	for (size_t i = 0; i < layout.size; i++)
		check(&rule_rc_value, heap_scratch_in[i] == value_byte(number, i),
		      "a copy: the caller still has the value",
		      "byte %zu of what was copied is 0x%x in place of 0x%x", i,
		      heap_scratch_in[i], value_byte(number, i));
	counted_check_place(rc, layout);
	counted_check(rc, number, 1, 0);
	return rc;
}

/* As dealloc leaves eight bytes of a block: beside.c. */
#define FREED 0xddddddddddddddddull

void counted_check_counts(const struct rc *rc, size_t strong, size_t weak)
{
	check(&rule_rc_counts, rc->strong != FREED || rc->weak != FREED,
	      "the counts of all references",
	      "a block that was given back, with %zu owners and %zu weak references",
	      strong, weak);
	check(&rule_rc_counts, rc->strong == strong && rc->weak == weak,
	      "the counts of all references",
	      "strong %zu, weak %zu, in place of %zu, %zu", rc->strong,
	      rc->weak, strong, weak);
}

void counted_check(struct rc *rc, uint64_t number, size_t strong, size_t weak)
{
	const unsigned char *value = rc_value(rc);
	size_t size = rc->value.size;

	counted_check_counts(rc, strong, weak);
	heap_check_inside(rc, sizeof(*rc));
	heap_check_inside(value, size);
	for (size_t i = 0; i < size; i++)
		check(&rule_rc_value, value[i] == value_byte(number, i),
		      "the value as it was copied",
		      "byte %zu of %zu is 0x%x in place of 0x%x", i, size,
		      value[i], value_byte(number, i));
}

void counted_release(struct rc *rc, uint64_t number)
{
	counted_check(rc, number, 1, 0);
	rc_core_release(rc);
}
