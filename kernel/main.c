/*
 * Where the kernel's C begins.  Start-up is this list, top to bottom; nothing
 * in it calls a lab piece before the showcase or the tests do.
 */
#include "boot_info.h"
#include "guest/test_run.h"
#include "layout.h"
#include "lib/arguments.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "machine.h"
#include "machine/descriptors.h"
#include "machine/serial.h"
#include "machine/symbols.h"
#include "machine/tables.h"
#include "screen/screen.h"
#include "showcase/showcase.h"

/* boot/start.asm shows the kernel this much of physical memory. */
#define BOOT_DIRECT_MAP_SIZE PAGE_SIZE_1GIB

static struct boot_info boot_info;

static void read_boot_info(uint64_t physical)
{
	const char *complaint;

	require(physical < BOOT_DIRECT_MAP_SIZE,
		"the boot information lies at 0x%llx, above the first GiB",
		(unsigned long long)physical);
	complaint = boot_info_parse(&boot_info,
				    (void *)(DIRECT_MAP_BASE + physical),
				    BOOT_DIRECT_MAP_SIZE - physical, physical,
				    KERNEL_BASE);
	if (complaint)
		panic("%s", complaint);
	boot_info_forget_above(&boot_info, DIRECT_MAP_SIZE);
}

/* Without them, or with any outside of memory, backtraces show no names. */
static void read_symbols(void)
{
	const struct symbol_tables *tables = &boot_info.kernel_symbols;

	if (tables_show_all(tables->symbols) && tables_show_all(tables->names))
		symbols_init(tables);
}

static void print_memory(void)
{
	uint64_t usable = 0;

	for (size_t i = 0; i < boot_info.area_count; i++)
		if (boot_info.areas[i].type == MEMORY_USABLE)
			usable += boot_info.areas[i].range.end -
				  boot_info.areas[i].range.start;
	kprintf("Cairn: %llu KiB of usable memory\n",
		(unsigned long long)(usable / 1024));
}

/* What the command line asks for; docs/transcript.md lists it. */
static void obey(const char *arguments)
{
	print_memory();
	if (!argument_is_given(arguments, "cairn"))
		arguments = "";
	if (argument_is_given(arguments, "test"))
		test_run(&boot_info, arguments);
	else if (showcase_run)
		showcase_run(arguments, &boot_info);
	else
		panic("this kernel has nothing but tests");
}

_Noreturn void kernel_main(uint64_t boot_information);

void kernel_main(uint64_t boot_information)
{
	serial_init(SERIAL_TRANSCRIPT);
	serial_init(SERIAL_DEBUG);
	screen_init();
	descriptors_init(0); /* exceptions are reported from here on */
	read_boot_info(boot_information);
	tables_init(&boot_info); /* the address map of layout.h holds */
	screen_use_framebuffer(&boot_info.framebuffer);
	read_symbols();
	obey(boot_info.command_line);
	machine_exit(MACHINE_EXIT_DONE);
}
