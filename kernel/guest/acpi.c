#include "guest/acpi.h"

#include "lib/string.h"

/* ACPI 6.5, 5.2.5.3: the root pointer, as far as it matters. */
struct __attribute__((packed)) acpi_root {
	char unused[15];
	uint8_t revision; /* from 2 on there is an XSDT */
	uint32_t rsdt;
	uint32_t length;
	uint64_t xsdt;
};

/* 5.2.6: every other table begins with this. */
struct acpi_header {
	char signature[4];
	uint32_t length; /* of the table, with this */
	char unused[28];
};

/* 5.2.12: what can be in the MADT, whose entries begin 44 bytes into it. */
struct __attribute__((packed)) madt_entry {
	uint8_t type;
	uint8_t length;
	union {
		struct __attribute__((packed)) {
			uint8_t number, apic;
			uint32_t flags;
		} processor;
		struct __attribute__((packed)) {
			uint8_t number, unused;
			uint32_t address;
			uint32_t first_input;
		} io_apic;
		struct __attribute__((packed)) {
			uint8_t bus, interrupt;
			uint32_t input;
		} isa_override;
	};
};

enum { MADT_PROCESSOR, MADT_IO_APIC, MADT_ISA_OVERRIDE };

#define MADT_ENTRIES 44
#define MADT_ENTRY_HEADER 2
#define MADT_PROCESSOR_ENABLED (1 << 0)

_Static_assert(sizeof(struct acpi_root) == 32 &&
		       sizeof(struct acpi_header) == 36 &&
		       sizeof(struct madt_entry) == 12,
	       "ACPI's layouts have no hidden padding");

/* Longer tables of the two kinds that we read are nonsense. */
#define TABLE_LIMIT 65536

struct table {
	bool (*read)(uint64_t physical, void *to, size_t size);
	uint64_t start;
	uint32_t length;
};

/* Open the table at this address; false if its signature is another one. */
static bool table_open(struct table *table, uint64_t start,
		       const char *signature)
{
	struct acpi_header header;

	if (!table->read(start, &header, sizeof(header)) ||
	    memcmp(header.signature, signature, sizeof(header.signature)) != 0 ||
	    header.length > TABLE_LIMIT)
		return false;
	table->start = start;
	table->length = header.length;
	return true;
}

/* Copy from inside the table; false if that is out of bounds. */
static bool table_read(const struct table *table, uint32_t offset, void *to,
		       uint32_t size)
{
	return offset <= table->length && size <= table->length - offset &&
	       table->read(table->start + offset, to, size);
}

/* The MADT is one of the tables that the XSDT, or the older RSDT, lists. */
static bool find_madt(struct table *table, uint64_t at)
{
	struct acpi_root root;
	struct table list = *table;
	uint32_t size = sizeof(root.xsdt);
	uint64_t start = 0;

	if (!list.read(at, &root, offsetof(struct acpi_root, length)))
		return false;
	if (root.revision < 2 || !list.read(at, &root, sizeof(root)) ||
	    !table_open(&list, root.xsdt, "XSDT")) {
		size = sizeof(root.rsdt);
		if (!table_open(&list, root.rsdt, "RSDT"))
			return false;
	}
	for (uint32_t i = sizeof(struct acpi_header);
	     table_read(&list, i, &start, size); i += size)
		if (table_open(table, start, "APIC"))
			return true;
	return false;
}

/* The entry at `at`, filled up with zeroes where it is too short. */
static bool read_entry(const struct table *madt, uint32_t at,
		       struct madt_entry *entry)
{
	memset(entry, 0, sizeof(*entry));
	return table_read(madt, at, entry, MADT_ENTRY_HEADER) &&
	       entry->length >= MADT_ENTRY_HEADER &&
	       table_read(madt, at, entry,
			  entry->length < sizeof(*entry) ? entry->length :
							   sizeof(*entry));
}

bool acpi_processor(unsigned number, uint8_t *apic, uint64_t root,
		    bool (*read)(uint64_t physical, void *to, size_t size))
{
	struct table madt = { .read = read };
	struct madt_entry entry;

	if (!find_madt(&madt, root))
		return false;
	for (uint32_t at = MADT_ENTRIES; read_entry(&madt, at, &entry);
	     at += entry.length) {
		if (entry.type != MADT_PROCESSOR ||
		    !(entry.processor.flags & MADT_PROCESSOR_ENABLED))
			continue;
		*apic = entry.processor.apic;
		if (number-- == 0)
			return true;
	}
	return false;
}

const char *acpi_timer_route(struct timer_route *route, uint64_t root,
			     bool (*read)(uint64_t physical, void *to,
					  size_t size))
{
	struct table madt = { .read = read };
	struct madt_entry entry;
	uint32_t input = 0; /* ISA's interrupts are the first */

	*route = (struct timer_route){ 0 };
	if (!find_madt(&madt, root))
		return "ACPI lists no interrupt controllers (MADT)";
	for (uint32_t at = MADT_ENTRIES; read_entry(&madt, at, &entry);
	     at += entry.length) {
		if (entry.type == MADT_IO_APIC && entry.io_apic.first_input == 0)
			route->io_apic = entry.io_apic.address;
		if (entry.type == MADT_ISA_OVERRIDE &&
		    entry.isa_override.interrupt == 0)
			input = entry.isa_override.input;
	}
	route->pin = (uint8_t)input;
	if (!acpi_processor(0, &route->processor, root, read) ||
	    route->io_apic == 0 || input > UINT8_MAX)
		return "ACPI's MADT does not say where the timer is wired to";
	return NULL;
}
