#include "machine.h"

#include "guest/watchdog.h"
#include "layout.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "machine/cpu.h"
#include "machine/serial.h"
#include "machine/tables.h"
#include "memory/page_table.h"
#include "screen/screen.h"

/* QEMU's isa-debug-exit; on other machines nothing listens there. */
#define EXIT_PORT 0xf4

#define FLAGS_INTERRUPTS (1 << 9)

void *machine_frame_memory(struct frame frame)
{
	require(frame.start % PAGE_SIZE == 0,
		"0x%llx is not the start of a frame",
		(unsigned long long)frame.start);
	require(tables_show(frame.start),
		"there is no memory at physical address 0x%llx",
		(unsigned long long)frame.start);
	return (void *)(DIRECT_MAP_BASE + frame.start);
}

void machine_flush_page(struct page page)
{
	cpu_invalidate_page(page.start);
}

struct frame machine_root(void)
{
	return frame_containing(cpu_read_cr3());
}

void machine_set_root(struct frame root)
{
	cpu_write_cr3(root.start);
}

void machine_make_root(struct frame root)
{
	struct page_table *table = machine_frame_memory(root);
	const struct page_table *shared = machine_frame_memory(tables_root());
	uint64_t half = sizeof(*table) / 2;

	memset(table->entries, 0, half);
	memcpy(table->entries + UPPER_HALF_ROOT_INDEX,
	       shared->entries + UPPER_HALF_ROOT_INDEX, half);
}

bool machine_interrupts_off(void)
{
	bool were_on = cpu_read_flags() & FLAGS_INTERRUPTS;

	__asm__ volatile("cli" : : : "memory");
	return were_on;
}

void machine_interrupts_set(bool on)
{
	if (on)
		__asm__ volatile("sti" : : : "memory");
	else
		__asm__ volatile("cli" : : : "memory");
}

void machine_exit(enum machine_exit why)
{
	watchdog_stop();
	cpu_out8(EXIT_PORT, why);
	for (;;)
		cpu_halt();
}

void machine_write(char byte)
{
	serial_write(SERIAL_TRANSCRIPT, byte);
	screen_write(byte);
}

void machine_write_debug(char byte)
{
	serial_write(SERIAL_DEBUG, byte);
}
