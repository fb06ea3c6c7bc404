/*
 * Builds Multiboot2 information for the tests of its parser, tag by tag, out of
 * the layouts in multiboot2.h.
 */
#ifndef MULTIBOOT_BUILDER_H
#define MULTIBOOT_BUILDER_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot_info.h"
#include "multiboot2.h"

#define KERNEL_BASE 0xffffffff80000000ull
#define PHYSICAL 0x150000ull /* where the information claims to lie */
#define KIB 1024ull
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

/* Information under construction: everything that is not written yet is 0. */
struct builder {
	uint8_t bytes[64 * KIB];
	uint32_t size;
};

static inline void build_start(struct builder *build)
{
	memset(build, 0, sizeof(*build));
	build->size = sizeof(struct multiboot_header);
}

/* Append `size` bytes, a whole tag or its next part. */
static inline void build_bytes(struct builder *build, const void *bytes,
			       size_t size)
{
	assert(size <= sizeof(build->bytes) - build->size);
	memcpy(build->bytes + build->size, bytes, size);
	build->size += (uint32_t)size;
}

/* A tag: a head that begins with struct multiboot_tag, and what follows it. */
static inline void build_tag(struct builder *build, uint32_t type,
			     const void *head, size_t head_size,
			     const void *rest, size_t rest_size)
{
	struct multiboot_tag tag = { type, (uint32_t)(head_size + rest_size) };
	uint32_t at = build->size;

	build_bytes(build, head, head_size);
	build_bytes(build, rest, rest_size);
	memcpy(build->bytes + at, &tag, sizeof(tag));
	build->size = (build->size + 7) / 8 * 8;
}

static inline void build_command_line(struct builder *build, const char *text)
{
	struct multiboot_tag head;

	memset(&head, 0, sizeof(head));
	build_tag(build, MULTIBOOT_TAG_COMMAND_LINE, &head, sizeof(head), text,
		  strlen(text) + 1);
}

static inline void build_module(struct builder *build, uint32_t start,
				uint32_t end)
{
	struct multiboot_module head = { .start = start, .end = end };

	build_tag(build, MULTIBOOT_TAG_MODULE, &head, sizeof(head), "name", 5);
}

static inline void build_map(struct builder *build,
			     const struct multiboot_memory_entry *entries,
			     size_t count)
{
	struct multiboot_memory_map head = { .entry_size = sizeof(*entries) };

	build_tag(build, MULTIBOOT_TAG_MEMORY_MAP, &head, sizeof(head),
		  entries, count * sizeof(*entries));
}

static inline void build_sections(struct builder *build,
				  const struct elf_section *sections,
				  uint32_t count)
{
	struct multiboot_sections head = {
		.count = count,
		.entry_size = sizeof(*sections),
	};

	build_tag(build, MULTIBOOT_TAG_SECTIONS, &head, sizeof(head), sections,
		  count * sizeof(*sections));
}

static inline void build_framebuffer(struct builder *build)
{
	struct multiboot_framebuffer head = {
		.address = 0xb8000,
		.pitch = 160,
		.width = 80,
		.height = 25,
		.bits_per_pixel = 16,
		.type = 2,
	};

	build_tag(build, MULTIBOOT_TAG_FRAMEBUFFER, &head, sizeof(head), "", 0);
}

/* An RSDP copy of `size` bytes; returns the physical address it has. */
static inline uint64_t build_acpi(struct builder *build, uint32_t type,
				  size_t size)
{
	static const uint8_t root[ACPI_2_ROOT_SIZE] = "RSD PTR ";
	uint64_t address = PHYSICAL + build->size + 8;
	struct multiboot_tag head = { 0, 0 };

	build_tag(build, type, &head, sizeof(head), root, size);
	return address;
}

/* The end tag, and the size of everything. */
static inline void build_end(struct builder *build)
{
	struct multiboot_tag head = { 0, 0 };

	build_tag(build, MULTIBOOT_TAG_END, &head, sizeof(head), "", 0);
	memcpy(build->bytes, &build->size, sizeof(build->size));
}

/*
 * Parse the first `size` bytes, out of a block that has no byte more, so that
 * AddressSanitizer sees any step outside.
 */
static inline const char *parse_exactly(struct boot_info *info,
					const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size);
	const char *wrong;

	memcpy(copy, bytes, size);
	memset(info, 0xa5, sizeof(*info));
	wrong = boot_info_parse(info, copy, size, PHYSICAL, KERNEL_BASE);
	free(copy);
	return wrong;
}

static inline const char *parse_built(struct boot_info *info,
				      struct builder *build)
{
	build_end(build);
	return parse_exactly(info, build->bytes, build->size);
}

#endif
