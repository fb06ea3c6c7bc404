/* Task 4: weak references. */
#include "counted.h"
#include "heap.h"
#include "rules.h"
#include "tests.h"

#define LAYOUT ((struct layout){ 24, 8 })

/* Weak references are counted apart and keep no value. */
void weak_counts(void)
{
	struct rc *rc;

	heap_begin();
	rc = counted_new(LAYOUT, 3);
	for (size_t weak = 1; weak <= 300; weak++) {
		check_hex(&rule_rc_counts, "what downgrade returns",
			  (uint64_t)rc, (uint64_t)rc_core_downgrade(rc));
		counted_check(rc, 3, 1, weak);
	}
	rc_core_retain(rc);
	counted_check(rc, 3, 2, 300);
	for (size_t weak = 299; weak > 0; weak--)
		rc_core_release_weak(rc);
	counted_check(rc, 3, 2, 1);
}

/* While there is an owner, a weak reference becomes another. */
void upgrade(void)
{
	struct rc *rc;

	heap_begin();
	rc = counted_new(LAYOUT, 4);
	rc_core_downgrade(rc);
	check_hex(&rule_rc_weak, "what upgrade returns", (uint64_t)rc,
		  (uint64_t)rc_core_upgrade(rc));
	counted_check(rc, 4, 2, 1);
	rc_core_release(rc);
	counted_check(rc, 4, 1, 1);
}

/* And no more, once the last owner has gone. */
void upgrade_too_late(void)
{
	struct rc *rc;

	heap_begin();
	rc = counted_new(LAYOUT, 4);
	rc_core_downgrade(rc);
	rc_core_downgrade(rc);
	rc_core_release(rc);
	counted_check_counts(rc, 0, 2);
	for (int i = 0; i < 3; i++) {
		check_hex(&rule_rc_weak, "what upgrade returns", 0,
			  (uint64_t)rc_core_upgrade(rc));
		counted_check_counts(rc, 0, 2);
	}
}

/* The last weak reference goes last. */
static void weak_keeps(struct layout layout)
{
	struct rc *rc, *others[6];

	heap_begin_again();
	heap_take_guard(24);
	rc = counted_new(layout, 5);
	rc_core_downgrade(rc);
	rc_core_downgrade(rc);
	rc_core_release(rc);
	for (size_t i = 0; i < 6; i++) /* would overwrite counts that are free */
		others[i] = counted_new(LAYOUT, 20 + i);
	counted_check_counts(rc, 0, 2);
	rc_core_release_weak(rc);
	counted_check_counts(rc, 0, 1);
	rc_core_release_weak(rc);
	for (size_t i = 0; i < 6; i++)
		counted_release(others[i], 20 + i);
	heap_check_whole();
}

/*
 * The block outlives the value as long as a weak reference needs the counts,
 * wherever in it they lie.
 */
void weak_keeps_the_counts(void)
{
	heap_begin();
	weak_keeps(LAYOUT);
	weak_keeps((struct layout){ 24, 256 });
}

/* The owner is the last to go. */
void weak_goes_first(void)
{
	struct rc *rc, *other;

	heap_begin();
	rc = counted_new(LAYOUT, 6);
	rc_core_downgrade(rc);
	rc_core_release_weak(rc);
	other = counted_new(LAYOUT, 7);
	counted_check(rc, 6, 1, 0);
	counted_release(rc, 6);
	counted_release(other, 7);
	heap_check_whole();
}

#define VALUES 12

static struct {
	struct rc *rc;
	size_t strong, weak;
} model[VALUES];

static void renew(size_t i)
{
	model[i].rc = counted_new((struct layout){ 8 + 8 * i, 8 }, i);
	model[i].strong = 1;
	model[i].weak = 0;
}

static void take_reference(size_t i, bool weak)
{
	if (!weak && model[i].weak && test_random_below(2))
		check_hex(&rule_rc_weak, "what upgrade returns",
			  model[i].strong ? (uint64_t)model[i].rc : 0,
			  (uint64_t)rc_core_upgrade(model[i].rc));
	else if (!model[i].strong)
		return;
	else if (weak)
		rc_core_downgrade(model[i].rc);
	else
		rc_core_retain(model[i].rc);
	if (weak)
		model[i].weak++;
	else if (model[i].strong)
		model[i].strong++;
}

static void drop_reference(size_t i, bool weak)
{
	size_t *count = weak ? &model[i].weak : &model[i].strong;

	if (*count == 0)
		return;
	--*count;
	if (weak)
		rc_core_release_weak(model[i].rc);
	else
		rc_core_release(model[i].rc);
}

static void check_model(size_t i)
{
	if (model[i].strong)
		counted_check(model[i].rc, i, model[i].strong, model[i].weak);
	else if (model[i].weak)
		counted_check_counts(model[i].rc, 0, model[i].weak);
}

/* Thousands of references to a dozen values, against a model of the counts. */
void rc_random(void)
{
	uint64_t calls = test_repetitions(8000);

	heap_begin();
	for (size_t i = 0; i < VALUES; i++)
		renew(i);
	for (uint64_t call = 0; call < calls; call++) {
		size_t i = test_random_below(VALUES);
		bool weak = test_random_below(2);

		if (!model[i].strong && !model[i].weak)
			renew(i);
		else if (test_random_below(100) < 45)
			take_reference(i, weak);
		else
			drop_reference(i, weak);
		check_model(i);
	}
	for (size_t i = 0; i < VALUES; i++) {
		while (model[i].strong)
			drop_reference(i, false);
		while (model[i].weak)
			drop_reference(i, true);
	}
	heap_check_whole();
}
