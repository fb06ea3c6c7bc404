/* Task 3: a counted value and its owners. */
#include "counted.h"
#include "heap.h"
#include "rules.h"
#include "tests.h"

#define INT LAYOUT_OF(int)

/* One owner, no weak reference, and a copy of the value. */
void rc_first(void)
{
	struct rc *rc;

	heap_begin();
	rc = counted_new(INT, 41);
	counted_check(rc, 41, 1, 0);
	test_show("value at %p", rc_value(rc));
}

/* Every align up to a page, and sizes around the counts' own, from none on. */
void rc_layouts(void)
{
	heap_begin();
	for (size_t align = 1; align <= 4096; align *= 2) {
		heap_begin_again();
		heap_take_guard(1 + test_random_below(30));
		for (size_t size = 0; size <= 200; size += 33) {
			struct layout layout = { size, align };
			struct rc *rc = counted_new(layout, size);

			heap_take_guard(20);
			counted_check(rc, size, 1, 0);
			counted_release(rc, size);
		}
		heap_check_whole();
	}
}

/* Each retain counts one more, each release one less; the value stays. */
void rc_counts(void)
{
	struct rc *rc;

	heap_begin();
	rc = counted_new(INT, 7);
	for (size_t owners = 2; owners <= 300; owners++) {
		check_hex(&rule_rc_counts, "what retain returns",
			  (uint64_t)rc, (uint64_t)rc_core_retain(rc));
		counted_check(rc, 7, owners, 0);
	}
	for (size_t owners = 299; owners >= 1; owners--) {
		rc_core_release(rc);
		counted_check(rc, 7, owners, 0);
	}
}

/* The block is in use as long as there is an owner, and no longer. */
void last_owner(void)
{
	struct layout layout = { 100, 16 };
	struct rc *rc, *others[8];

	heap_begin();
	rc = counted_new(layout, 5);
	rc_core_retain(rc);
	rc_core_release(rc);
	for (size_t i = 0; i < 8; i++) /* would overlap a block that is free */
		others[i] = counted_new(layout, 10 + i);
	counted_check(rc, 5, 1, 0);
	counted_release(rc, 5);
	for (size_t i = 0; i < 8; i++)
		counted_release(others[i], 10 + i);
	heap_check_whole();
}

/* A value of nobody's is as large, with any contents. */
void rc_no_value(void)
{
	struct rc *rc;

	heap_begin();
	rc = rc_core_new(NULL, (struct layout){ 64, 64 });
	counted_check_place(rc, (struct layout){ 64, 64 });
	counted_check_counts(rc, 1, 0);
	rc_core_release(rc);
	heap_check_whole();
}

static struct rc *dead;

static void retain_dead(void)
{
	rc_core_retain(dead);
}

static void release_dead(void)
{
	rc_core_release(dead);
}

static void release_never_weak(void)
{
	rc_core_release_weak(dead);
}

static void downgrade_dead(void)
{
	rc_core_downgrade(dead);
}

static struct layout bad;

static void new_with_bad_align(void)
{
	rc_core_new(NULL, bad);
}

/* Before all else: also where there is no memory for the value. */
static void panics_with_bad_aligns(void)
{
	static const size_t aligns[] = { 0, 3, 5, 6, 12, 24, SIZE_MAX };

	for (size_t i = 0; i < sizeof(aligns) / sizeof(aligns[0]); i++) {
		bad = (struct layout){ i % 2 ? SIZE_MAX : 8, aligns[i] };
		check_panics(&rule_rc_caller,
			     "a panic for an align that is no power of two",
			     new_with_bad_align);
		heap_begin_again();
	}
}

static void panics_with_dead(const char *expected, void (*function)(void))
{
	heap_begin_again();
	dead = counted_new(INT, 2);
	rc_core_downgrade(dead);
	rc_core_release(dead);
	counted_check_counts(dead, 0, 1);
	check_panics(&rule_rc_caller, expected, function);
}

/* Three sorts of caller's bugs; a weak reference keeps the counts in place. */
void rc_callers_bugs(void)
{
	heap_begin();
	panics_with_bad_aligns();
	dead = counted_new(INT, 1);
	check_panics(&rule_rc_caller,
		     "a panic: there is no weak reference to release",
		     release_never_weak);
	panics_with_dead("a panic for a retain of a dead value", retain_dead);
	panics_with_dead("a panic for a release of a dead value", release_dead);
	panics_with_dead("a panic for a weak reference to a dead value",
			 downgrade_dead);
}

static void check_refused(struct layout layout)
{
	struct rc *rc = rc_core_new(NULL, layout);

	check(&rule_rc_no_memory, !rc, "NULL",
	      "%p for a value of %zu bytes, align %zu", (void *)rc,
	      layout.size, layout.align);
}

/* Too large, or no memory left; the sum of value and counts may overflow. */
void rc_no_memory(void)
{
	heap_begin();
	counted_release(counted_new(INT, 1), 1);
	for (size_t i = 0; i < 100; i++)
		check_refused((struct layout){ SIZE_MAX - i, 1 });
	check_refused((struct layout){ SIZE_MAX - 63, 64 });
	for (size_t align = 64; align <= 4096; align *= 2) /* padding, too */
		check_refused((struct layout){ SIZE_MAX - align / 2 - 8, align });
	check_refused((struct layout){ SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 1 });
	check_refused((struct layout){ 200000, 8 });
	check_refused((struct layout){ (1ull << 32) + 8, 8 });
	check_refused((struct layout){ 8, 1ull << 32 });
	heap_exhaust((struct layout){ 0, 1 });
	check_refused(INT);
	heap_relieve();
	counted_release(counted_new(INT, 2), 2);
	heap_check_whole();
}
