/*
 * The parser of the boot information, against infos whose meaning is known: the
 * one that GRUB makes, odd memory maps, too much of everything, and plain
 * errors.
 */
#include "boot_info.h"
#include "guest/find_free.h"

#include "boot_info_promises.h"
#include "multiboot_builder.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct builder build;
static struct boot_info info;

/* Parse what was built, which must succeed and keep all promises. */
static void parses(const char *sentence)
{
	const char *wrong = parse_built(&info, &build);

	if (!wrong)
		wrong = broken_promise(&info);
	if (!ok(!wrong, sentence))
		printf("# %s\n", wrong);
}

/* Parse what was built, which must be refused with this word in the reason. */
static void refused(const char *word, const char *sentence)
{
	const char *wrong = parse_built(&info, &build);

	if (!ok(wrong && strstr(wrong, word) && !broken_promise(&info),
		sentence))
		printf("# %s\n", wrong ? wrong : "accepted");
}

static bool areas_are(const struct memory_area *expected, size_t count)
{
	bool same = info.area_count == count;

	for (size_t i = 0; i < count && same; i++)
		same = info.areas[i].range.start == expected[i].range.start &&
		       info.areas[i].range.end == expected[i].range.end &&
		       info.areas[i].type == expected[i].type;
	for (size_t i = 0; i < info.area_count && !same; i++)
		printf("# area %#zx to %#zx, type %d\n",
		       info.areas[i].range.start, info.areas[i].range.end,
		       (int)info.areas[i].type);
	return same;
}

static bool range_is(struct physical_range range, uint64_t start, uint64_t end)
{
	if (range.start != start || range.end != end)
		printf("# got %#zx to %#zx\n", range.start, range.end);
	return range.start == start && range.end == end;
}

static bool used_has(uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < info.used_count; i++) {
		if (info.used[i].start <= start && info.used[i].end >= end)
			return true;
	}
	return false;
}

static const struct multiboot_memory_entry small_map[] = {
	{ 0, 16 * MIB, MEMORY_USABLE, 0 },
};

/* Start over, with a memory map, so that only the tag under test can fail. */
static void start_with_memory(void)
{
	build_start(&build);
	build_map(&build, small_map, COUNT(small_map));
}

static const struct multiboot_memory_entry grub_map[] = {
	{ 0, 0x9fc00, MEMORY_USABLE, 0 },
	{ 0x9fc00, 0x400, MEMORY_RESERVED, 0 },
	{ 0xf0000, 0x10000, MEMORY_RESERVED, 0 },
	{ MIB, 0x7ee0000, MEMORY_USABLE, 0 },
	{ 0x7fe0000, 0x20000, MEMORY_ACPI_RECLAIMABLE, 0 },
	{ 0xfffc0000, 0x40000, MEMORY_RESERVED, 0 },
	{ 4 * GIB, GIB, MEMORY_USABLE, 0 },
};

static const struct elf_section grub_sections[] = {
	{ 0 },
	{ .flags = ELF_SECTION_ALLOC, .address = 2 * MIB, .size = 0x800 },
	{ .flags = ELF_SECTION_ALLOC,
	  .address = KERNEL_BASE + 0x201000,
	  .size = 0x5000 },
	{ .flags = ELF_SECTION_ALLOC,
	  .address = KERNEL_BASE + 0x206000,
	  .size = 0x1234 },
	{ .type = ELF_SECTION_SYMBOLS,
	  .address = 0x20a000,
	  .size = 0x480,
	  .link = 5 },
	{ .type = ELF_SECTION_STRINGS, .address = 0x20b000, .size = 0x3ff },
	{ .address = 0, .offset = 0x9000, .size = 0x100000 },
};

/* Returns the physical address of the newer of two ACPI roots. */
static uint64_t build_grub(void)
{
	build_start(&build);
	build_command_line(&build, "cairn lab=1-frames test=all");
	build_module(&build, 0x300000, 0x300123);
	build_sections(&build, grub_sections, COUNT(grub_sections));
	build_map(&build, grub_map, COUNT(grub_map));
	build_framebuffer(&build);
	build_acpi(&build, MULTIBOOT_TAG_ACPI_1, ACPI_1_ROOT_SIZE);
	return build_acpi(&build, MULTIBOOT_TAG_ACPI_2, ACPI_2_ROOT_SIZE);
}

static void test_grub(void)
{
	uint64_t root = build_grub();

	parses("the information of GRUB is understood");
	ok(strcmp(info.command_line, "cairn lab=1-frames test=all") == 0,
	   "the command line is complete");
	ok(info.area_count == COUNT(grub_map), "every area is there");
	ok(info.areas[6].range.end == 5 * GIB, "so is the one above 4 GiB");
	ok(info.used_count == 6 && used_has(PHYSICAL, PHYSICAL + build.size),
	   "the information itself is used");
	ok(used_has(0x300000, 0x300123), "so is a module");
	ok(used_has(2 * MIB, 2 * MIB + 0x800), "so is a low section");
	ok(range_is(info.used[2], 0x201000, 0x207234),
	   "so are high sections, and they join");
	ok(range_is(info.kernel_symbols.symbols, 0x20a000, 0x20a480) &&
		   range_is(info.kernel_symbols.names, 0x20b000, 0x20b3ff),
	   "the symbols are found");
	ok(used_has(0x20a000, 0x20a480) && used_has(0x20b000, 0x20b3ff),
	   "and are used");
	ok(info.framebuffer.address == 0xb8000 &&
		   info.framebuffer.pitch == 160 &&
		   info.framebuffer.height == 25 && info.framebuffer.type == 2,
	   "the screen is known");
	ok(info.acpi_root == root, "the newer ACPI root wins");
	ok(range_is(find_free(&info, 2 * MIB, UINT64_MAX),
		    5 * GIB - 2 * MIB, 5 * GIB),
	   "free memory is found at the very top");
	ok(range_is(find_free(&info, 2 * MIB, 4 * GIB), 0x7de0000,
		    0x7fe0000),
	   "and below a limit");
}

static void test_map(void)
{
	static const struct multiboot_memory_entry odd[] = {
		{ 8 * GIB, GIB, MEMORY_USABLE, 0 },
		{ 5 * MIB, 0, MEMORY_DEFECTIVE, 0 },
		{ MIB, 15 * MIB, MEMORY_USABLE, 0 },
		{ 4 * MIB, 4 * MIB, 77, 0 },
		{ 6 * MIB, MIB, MEMORY_DEFECTIVE, 0 },
		{ 7 * MIB, 3 * MIB, MEMORY_ACPI_NVS, 0 },
		{ 9 * MIB, 2 * MIB, MEMORY_ACPI_RECLAIMABLE, 0 },
		{ 9 * GIB, GIB, MEMORY_USABLE, 0 },
		{ UINT64_MAX - 4095, 8192, MEMORY_RESERVED, 0 },
		{ UINT64_MAX - 8191, 4096, MEMORY_USABLE, 0 },
		{ 12 * GIB, UINT64_MAX - 20 * GIB, 0, 0 },
	};
	static const struct memory_area expected[] = {
		{ { MIB, 4 * MIB }, MEMORY_USABLE },
		{ { 4 * MIB, 6 * MIB }, MEMORY_RESERVED },
		{ { 6 * MIB, 7 * MIB }, MEMORY_DEFECTIVE },
		{ { 7 * MIB, 8 * MIB }, MEMORY_RESERVED },
		{ { 8 * MIB, 10 * MIB }, MEMORY_ACPI_NVS },
		{ { 10 * MIB, 11 * MIB }, MEMORY_ACPI_RECLAIMABLE },
		{ { 11 * MIB, 16 * MIB }, MEMORY_USABLE },
		{ { 8 * GIB, 10 * GIB }, MEMORY_USABLE },
		{ { 12 * GIB, UINT64_MAX - 8 * GIB }, MEMORY_RESERVED },
		{ { UINT64_MAX - 8191, UINT64_MAX - 4095 }, MEMORY_USABLE },
		{ { UINT64_MAX - 4095, UINT64_MAX }, MEMORY_RESERVED },
	};

	build_start(&build);
	build_map(&build, odd, COUNT(odd));
	parses("an odd memory map is understood");
	ok(areas_are(expected, COUNT(expected)),
	   "it is sorted, the stricter type wins, and like areas join");
}

/* Every other page of 300 is reserved, in the middle of usable memory. */
static void test_too_many_areas(void)
{
	static struct multiboot_memory_entry map[301];
	bool kept_apart = true;

	map[0] = (struct multiboot_memory_entry){ 0, GIB, MEMORY_USABLE, 0 };
	for (uint64_t i = 1; i < COUNT(map); i++)
		map[i] = (struct multiboot_memory_entry){
			MIB + i * 8192, 4096, MEMORY_RESERVED, 0
		};
	build_start(&build);
	build_map(&build, map, COUNT(map));
	parses("600 areas are too many, but no error");
	ok(info.area_count == BOOT_INFO_AREAS, "as many as fit are kept");
	for (size_t i = 1; i < COUNT(map); i++) {
		struct physical_range range = { map[i].start,
						map[i].start + 4096 };

		kept_apart = kept_apart && !lies_in_usable(&info, range);
	}
	ok(kept_apart, "no reserved memory has become usable");
}

static void test_too_many_modules(void)
{
	bool all = true;

	start_with_memory();
	for (uint32_t i = 0; i < 300; i++)
		build_module(&build, 64 * MIB + i * i * 16,
			     64 * MIB + i * i * 16 + 1 + i % 20);
	parses("300 modules are too many, but no error");
	for (uint32_t i = 0; i < 300; i++)
		all = all && used_has(64 * MIB + i * i * 16,
				      64 * MIB + i * i * 16 + 1 + i % 20);
	ok(all, "all of them are used");
	start_with_memory();
	for (uint32_t i = 1; i < BOOT_INFO_USED_RANGES - 1; i++)
		build_module(&build, i * 16 * MIB, i * 16 * MIB + 4096);
	build_module(&build, 80 * MIB + 8192, 80 * MIB + 12288);
	parses("one module too many is no error");
	ok(used_has(80 * MIB, 80 * MIB + 12288),
	   "the two that lie nearest each other join");
	ok(info.used_count == BOOT_INFO_USED_RANGES - 1 &&
		   !used_has(PHYSICAL, 16 * MIB),
	   "all others stay apart");
}

static void test_find_free(void)
{
	const uint64_t page = 4096;

	build_start(&build);
	build_map(&build, small_map, COUNT(small_map));
	build_module(&build, 16 * MIB - page - 1, 16 * MIB - page);
	parses("memory with one module near its end is understood");
	ok(range_is(find_free(&info, page, UINT64_MAX),
		    16 * MIB - page, 16 * MIB),
	   "one page fits above the module");
	ok(range_is(find_free(&info, 2 * page, UINT64_MAX),
		    16 * MIB - 4 * page, 16 * MIB - 2 * page),
	   "two pages only below the page that it lies in");
	ok(range_is(find_free(&info, page, 3 * page - 1), page,
		    2 * page),
	   "the limit itself may lie within a page");
	ok(find_free(&info, page, 2 * page - 1).start == 0,
	   "page 0 is never free");
	ok(find_free(&info, 16 * MIB, UINT64_MAX).start == 0 &&
		   find_free(&info, ~0xfffull, ~0ull).start == 0 &&
		   find_free(&info, 0, UINT64_MAX).start == 0,
	   "nothing is found for a size too large, huge, or 0");
}

static void test_command_line(void)
{
	char text[400];
	struct multiboot_tag head = { 0, 0 };

	memset(text, 'x', sizeof(text));
	start_with_memory();
	build_tag(&build, MULTIBOOT_TAG_COMMAND_LINE, &head, sizeof(head), text,
		  sizeof(text));
	parses("a long command line without an end is no error");
	ok(strlen(info.command_line) == BOOT_INFO_COMMAND_LINE - 1,
	   "it is cut off");
	start_with_memory();
	build_tag(&build, MULTIBOOT_TAG_COMMAND_LINE, &head, sizeof(head), text,
		  3);
	parses("neither is a short one");
	ok(strcmp(info.command_line, "xxx") == 0, "it ends with its tag");
	start_with_memory();
	build_command_line(&build, "the first one");
	build_tag(&build, MULTIBOOT_TAG_COMMAND_LINE, &head, sizeof(head), text,
		  3);
	parses("neither are two");
	ok(strcmp(info.command_line, "xxx") == 0, "the last one counts");
}

static void refused_tag(uint32_t type, const void *bytes, size_t size,
			const char *word, const char *sentence)
{
	start_with_memory();
	build_tag(&build, type, bytes, size, "", 0);
	refused(word, sentence);
}

static void test_short_tags(void)
{
	static const uint32_t zeroes[16];
	static const uint32_t narrow_map[] = { 0, 0, 23, 0 };
	static const uint32_t half_map[] = { 0, 0, 24, 0, 1, 2, 3, 4 };
	static const uint32_t narrow_sections[] = { 0, 0, 1, 40, 0 };
	static const uint32_t many_sections[] = { 0, 0, UINT32_MAX, 64, 0 };

	refused_tag(MULTIBOOT_TAG_MODULE, zeroes, 12, "too short",
		    "a short module tag is refused");
	refused_tag(MULTIBOOT_TAG_FRAMEBUFFER, zeroes, 28, "too short",
		    "so is a short framebuffer tag");
	refused_tag(MULTIBOOT_TAG_SECTIONS, zeroes, 16, "too short",
		    "so is a short sections tag");
	refused_tag(MULTIBOOT_TAG_ACPI_1, zeroes, 27, "too short",
		    "so is a short ACPI 1 root");
	refused_tag(MULTIBOOT_TAG_ACPI_2, zeroes, 43, "too short",
		    "so is a short ACPI 2 root");
	refused_tag(MULTIBOOT_TAG_SECTIONS, narrow_sections, 20, "ELF64",
		    "sections of a 32-bit kernel are refused");
	refused_tag(MULTIBOOT_TAG_SECTIONS, many_sections, 20, "fewer",
		    "so are more sections than the tag holds");
	refused_tag(MULTIBOOT_TAG_MEMORY_MAP, narrow_map, 16, "two memory maps",
		    "so is a second memory map");
	build_start(&build);
	build_tag(&build, MULTIBOOT_TAG_MEMORY_MAP, narrow_map, 16, "", 0);
	refused("too short", "so is a map with short entries");
	build_start(&build);
	build_tag(&build, MULTIBOOT_TAG_MEMORY_MAP, half_map, 32, "", 0);
	refused("within an entry", "so is half an entry");
	build_start(&build);
	build_tag(&build, MULTIBOOT_TAG_MEMORY_MAP, zeroes, 12, "", 0);
	refused("shorter than its header", "so is a map of 12 bytes");
}

static void test_wrong_values(void)
{
	static const struct elf_section endless = {
		.flags = ELF_SECTION_ALLOC, .address = MIB, .size = UINT64_MAX
	};
	static const struct elf_section nameless = {
		.type = ELF_SECTION_SYMBOLS, .address = MIB, .size = 48,
		.link = 7
	};
	static struct multiboot_memory_entry long_map[1025];

	start_with_memory();
	build_sections(&build, &endless, 1);
	refused("beyond 2^64", "a section beyond 2^64 is refused");
	start_with_memory();
	build_module(&build, 4096, 4095);
	refused("before it begins", "so is a module that ends too early");
	build_start(&build);
	refused("no memory", "so is information without a memory map");
	build_start(&build);
	build_map(&build, long_map, COUNT(long_map));
	refused("more than 1024", "so is a map of 1025 entries");
	start_with_memory();
	build_module(&build, 4096, 4096);
	parses("an empty module is no error");
	ok(info.used_count == 1, "and uses nothing");
	start_with_memory();
	build_sections(&build, &nameless, 1);
	parses("symbols without their names are no error");
	ok(info.kernel_symbols.symbols.end == 0, "but are not offered");
	ok(used_has(MIB, MIB + 48), "and are used nevertheless");
	start_with_memory();
	build_tag(&build, 4711, small_map, 11, "", 0);
	parses("a tag of unknown type is skipped");
}

/* Areas that end below, reach across, and lie above the limit. */
static void test_forget_above(void)
{
	start_with_memory();
	parses("information with memory parses");
	boot_info_forget_above(&info, UINT64_MAX);
	ok(info.area_count > 0, "no limit forgets nothing");
	uint64_t end = info.areas[info.area_count - 1].range.end;
	boot_info_forget_above(&info, end - 1);
	ok(info.areas[info.area_count - 1].range.end == end - 1,
	   "an area that reaches across the limit is cut");
	boot_info_forget_above(&info, info.areas[0].range.start);
	ok(info.area_count == 0, "areas above the limit are gone");
}

int main(void)
{
	test_forget_above();
	test_grub();
	test_map();
	test_too_many_areas();
	test_too_many_modules();
	test_find_free();
	test_command_line();
	test_short_tags();
	test_wrong_values();
	return tap_end();
}
