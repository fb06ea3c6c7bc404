/*
 * Crashes on purpose, for the tests of what the kernel says about them.  An image
 * that is linked with this in place of showcase/ has these shows:
 * "cairn show=null-write".
 */
#include "showcase/showcase.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guest/watchdog.h"
#include "layout.h"
#include "lib/arguments.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "machine.h"
#include "machine/symbols.h"
#include "memory/page_table.h"
#include "processors/interrupts.h"
#include "processors/second.h"

static void null_write(void)
{
	*(volatile int *)NULL = 1;
}

static void null_call(void)
{
	((void (*)(void))NULL)();
}

static void text_write(void)
{
	*(volatile char *)kernel_text_start = 0;
}

static void direct_text_write(void)
{
	uint64_t physical = (uint64_t)kernel_text_start - KERNEL_BASE;

	*(volatile char *)(DIRECT_MAP_BASE + physical) = 0;
}

static void data_execute(void)
{
	static const char return_instruction[] = { (char)0xc3 };
	static char code[1];

	code[0] = return_instruction[0];
	((void (*)(void))code)();
}

static void divide_error(void)
{
	__asm__ volatile("xor %%edx, %%edx; xor %%ecx, %%ecx; div %%ecx"
			 : : : "eax", "ecx", "edx");
}

static void invalid_opcode(void)
{
	__asm__ volatile("ud2");
}

static void general_protection(void)
{
	*(volatile int *)LOWER_HALF_END = 1; /* not canonical */
}

/* Set once and never cleared, which the compiler must not know. */
static volatile bool deeper = true;

/* Uses up the stack, down into its guard page. */
static int stack_overflow_at(int depth)
{
	volatile char fill[512];

	fill[depth % 512] = (char)depth;
	return (deeper ? stack_overflow_at(depth + 1) : 0) + fill[depth % 512];
}

static void stack_overflow(void)
{
	stack_overflow_at(0);
}

/*
 * A divide error while the stack pointer is not even canonical: its delivery
 * faults in turn, which makes a double fault (Intel SDM 3A, table 6-5).
 */
static void stack_smashed(void)
{
	uint64_t not_canonical = 2 * LOWER_HALF_END;

	__asm__ volatile("mov %0, %%rsp; xor %%ecx, %%ecx; div %%ecx"
			 : : "r"(not_canonical) : "ecx", "memory");
}

/* The report of a fault looks up names; here it faults while doing so. */
static void nested(void)
{
	static const struct symbol_tables nowhere = {
		.symbols = { 1ull << 45, (1ull << 45) + 4096 },
		.names = { 0x1000, 0x1001 },
	};

	*(volatile char *)(DIRECT_MAP_BASE + nowhere.names.start) = 0;
	symbols_init(&nowhere);
	null_write();
}

/* So that printing to the screen faults as well. */
static void direct_map_lost(void)
{
	struct page_table *root = machine_frame_memory(machine_root());

	root->entries[UPPER_HALF_ROOT_INDEX] = 0;
	machine_set_root(machine_root());
	null_write();
}

static void panic_on_purpose(void)
{
	panic("on purpose: %d is not %d", 1, 2);
}

static void hang(void)
{
	watchdog_start();
	for (;;)
		;
}

/* What the second processor does, while the first waits for it. */
static void on_second(void (*provoke)(void))
{
	const char *wrong = second_start(provoke);

	if (wrong)
		panic("%s", wrong);
	while (!second_is_done())
		;
	kprintf("the second processor is done\n");
}

static void second_null_write(void)
{
	on_second(null_write);
}

static void second_panic(void)
{
	on_second(panic_on_purpose);
}

static void second_overflow(void)
{
	on_second(stack_overflow);
}

static void second_smashed(void)
{
	on_second(stack_smashed);
}

static void nothing(void)
{
}

/* Many times, each through INIT. */
static void second_again(void)
{
	for (int i = 0; i < 3; i++)
		on_second(nothing);
}

/* Both fail as soon as both have arrived here: there is one report. */
static volatile unsigned arrived;

static void null_write_together(void)
{
	__atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
	while (arrived < 2)
		;
	null_write();
}

static void both(void)
{
	second_start(null_write_together);
	null_write_together();
}

static volatile unsigned strikes;

static void count_strike(void)
{
	strikes++;
}

/* The timer's interrupt, three times and then no more. */
static void timer(void)
{
	interrupts_timer_start(count_strike, 1000, true);
	machine_interrupts_set(true);
	while (strikes < 3)
		;
	interrupts_timer_stop();
	for (volatile int i = 0; i < 100000; i++)
		;
	kprintf("the timer has struck %u times\n", strikes);
}

/* Each waits for the other. */
static void second_hang(void)
{
	watchdog_start();
	on_second(hang);
}

static void hang_in_handler(void)
{
	hang();
}

static void interrupted_hang(void)
{
	interrupts_timer_start(hang_in_handler, 1000, false);
	machine_interrupts_set(true);
	hang();
}

static const struct {
	const char *name;
	void (*provoke)(void);
} crashes[] = {
	{ "null-write", null_write },
	{ "null-call", null_call },
	{ "text-write", text_write },
	{ "direct-text-write", direct_text_write },
	{ "data-execute", data_execute },
	{ "divide-error", divide_error },
	{ "invalid-opcode", invalid_opcode },
	{ "general-protection", general_protection },
	{ "stack-overflow", stack_overflow },
	{ "stack-smashed", stack_smashed },
	{ "nested", nested },
	{ "direct-map-lost", direct_map_lost },
	{ "panic", panic_on_purpose },
	{ "hang", hang },
	{ "second-null-write", second_null_write },
	{ "second-panic", second_panic },
	{ "second-overflow", second_overflow },
	{ "second-smashed", second_smashed },
	{ "second-again", second_again },
	{ "second-hang", second_hang },
	{ "both", both },
	{ "timer", timer },
	{ "interrupted-hang", interrupted_hang },
};

#define CRASH_COUNT (sizeof(crashes) / sizeof(crashes[0]))

void showcase_run(const char *arguments, const struct boot_info *info)
{
	char name[32] = "";
	const char *wrong;

	argument_text(arguments, "show=", name, sizeof(name));
	watchdog_init(info->acpi_root, false);
	if ((wrong = second_init(info)))
		kprintf("Cairn: no second processor: %s\n", wrong);
	for (size_t i = 0; i < CRASH_COUNT; i++)
		if (strcmp(crashes[i].name, name) == 0)
			crashes[i].provoke();
	kprintf("there is no crash called %s\n", name);
}
