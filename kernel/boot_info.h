/*
 * What the boot loader says about the machine, as plain data: made once from
 * the Multiboot2 information, and only read afterwards.
 */
#ifndef BOOT_INFO_H
#define BOOT_INFO_H

#include <stddef.h>
#include <stdint.h>

#define BOOT_INFO_AREAS 64
#define BOOT_INFO_USED_RANGES 64
#define BOOT_INFO_COMMAND_LINE 256

/* Physical addresses [start, end); end > start. */
struct physical_range {
	uint64_t start;
	uint64_t end;
};

/*
 * The memory types of the memory map (Multiboot2 3.6.8, ACPI 6.5 15.1).  From
 * the least to the most strict: usable, ACPI reclaimable, ACPI NVS, reserved,
 * defective.
 */
enum memory_type {
	MEMORY_USABLE = 1,
	MEMORY_RESERVED = 2,
	MEMORY_ACPI_RECLAIMABLE = 3,
	MEMORY_ACPI_NVS = 4,
	MEMORY_DEFECTIVE = 5,
};

struct memory_area {
	struct physical_range range;
	enum memory_type type; /* types that we do not know are reserved */
};

/*
 * Where the kernel's symbol and string table lie; both are 0 to 0 if one of
 * them is missing.  What they hold is unchecked.
 */
struct symbol_tables {
	struct physical_range symbols; /* an array of Elf64_Sym */
	struct physical_range names;
};

/* The screen (Multiboot2 3.6.12). */
struct framebuffer {
	uint64_t address; /* 0: the boot loader named none */
	uint32_t pitch, width, height; /* in bytes, and in pixels or letters */
	uint8_t bits_per_pixel;
	uint8_t type; /* 0 colours from a palette, 1 direct colours, 2 text */
};

struct boot_info {
	/*
	 * Sorted, not empty, and no two overlap; the stricter type has won.
	 * Two that touch have different types.  An area that ended beyond 2^64
	 * ends at UINT64_MAX.  If there are too many, the highest are left out:
	 * what lies in no area is not usable.
	 */
	struct memory_area areas[BOOT_INFO_AREAS];
	size_t area_count;

	/*
	 * What the boot loader put into memory and nobody may hand out: the
	 * kernel's sections (symbols too), the boot information, modules.
	 * Sorted, not empty, and no two overlap or touch.  If there are too
	 * many, near ones are joined, and the gaps between them count as used.
	 */
	struct physical_range used[BOOT_INFO_USED_RANGES];
	size_t used_count;

	char command_line[BOOT_INFO_COMMAND_LINE]; /* truncated, 0-terminated */
	struct symbol_tables kernel_symbols;
	struct framebuffer framebuffer;
	uint64_t acpi_root; /* physical address of the RSDP's copy; 0: none */
};

/*
 * Read the Multiboot2 information of at most `limit` bytes at `multiboot`,
 * which lies at physical address `physical`.  Trusts nothing: every tag's size
 * is checked, and memory areas may overlap, be empty, unsorted, or end beyond
 * 2^64.  The information itself counts as used; ELF section addresses at or
 * above kernel_base are virtual: less kernel_base, they are physical.
 *
 * Returns NULL, or one sentence that says what is wrong with the information
 * (no memory at all is wrong, too); *info holds what was read until then, and
 * keeps the promises above, but may lack some of the used ranges.
 */
const char *boot_info_parse(struct boot_info *info, const void *multiboot,
			    size_t limit, uint64_t physical,
			    uint64_t kernel_base);

/*
 * Leave out all memory at or above `limit`, for a kernel that cannot reach it.
 */
void boot_info_forget_above(struct boot_info *info, uint64_t limit);

#endif
