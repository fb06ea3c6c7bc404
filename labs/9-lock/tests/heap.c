/* The shared heap. */
#include "tests.h"

#include "memory/heap.h"
#include "races.h"
#include "rules.h"

#define HANDLER(processor) (PROCESSORS_MAX + (processor))
#define BOUND 2

/* One processor: the heap is that of the allocator below.  For none left: heap_full. */
void heap_alone(void)
{
	struct layout layout = { PAGE_SIZE, 64 };
	void *first, *second;

	shared_init(test_heap(), HEAP_SIZE);
	first = shared_alloc(layout);
	second = shared_alloc(layout);
	check(&rule_heap_calls, first && second && first != second,
	      "two blocks", "%p and %p", first, second);
	shared_dealloc(first, layout);
	shared_dealloc(second, layout);
	shared_init((void *)HEAP_START, HEAP_SIZE);
	check(&rule_heap_calls, shared_alloc(layout), "a block", "NULL");
}

/* Of no bytes, for which some would not even call alloc. */
static void alloc_with_bad_align(void)
{
	shared_alloc((struct layout){ 0, 3 });
}

void heap_bad_align(void)
{
	shared_init(test_heap(), HEAP_SIZE);
	check_panics(&rule_heap_calls, "a panic, as alloc's: size 0, align 3",
		     alloc_with_bad_align);
}

void heap_excludes(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	for (unsigned p = 0; p < 2; p++)
		race_program(p, ON(ALLOC, 0), ON(DEALLOC, 0));
	race_play_all(&rule_heap_gives_back, BOUND);
}

void heap_three(void)
{
	race_begin();
	race_program(0, ON(ALLOC, 0));
	race_program(1, ON(DEALLOC, 0));
	race_program(2, ON(INIT, 0));
	race_play_all(&rule_heap_gives_back, BOUND);
}

void heap_full(void)
{
	race_begin();
	race.is_full = true;
	race_program(0, ON(ALLOC, 0), ON(ALLOC, 0));
	race_program(1, ON(ALLOC, 0));
	race_play_all(&rule_heap_gives_back, BOUND);
}

/* The deadlock of the post. */
void handler_allocates(void)
{
	race_begin();
	race.schedule.interrupts_on = 3;
	race_program(0, ON(ALLOC, 0), ON(DEALLOC, 0));
	race_program(HANDLER(0), ON(ALLOC, 0), ON(DEALLOC, 0));
	race_program(1, ON(ALLOC, 0));
	race_play_all(&rule_heap_interrupts, BOUND);
}

void handler_starts_over(void)
{
	race_begin();
	race.schedule.interrupts_on = 1;
	race_program(0, ON(INIT, 0), ON(ALLOC, 0));
	race_program(HANDLER(0), ON(ALLOC, 0));
	race_play_all(&rule_heap_interrupts, BOUND);
}
