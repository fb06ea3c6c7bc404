#include "boot_info.h"

#include "lib/string.h"
#include "memory_map.h"
#include "multiboot2.h"

static const char tag_too_short[] =
	"A tag of the boot information is too short for its type.";

/* [start, start + size) as a range; false if it leaves 64 bits. */
static bool range_make(struct physical_range *range, uint64_t start,
		       uint64_t size)
{
	if (size > UINT64_MAX - start)
		return false;
	*range = (struct physical_range){ start, start + size };
	return true;
}

/*
 * Replace used[first] to used[after - 1] by one range; if first equals after, there
 * are none to replace, and it is inserted.
 */
static void used_replace(struct boot_info *info, size_t first, size_t after,
			 struct physical_range range)
{
	struct physical_range *used = info->used;

	memmove(used + first + 1, used + after,
		(info->used_count - after) * sizeof(*used));
	used[first] = range;
	info->used_count = info->used_count - (after - first) + 1;
}

/* Join the two ranges that lie nearest to each other; the gap becomes used. */
static void used_close_smallest_gap(struct boot_info *info)
{
	struct physical_range *used = info->used;
	struct physical_range joined;
	size_t best = 1;

	for (size_t i = 2; i < info->used_count; i++) {
		if (used[i].start - used[i - 1].end <
		    used[best].start - used[best - 1].end)
			best = i;
	}
	joined.start = used[best - 1].start;
	joined.end = used[best].end;
	used_replace(info, best - 1, best + 1, joined);
}

/*
 * Add a range, and join it with all that it overlaps or touches.  The array
 * never stays full, so that there is always a place for the next one.
 */
static void used_add(struct boot_info *info, struct physical_range range)
{
	struct physical_range *used = info->used;
	size_t first = 0;
	size_t after;

	if (range.start == range.end)
		return;
	while (first < info->used_count && used[first].end < range.start)
		first++;
	after = first;
	while (after < info->used_count && used[after].start <= range.end)
		after++;
	if (after > first) {
		if (used[first].start < range.start)
			range.start = used[first].start;
		if (used[after - 1].end > range.end)
			range.end = used[after - 1].end;
	}
	used_replace(info, first, after, range);
	if (info->used_count == BOOT_INFO_USED_RANGES)
		used_close_smallest_gap(info);
}

static const char *read_command_line(struct boot_info *info,
				     struct multiboot_part tag)
{
	size_t length = tag.size - sizeof(struct multiboot_tag);

	if (length > BOOT_INFO_COMMAND_LINE - 1)
		length = BOOT_INFO_COMMAND_LINE - 1;
	multiboot_read(tag, sizeof(struct multiboot_tag), info->command_line,
		       length);
	info->command_line[length] = '\0';
	return NULL;
}

static const char *read_module(struct boot_info *info,
			       struct multiboot_part tag)
{
	struct multiboot_module module;

	if (!multiboot_read(tag, 0, &module, sizeof(module)))
		return tag_too_short;
	if (module.end < module.start)
		return "A boot module ends before it begins.";
	used_add(info, (struct physical_range){ module.start, module.end });
	return NULL;
}

static const char *read_memory_map(struct boot_info *info,
				   struct multiboot_part tag)
{
	if (info->area_count > 0)
		return "The boot information has two memory maps.";
	return memory_map_read(info, tag);
}

static const char *read_framebuffer(struct boot_info *info,
				    struct multiboot_part tag)
{
	struct multiboot_framebuffer screen;

	if (!multiboot_read(tag, 0, &screen, sizeof(screen)))
		return tag_too_short;
	info->framebuffer = (struct framebuffer){
		.address = screen.address,
		.pitch = screen.pitch,
		.width = screen.width,
		.height = screen.height,
		.bits_per_pixel = screen.bits_per_pixel,
		.type = screen.type,
	};
	return NULL;
}

static bool section_read(struct multiboot_part tag, uint64_t index,
			 struct elf_section *section)
{
	struct multiboot_sections head;

	return multiboot_read(tag, 0, &head, sizeof(head)) &&
	       index < head.count &&
	       multiboot_read(tag, sizeof(head) + index * head.entry_size,
			      section, sizeof(*section));
}

/*
 * Where a section lies in memory: the empty range if it was not loaded.  GRUB
 * gives a physical address even to the sections that it need not have loaded,
 * like the symbol table.  False if it leaves the address space.
 */
static bool section_range(const struct elf_section *section,
			  uint64_t kernel_base, struct physical_range *range)
{
	uint64_t start = section->address;

	if (start >= kernel_base)
		start -= kernel_base;
	if (section->address == 0 && !(section->flags & ELF_SECTION_ALLOC))
		return range_make(range, 0, 0);
	return range_make(range, start, section->size);
}

/* A symbol table is no use without its names: keep both or neither. */
static void keep_symbols(struct boot_info *info, struct multiboot_part tag,
			 const struct elf_section *symbols,
			 uint64_t kernel_base)
{
	struct symbol_tables tables;
	struct elf_section names;

	if (section_read(tag, symbols->link, &names) &&
	    names.type == ELF_SECTION_STRINGS &&
	    section_range(symbols, kernel_base, &tables.symbols) &&
	    section_range(&names, kernel_base, &tables.names) &&
	    tables.symbols.end > tables.symbols.start &&
	    tables.names.end > tables.names.start)
		info->kernel_symbols = tables;
}

static const char *read_sections(struct boot_info *info,
				 struct multiboot_part tag,
				 uint64_t kernel_base)
{
	struct multiboot_sections head;
	struct elf_section section;
	struct physical_range range;

	if (!multiboot_read(tag, 0, &head, sizeof(head)))
		return tag_too_short;
	if (head.entry_size < sizeof(section))
		return "The kernel's section headers are too short for ELF64.";
	for (uint32_t i = 0; i < head.count; i++) {
		if (!section_read(tag, i, &section))
			return "The kernel has fewer sections than it says.";
		if (!section_range(&section, kernel_base, &range))
			return "A section of the kernel ends beyond 2^64.";
		used_add(info, range);
		if (section.type == ELF_SECTION_SYMBOLS)
			keep_symbols(info, tag, &section, kernel_base);
	}
	return NULL;
}

/* The RSDP follows the header of its tag; a newer one replaces an older. */
static const char *read_acpi_root(struct boot_info *info,
				  struct multiboot_part tag, uint64_t physical,
				  enum multiboot_tag_type type)
{
	size_t size = sizeof(struct multiboot_tag);

	size += type == MULTIBOOT_TAG_ACPI_2 ? ACPI_2_ROOT_SIZE :
					       ACPI_1_ROOT_SIZE;
	if (tag.size < size)
		return tag_too_short;
	if (type == MULTIBOOT_TAG_ACPI_2 || info->acpi_root == 0)
		info->acpi_root = physical + sizeof(struct multiboot_tag);
	return NULL;
}

/* One tag, which lies at a physical address; we skip what we do not know. */
static const char *read_tag(struct boot_info *info, struct multiboot_part tag,
			    enum multiboot_tag_type type, uint64_t physical,
			    uint64_t kernel_base)
{
	switch (type) {
	case MULTIBOOT_TAG_COMMAND_LINE:
		return read_command_line(info, tag);
	case MULTIBOOT_TAG_MODULE:
		return read_module(info, tag);
	case MULTIBOOT_TAG_MEMORY_MAP:
		return read_memory_map(info, tag);
	case MULTIBOOT_TAG_FRAMEBUFFER:
		return read_framebuffer(info, tag);
	case MULTIBOOT_TAG_SECTIONS:
		return read_sections(info, tag, kernel_base);
	case MULTIBOOT_TAG_ACPI_1:
	case MULTIBOOT_TAG_ACPI_2:
		return read_acpi_root(info, tag, physical, type);
	default:
		return NULL;
	}
}

/* All tags up to the end tag, and whether there is one. */
static const char *read_tags(struct boot_info *info, struct multiboot_part all,
			     uint64_t physical, uint64_t kernel_base)
{
	uint64_t at = sizeof(struct multiboot_header);
	struct multiboot_part tag;
	struct multiboot_tag head;
	const char *wrong = NULL;

	while (!wrong) {
		if (!multiboot_read(all, at, &head, sizeof(head)))
			return "The boot information has no end tag.";
		if (head.size < sizeof(head) || head.size > all.size - at)
			return "A tag of the boot information has a wrong size.";
		if (head.type == MULTIBOOT_TAG_END)
			return NULL;
		tag.bytes = all.bytes + at;
		tag.size = head.size;
		wrong = read_tag(info, tag, head.type, physical + at,
				 kernel_base);
		at += (head.size + MULTIBOOT_TAG_ALIGN - 1ull) /
		      MULTIBOOT_TAG_ALIGN * MULTIBOOT_TAG_ALIGN;
	}
	return wrong;
}

const char *boot_info_parse(struct boot_info *info, const void *multiboot,
			    size_t limit, uint64_t physical,
			    uint64_t kernel_base)
{
	struct multiboot_part all = { multiboot, limit };
	struct multiboot_header header;
	struct physical_range itself;
	const char *wrong;

	memset(info, 0, sizeof(*info));
	if (!multiboot_read(all, 0, &header, sizeof(header)))
		return "The boot information is shorter than its header.";
	if (header.size < sizeof(header))
		return "The boot information gives a size below that of its header.";
	if (header.size > limit)
		return "The boot information is longer than its limit.";
	if (!range_make(&itself, physical, header.size))
		return "The boot information ends beyond 2^64.";
	all.size = header.size;
	used_add(info, itself);
	wrong = read_tags(info, all, physical, kernel_base);
	if (!wrong && info->area_count == 0)
		return "The boot information names no memory.";
	return wrong;
}

/* Areas are sorted, so it is the last ones that go. */
void boot_info_forget_above(struct boot_info *info, uint64_t limit)
{
	struct memory_area *areas = info->areas;

	while (info->area_count > 0 &&
	       areas[info->area_count - 1].range.start >= limit)
		info->area_count--;
	if (info->area_count > 0 &&
	    areas[info->area_count - 1].range.end > limit)
		areas[info->area_count - 1].range.end = limit;
}
