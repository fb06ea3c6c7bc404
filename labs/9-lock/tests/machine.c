/*
 * The machine itself: the timer's interrupt and a second processor, neither played.
 * What a lock must do there, the tests before have shown step by step; here the
 * submission does it where nobody waits for its doors.
 */
#include "tests.h"

#include "9-lock/lock.h"
#include "lib/string.h"
#include "machine.h"
#include "memory/heap.h"
#include "processors/processors.h"
#include "rules.h"
#include "test/hardware.h"
#include "test/test.h"

#define TICKS_SOON 200 /* 25 instructions */
#define SHORT_WHILE 10000

static struct lock lock;
static volatile unsigned struck;
static volatile bool is_working;

static void begin(void)
{
	test_needs_hardware();
	lock = LOCK_FREE;
	struck = 0;
	is_working = true;
}

/* ---- A handler that takes the lock ---------------------------------------------- */

static void take_in_handler(void)
{
	bool were_on = lock_acquire_interrupts_off(&lock);

	struck++;
	lock_release_interrupts_restore(&lock, were_on);
}

/*
 * The deadlock, in the flesh: the timer strikes while the lock is held.  With interrupts
 * on, the handler would wait here for what it has interrupted, and that for the handler.
 */
void timer_waits_for_release(void)
{
	bool were_on;

	begin();
	machine_interrupts_set(true);
	were_on = lock_acquire_interrupts_off(&lock);
	hardware_timer_start(take_in_handler, TICKS_SOON, false);
	while (!hardware_timer_has_struck())
		;
	check(&rule_interrupts_off, struck == 0,
	      "no interrupt while the lock is held", "the timer's");
	lock_release_interrupts_restore(&lock, were_on);
	for (int i = 0; struck == 0 && i < SHORT_WHILE; i++)
		;
	check(&rule_restore, struck == 1,
	      "the timer's interrupt, once the lock was given back",
	      "none: interrupts are still off");
	machine_interrupts_off();
}

/* ---- A handler that allocates ---------------------------------------------------- */

#define STRIKES 300
#define CALLS_MAX 200000 /* far more than fit between so many */

static void allocate_and_free(unsigned char pattern)
{
	struct layout layout = { 16 + 16 * (pattern % 16), 16 };
	unsigned char *block = shared_alloc(layout);

	check(&rule_heap_excludes, block, "a block: most of the heap is free",
	      "NULL");
	memset(block, pattern, layout.size);
	for (size_t i = 0; i < layout.size; i++)
		check(&rule_heap_excludes, block[i] == pattern,
		      "a block keeps what was written to it",
		      "byte %zu of %zu has changed", i, layout.size);
	shared_dealloc(block, layout);
}

/* Once more soon, but never at the same place. */
static void allocate_in_handler(void)
{
	allocate_and_free(0xff - struck % 16);
	if (++struck < STRIKES)
		hardware_timer_start(allocate_in_handler,
				     TICKS_SOON + test_random_below(4000),
				     false);
}

/*
 * Enough of both that a lock which lets an interrupt in is caught.  While the second
 * processor works, the handler may be all that this one comes to.
 */
static void allocate_until_struck(void)
{
	unsigned char pattern = 0;

	for (int calls = 0; struck < STRIKES || calls < STRIKES; calls++) {
		check(&rule_restore, calls < CALLS_MAX,
		      "the timer's interrupt, between two calls",
		      "none: interrupts are still off");
		allocate_and_free(pattern++);
	}
	is_working = false;
}

static const struct layout most_of_it = { HEAP_SIZE / 4 * 3, 16 };

static void use_most_of_it(void)
{
	void *block = shared_alloc(most_of_it);

	check(&rule_heap_calls, block, "most of the heap, which is free",
	      "NULL");
	shared_dealloc(block, most_of_it);
}

static void begin_heap(void)
{
	begin();
	shared_init(test_heap(), HEAP_SIZE);
	use_most_of_it();
}

static void end_heap(void)
{
	hardware_timer_stop();
	machine_interrupts_off();
	use_most_of_it();
}

void timer_allocates(void)
{
	begin_heap();
	hardware_timer_start(allocate_in_handler, TICKS_SOON, false);
	machine_interrupts_set(true);
	allocate_until_struck();
	end_heap();
}

/* ---- Two processors -------------------------------------------------------------- */

#define ADDITIONS 1000

static uint32_t arrived;
static volatile unsigned sum;

/* Both begin when both are there. */
static void meet(void)
{
	processor_add(&arrived, 1);
	while (processor_load(&arrived) < 2)
		processor_pause();
}

/* The other processor's turn is in the middle of each addition. */
static void add(void)
{
	meet();
	for (int i = 0; i < ADDITIONS; i++) {
		unsigned before;

		lock_acquire(&lock);
		before = sum;
		processor_pause();
		sum = before + 1;
		lock_release(&lock);
	}
}

void second_processor_adds(void)
{
	begin();
	arrived = sum = 0;
	hardware_second_start(add);
	add();
	hardware_second_wait();
	check(&rule_excludes, sum == 2 * ADDITIONS,
	      "two processors add 1,000 each: 2,000",
	      "less: some were lost");
	test_show("two processors have added %u", sum);
}

static void allocate_on_second(void)
{
	unsigned char pattern = 128;

	meet();
	while (is_working)
		allocate_and_free(pattern++);
}

/* Two processors, and the handler on one of them. */
void second_processor_allocates(void)
{
	begin_heap();
	arrived = 0;
	hardware_second_start(allocate_on_second);
	meet();
	hardware_timer_start(allocate_in_handler, TICKS_SOON, false);
	machine_interrupts_set(true);
	allocate_until_struck();
	hardware_second_wait();
	end_heap();
}
