/*
 * The Multiboot2 information (specification 2.0, section 3.6) as it lies in
 * memory, for the parser: a header, and then tags of different sizes, each on
 * an 8-byte boundary.  Everyone else wants boot_info.h.
 */
#ifndef MULTIBOOT2_H
#define MULTIBOOT2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/string.h"

#define MULTIBOOT_TAG_ALIGN 8

enum multiboot_tag_type {
	MULTIBOOT_TAG_END = 0,
	MULTIBOOT_TAG_COMMAND_LINE = 1,
	MULTIBOOT_TAG_MODULE = 3,
	MULTIBOOT_TAG_MEMORY_MAP = 6,
	MULTIBOOT_TAG_FRAMEBUFFER = 8,
	MULTIBOOT_TAG_SECTIONS = 9,
	MULTIBOOT_TAG_ACPI_1 = 14,
	MULTIBOOT_TAG_ACPI_2 = 15,
};

/* The whole information begins with this. */
struct multiboot_header {
	uint32_t size; /* of everything, this header included */
	uint32_t reserved;
};

/* Each tag begins with this; the size is without the padding after it. */
struct multiboot_tag {
	uint32_t type;
	uint32_t size;
};

/* A file that was loaded to [start, end); its text follows. */
struct multiboot_module {
	struct multiboot_tag tag;
	uint32_t start;
	uint32_t end;
};

/* Entries of entry_size bytes follow, which may grow in later versions. */
struct multiboot_memory_map {
	struct multiboot_tag tag;
	uint32_t entry_size;
	uint32_t entry_version;
};

struct multiboot_memory_entry {
	uint64_t start;
	uint64_t length;
	uint32_t type;
	uint32_t reserved;
};

struct multiboot_framebuffer {
	struct multiboot_tag tag;
	uint64_t address;
	uint32_t pitch, width, height;
	uint8_t bits_per_pixel, type;
	uint16_t reserved;
};

/*
 * `count` section headers of entry_size bytes follow.  The specification draws
 * these numbers with 16 bits; GRUB, and its own C header, have 32.
 */
struct multiboot_sections {
	struct multiboot_tag tag;
	uint32_t count;
	uint32_t entry_size;
	uint32_t names_index;
};

/* A section header of an ELF64 file (System V ABI, chapter 4). */
struct elf_section {
	uint32_t name;
	uint32_t type;
	uint64_t flags;
	uint64_t address;
	uint64_t offset;
	uint64_t size;
	uint32_t link; /* of a symbol table: the index of its string table */
	uint32_t info;
	uint64_t align;
	uint64_t entry_size;
};

#define ELF_SECTION_SYMBOLS 2 /* SHT_SYMTAB */
#define ELF_SECTION_STRINGS 3 /* SHT_STRTAB */
#define ELF_SECTION_ALLOC 2 /* SHF_ALLOC, a flag */

/* The sizes of the RSDP copies (ACPI 6.5, 5.2.5.3). */
#define ACPI_1_ROOT_SIZE 20
#define ACPI_2_ROOT_SIZE 36

_Static_assert(sizeof(struct multiboot_memory_entry) == 24 &&
		       sizeof(struct multiboot_framebuffer) == 32 &&
		       sizeof(struct multiboot_sections) == 20 &&
		       sizeof(struct elf_section) == 64,
	       "the layouts have no hidden padding");

/* The information, or one tag of it: all that may be read. */
struct multiboot_part {
	const uint8_t *bytes;
	size_t size;
};

/*
 * Copy `size` bytes at `offset` out of the part; false, and nothing copied,
 * unless all of them lie in it.  Nothing else reads what the boot loader
 * wrote, so this is the parser's one bounds check.
 */
static inline bool multiboot_read(struct multiboot_part part, uint64_t offset,
				  void *to, size_t size)
{
	if (offset > part.size || size > part.size - offset)
		return false;
	memcpy(to, part.bytes + offset, size);
	return true;
}

#endif
