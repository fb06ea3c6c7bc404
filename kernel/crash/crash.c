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

/* The report of a fault looks up names; here it faults while it does. */
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

/* So that printing faults as well, on the screen. */
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
};

#define CRASH_COUNT (sizeof(crashes) / sizeof(crashes[0]))

void showcase_run(const char *arguments, const struct boot_info *info)
{
	char name[32] = "";

	argument_text(arguments, "show=", name, sizeof(name));
	watchdog_init(info->acpi_root, false);
	for (size_t i = 0; i < CRASH_COUNT; i++)
		if (strcmp(crashes[i].name, name) == 0)
			crashes[i].provoke();
	kprintf("there is no crash called %s\n", name);
}
