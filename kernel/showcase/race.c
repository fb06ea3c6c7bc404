/* Two processors that add to one number: what is lost without a lock, and with one. */
#include "showcase/showcase.h"

#include "lib/console.h"
#include "processors/processors.h"
#include "processors/second.h"

#define ADDITIONS 5000000

static volatile unsigned sum;
static uint32_t held, arrived;

/* Both begin when both are there. */
static void meet(void)
{
	processor_add(&arrived, 1);
	while (processor_load(&arrived) < 2)
		processor_pause();
}

static void add(void)
{
	meet();
	for (int i = 0; i < ADDITIONS; i++)
		sum++; /* a read, an addition and a write */
}

static void add_locked(void)
{
	meet();
	for (int i = 0; i < ADDITIONS; i++) {
		while (processor_exchange(&held, 1))
			processor_pause();
		sum++;
		processor_store(&held, 0);
	}
}

static void race(const char *name, void (*run)(void))
{
	const char *wrong;

	sum = arrived = 0;
	wrong = second_start(run);
	if (wrong) {
		kprintf("%s: %s\n", name, wrong);
		return;
	}
	run();
	while (!second_is_done())
		processor_pause();
	second_park();
	kprintf("%s: %u of %u additions are lost\n", name, 2 * ADDITIONS - sum,
		2 * ADDITIONS);
}

void show_race(const struct stage *stage)
{
	const char *wrong = second_init(stage->info);

	if (wrong) {
		kprintf("no race: %s\n", wrong);
		return;
	}
	race("without a lock", add);
	race("with a lock", add_locked);
}
