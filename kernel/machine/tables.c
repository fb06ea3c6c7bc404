#include "machine/tables.h"

#include "layout.h"
#include "lib/panic.h"
#include "machine/cpu.h"
#include "machine/stacks.h"
#include "memory/page_table.h"

/*
 * Tables come from a static pool, because nothing hands out frames yet: a level 2
 * table for each GiB of the direct map, a level 1 table where either end of a
 * memory area cuts a 2 MiB page, and a few for the rest (the upper levels, the
 * first MiB, the image, twice, and the devices).
 */
#define POOL_TABLES \
	(DIRECT_MAP_SIZE / PAGE_SIZE_1GIB + 2 * BOOT_INFO_AREAS + 24)

static _Alignas(PAGE_SIZE) struct page_table pool[POOL_TABLES];
static unsigned pool_used;

#define RIGHTS_READ_EXECUTE 0ull
#define RIGHTS_READ PTE_NO_EXECUTE
#define RIGHTS_READ_WRITE (PTE_WRITABLE | PTE_NO_EXECUTE)
#define RIGHTS_DEVICE \
	(RIGHTS_READ_WRITE | PTE_CACHE_DISABLE | PTE_WRITE_THROUGH)

static uint64_t image_physical(const void *address)
{
	return (uint64_t)address - KERNEL_BASE;
}

static struct page_table *table_behind(uint64_t entry)
{
	return (void *)(DIRECT_MAP_BASE + pte_frame(entry).start);
}

static struct page_table *root(void)
{
	return &pool[0];
}

/* The table that an entry leads to, made if it is missing. */
static struct page_table *table_below(uint64_t *entry)
{
	require(!pte_is_huge(*entry), "a page table is asked for inside a huge page");
	if (!pte_is_present(*entry)) {
		require(pool_used < POOL_TABLES,
			"the pool of %u page tables is used up",
			(unsigned)POOL_TABLES);
		*entry = image_physical(&pool[pool_used++]) | PTE_PRESENT |
			 PTE_WRITABLE;
	}
	return table_behind(*entry);
}

/* One page of PAGE_SIZE (level 1) or PAGE_SIZE_2MIB (level 2). */
static void map_page(uint64_t address, uint64_t physical, uint64_t rights,
		     unsigned page_level)
{
	struct page_table *table = root();

	for (unsigned level = PAGE_TABLE_LEVELS; level > page_level; level--)
		table = table_below(
			&table->entries[page_table_index(address, level)]);
	table->entries[page_table_index(address, page_level)] =
		physical | rights | PTE_PRESENT |
		(page_level == 2 ? PTE_HUGE : 0);
}

/* Map [start, end) of physical memory, at `distance` above its addresses. */
static void map_range(uint64_t start, uint64_t end, uint64_t distance,
		      uint64_t rights)
{
	while (start < end) {
		bool huge = start % PAGE_SIZE_2MIB == 0 &&
			    end - start >= PAGE_SIZE_2MIB;

		map_page(start + distance, start, rights, huge ? 2 : 1);
		start += huge ? PAGE_SIZE_2MIB : PAGE_SIZE;
	}
}

static void map_direct(uint64_t start, uint64_t end, uint64_t rights)
{
	map_range(start, end, DIRECT_MAP_BASE, rights);
}

static uint64_t lesser(uint64_t left, uint64_t right)
{
	return left < right ? left : right;
}

static uint64_t greater(uint64_t left, uint64_t right)
{
	return left > right ? left : right;
}

/* The same, as far as it lies in [from, to); pages cut by a boundary count. */
static void map_direct_within(struct physical_range range, uint64_t from,
			      uint64_t to, uint64_t rights)
{
	map_direct(greater(frame_containing(range.start).start, from),
		   lesser(page_boundary_above(range.end), to), rights);
}

/* RAM, with the kernel's text and constants in it read-only here too. */
static void map_memory(struct physical_range range)
{
	uint64_t constant_start = image_physical(kernel_text_start);
	uint64_t constant_end = image_physical(kernel_data_start);

	map_direct_within(range, LOW_MEMORY_END, constant_start,
			  RIGHTS_READ_WRITE);
	map_direct_within(range, constant_start, constant_end, RIGHTS_READ);
	map_direct_within(range, constant_end, DIRECT_MAP_SIZE,
			  RIGHTS_READ_WRITE);
}

static void map_all_memory(const struct boot_info *info)
{
	map_direct(0, VGA_WINDOW_START, RIGHTS_READ_WRITE);
	map_direct(VGA_WINDOW_START, VGA_WINDOW_END, RIGHTS_DEVICE);
	map_direct(VGA_WINDOW_END, LOW_MEMORY_END, RIGHTS_READ_WRITE);
	for (size_t i = 0; i < info->area_count; i++) {
		const struct memory_area *area = &info->areas[i];

		if (area->type == MEMORY_USABLE ||
		    area->type == MEMORY_ACPI_RECLAIMABLE ||
		    area->type == MEMORY_ACPI_NVS)
			map_memory(area->range);
	}
}

/* The image at its own addresses, without the guard pages. */
static void map_image(const char *start, const char *end, uint64_t rights)
{
	for (const char *page = start; page < end; page += PAGE_SIZE)
		if (!stack_guard_contains((uint64_t)page))
			map_page((uint64_t)page, image_physical(page), rights,
				 1);
}

/* All roots share one upper half for ever, so its tables must exist. */
static void make_upper_half(void)
{
	for (unsigned i = UPPER_HALF_ROOT_INDEX; i < PAGE_TABLE_ENTRIES; i++)
		if (i == page_table_index(DIRECT_MAP_BASE, 4) ||
		    i == page_table_index(DEVICES_BASE, 4) ||
		    i == page_table_index(KERNEL_BASE, 4))
			table_below(&root()->entries[i]);
}

void tables_init(const struct boot_info *info)
{
	pool_used = 1; /* the root */
	make_upper_half();
	map_all_memory(info);
	map_image(kernel_text_start, kernel_rodata_start, RIGHTS_READ_EXECUTE);
	map_image(kernel_rodata_start, kernel_data_start, RIGHTS_READ);
	map_image(kernel_data_start, kernel_end, RIGHTS_READ_WRITE);
	cpu_write_cr3(tables_root().start);
}

/* Whether the processor has such addresses: Intel SDM 2A, CPUID. */
static bool is_addressable(uint64_t physical, uint64_t size)
{
	uint64_t end = 1ull << (cpu_cpuid(CPUID_ADDRESS_SIZES) & 0x3f);

	return size <= end && physical <= end - size;
}

volatile void *tables_map_device(uint64_t physical, uint64_t size)
{
	static uint64_t next = DEVICES_BASE + PAGE_SIZE_2MIB;
	uint64_t offset = physical % PAGE_SIZE_2MIB;
	uint64_t address = next + offset;

	if (size > DEVICE_SIZE_LIMIT || !is_addressable(physical, size) ||
	    tables_show(physical))
		return NULL;
	map_range(frame_containing(physical).start,
		  page_boundary_above(physical + size), address - physical,
		  RIGHTS_DEVICE);
	next += (offset + size + PAGE_SIZE_2MIB - 1) / PAGE_SIZE_2MIB *
		PAGE_SIZE_2MIB;
	return (volatile void *)address;
}

/* Through one page that shows whatever is asked for. */
bool tables_read(uint64_t physical, void *to, size_t size)
{
	char *bytes = to;

	if (!is_addressable(physical, size))
		return false;
	for (; size > 0; size--, physical++) {
		map_page(DEVICES_BASE, frame_containing(physical).start,
			 RIGHTS_READ, 1);
		cpu_invalidate_page(DEVICES_BASE);
		*bytes++ = *(char *)(DEVICES_BASE + physical % PAGE_SIZE);
	}
	return true;
}

struct frame tables_root(void)
{
	return frame_containing(image_physical(root()));
}

bool tables_show(uint64_t physical)
{
	uint64_t address = DIRECT_MAP_BASE + physical;
	const struct page_table *table = root();

	if (physical >= DIRECT_MAP_SIZE)
		return false;
	for (unsigned level = PAGE_TABLE_LEVELS; level > 0; level--) {
		uint64_t entry =
			table->entries[page_table_index(address, level)];

		if (!pte_is_present(entry))
			return false;
		if (pte_is_huge(entry) || level == 1)
			return !(entry & PTE_CACHE_DISABLE); /* or a device's */
		table = table_behind(entry);
	}
	return true;
}

bool tables_show_all(struct physical_range range)
{
	uint64_t page = frame_containing(range.start).start;

	while (page < range.end && tables_show(page))
		page += PAGE_SIZE;
	return page >= range.end;
}
