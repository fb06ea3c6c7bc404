/*
 * The parser of ACPI's tables: the usual ones, the unusual ones, and damaged
 * ones, which it must not follow out of what can be read.
 */
#include "guest/acpi.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

/*
 * Physical memory, as far as it can be read, begins at BASE.  It lies in a block
 * of its own, so that the sanitizers see a step too far.
 */
#define BASE 0xe0000000u
#define ROOT BASE
#define RSDT (BASE + 0x100)
#define XSDT (BASE + 0x200)
#define FADT (BASE + 0x300)
#define MADT (BASE + 0x400)
#define SIZE 0x600

static uint8_t *memory;
static struct timer_route route;

static bool read_memory(uint64_t physical, void *to, size_t size)
{
	if (physical < BASE || physical - BASE > SIZE ||
	    size > SIZE - (physical - BASE))
		return false;
	memcpy(to, memory + (physical - BASE), size);
	return true;
}

static void put(uint32_t at, uint64_t value, size_t size)
{
	memcpy(memory + (at - BASE), &value, size);
}

static void put_header(uint32_t at, const char *signature, uint32_t length)
{
	memcpy(memory + (at - BASE), signature, 4);
	put(at + 4, length, 4);
}

/* One entry of the MADT: the bytes behind its type and length. */
static uint32_t madt_end;

static void put_entry(uint8_t type, uint8_t length, const uint8_t *bytes)
{
	put(madt_end, type, 1);
	put(madt_end + 1, length, 1);
	memcpy(memory + (madt_end + 2 - BASE), bytes, length - 2u);
	madt_end += length;
	put_header(MADT, "APIC", madt_end - MADT);
}

static void put_processor(uint8_t apic, uint8_t flags)
{
	put_entry(0, 8, (uint8_t[]){ 9, apic, flags, 0, 0, 0 });
}

static void put_io_apic(uint8_t first_input, uint8_t page)
{
	put_entry(1, 12, (uint8_t[]){ 3, 0, 0, page, 0xc0, 0xfe, first_input, 0,
				      0, 0 });
}

static void put_override(uint8_t interrupt, uint8_t input)
{
	put_entry(2, 10, (uint8_t[]){ 0, interrupt, input, 0, 0, 0, 0, 0 });
}

/* Tables of revision 0, with an FADT before the MADT, which is empty. */
static void begin(void)
{
	memset(memory, 0, SIZE);
	memcpy(memory, "RSD PTR ", 8);
	put(ROOT + 16, RSDT, 4);
	put_header(RSDT, "RSDT", 36 + 8);
	put(RSDT + 36, FADT, 4);
	put(RSDT + 40, MADT, 4);
	put_header(FADT, "FACP", 0x80);
	madt_end = MADT + 44;
	put_header(MADT, "APIC", 44);
}

static void begin_usual(void)
{
	begin();
	put_processor(0, 1);
	put_processor(1, 1);
	put_io_apic(0, 0x00);
	put_override(0, 2);
	put_override(9, 9);
}

static const char *parse(void)
{
	return acpi_timer_route(&route, ROOT, read_memory);
}

static bool route_is(uint64_t io_apic, int pin, int processor)
{
	return parse() == NULL && route.io_apic == io_apic &&
	       route.pin == pin && route.processor == processor;
}

static void test_usual(void)
{
	begin_usual();
	ok(route_is(0xfec00000, 2, 0), "the usual PC");
	put(ROOT + 24, XSDT, 8);
	put_header(XSDT, "XSDT", 36 + 8);
	ok(route_is(0xfec00000, 2, 0), "no XSDT before revision 2");
	put(ROOT + 15, 2, 1);
	put(RSDT + 40, 0, 4);
	put(XSDT + 36, MADT, 8);
	ok(route_is(0xfec00000, 2, 0), "the XSDT, from revision 2 on");
	put(XSDT + 36, (uint64_t)MADT + (1ull << 32), 8);
	ok(parse() != NULL, "the XSDT's addresses have 64 bits");
}

static void test_unusual(void)
{
	begin();
	put_processor(4, 0);
	put_processor(6, 1);
	put_processor(7, 1);
	put_io_apic(24, 0x10);
	put_io_apic(0, 0x20);
	put_io_apic(48, 0x30);
	ok(route_is(0xfec02000, 0, 6),
	   "the first processor that is on, the I/O APIC of ISA, no override");
	put_entry(9, 16, (uint8_t[14]){ 0 });
	put_entry(200, 3, (uint8_t[]){ 1 });
	put_override(0, 17);
	ok(route_is(0xfec02000, 17, 6), "entries of unknown types are skipped");
}

static int processor(unsigned number)
{
	uint8_t apic;

	return acpi_processor(number, &apic, ROOT, read_memory) ? apic : -1;
}

static void test_processors(void)
{
	begin_usual();
	ok(processor(0) == 0 && processor(1) == 1, "both processors");
	ok(processor(2) == -1, "and no third one");
	begin();
	put_processor(4, 0);
	put_processor(6, 1);
	put_io_apic(0, 0);
	put_processor(5, 0);
	put_processor(7, 1);
	ok(processor(0) == 6 && processor(1) == 7, "only those that are on");
	put_header(MADT, "APIC", madt_end - MADT - 4);
	ok(processor(1) == -1, "an entry that the table's end cuts off");
}

static void test_missing(void)
{
	begin();
	ok(parse() != NULL, "an empty MADT");
	put_processor(0, 1);
	ok(parse() != NULL, "no I/O APIC");
	begin();
	put_io_apic(0, 0);
	ok(parse() != NULL, "no processor");
	put_entry(200, 8, (uint8_t[]){ 0, 0, 1, 0, 0, 0 });
	put_entry(0, 4, (uint8_t[]){ 0, 0 });
	ok(parse() != NULL, "a processor whose entry is cut off");
	begin_usual();
	put(madt_end - 16, 0x102, 4); /* the timer's override */
	ok(parse() != NULL, "an input that no I/O APIC has");
	put_header(MADT, "apic", madt_end - MADT);
	ok(parse() != NULL, "no MADT");
	ok(acpi_timer_route(&route, 0, read_memory) != NULL, "no root");
}

static void test_damaged(void)
{
	begin_usual();
	put(MADT + 45, 0, 1);
	ok(parse() != NULL, "an entry of length 0 ends the list");
	begin_usual();
	put_header(MADT, "APIC", UINT32_MAX);
	ok(parse() != NULL, "a table of 4 GiB");
	begin_usual();
	put_header(MADT, "APIC", 45);
	ok(parse() != NULL, "a table that ends within an entry's first bytes");
	begin_usual();
	put_header(MADT, "APIC", 44 + 9);
	ok(parse() != NULL, "a table that ends within an entry");
	begin_usual();
	put_header(RSDT, "RSDT", 36 + 7);
	ok(parse() != NULL, "a list that ends within an address");
	begin_usual();
	put_header(RSDT, "RSDT", 3);
	ok(parse() != NULL, "a list shorter than its header");
	begin_usual();
	put(RSDT + 40, UINT32_MAX, 4);
	ok(parse() != NULL, "an address where there is nothing");
}

/* Each byte in turn gets each of a few values: no step too far, no loop. */
static void test_every_byte(void)
{
	static const uint8_t values[] = { 0, 1, 2, 0x7f, 0x80, 0xff };

	for (unsigned i = 0; i < SIZE; i++)
		for (unsigned j = 0; j < sizeof(values); j++) {
			begin_usual();
			memory[i] = values[j];
			parse();
		}
	ok(true, "one damaged byte, wherever, does no harm");
}

int main(void)
{
	memory = malloc(SIZE);
	test_usual();
	test_unusual();
	test_processors();
	test_missing();
	test_damaged();
	test_every_byte();
	free(memory);
	return tap_end();
}
