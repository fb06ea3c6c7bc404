/*
 * The parser of the boot information against what nobody thought of: random
 * maps and modules, whose meaning a simple model knows, and damaged information
 * of all kinds, which must be refused or understood, but never do harm.
 */
#include "boot_info.h"
#include "guest/find_free.h"

#include "boot_info_promises.h"
#include "multiboot_builder.h"
#include "tap.h"

static struct builder build;
static struct boot_info info;

/* Marsaglia's xorshift64 with a fixed start: the same numbers in every run. */
static uint64_t random_below(uint64_t bound)
{
	static uint64_t state = 0x436169726e;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 11) % bound;
}

/*
 * The model: memory in 512 units of 1 KiB, four to a page, each with its
 * strictest type (0: none), and whether it is used.
 */
#define UNITS 512
#define UNITS_IN_PAGE 4

static int unit_type[UNITS];
static bool unit_used[UNITS];

static int rank(int type)
{
	static const int ranks[] = { 0, 1, 4, 2, 3, 5 };

	return ranks[type];
}

static void model_claim(uint64_t start, uint64_t length, uint32_t raw_type)
{
	int type = raw_type >= 1 && raw_type <= 5 ? (int)raw_type : 2;

	for (uint64_t i = start; i < start + length; i++) {
		if (rank(type) > rank(unit_type[i]))
			unit_type[i] = type;
	}
}

/* Few enough entries and modules that all of them fit. */
static void build_random(void)
{
	struct multiboot_memory_entry map[24];
	uint64_t start, length;

	memset(unit_type, 0, sizeof(unit_type));
	memset(unit_used, 0, sizeof(unit_used));
	build_start(&build);
	for (size_t i = 0; i < 24; i++) {
		start = random_below(UNITS);
		length = random_below((UNITS - start) / (1 + i / 4) + 1);
		map[i] = (struct multiboot_memory_entry){
			start * KIB, length * KIB,
			i < 6 ? MEMORY_USABLE : (uint32_t)random_below(8), 0
		};
		model_claim(start, length, map[i].type);
	}
	build_map(&build, map, 24);
	for (size_t i = random_below(40); i > 0; i--) {
		start = random_below(UNITS);
		length = random_below((UNITS - start < 9 ? UNITS - start : 9));
		build_module(&build, (uint32_t)(start * KIB),
			     (uint32_t)((start + length) * KIB));
		memset(unit_used + start, 1, length);
	}
}

static bool areas_match_model(void)
{
	size_t area = 0;

	for (uint64_t i = 0; i < UNITS; i++) {
		int type = 0;

		while (area < info.area_count &&
		       info.areas[area].range.end <= i * KIB)
			area++;
		if (area < info.area_count &&
		    info.areas[area].range.start <= i * KIB)
			type = (int)info.areas[area].type;
		if (type != unit_type[i])
			return false;
	}
	return true;
}

static bool used_matches_model(void)
{
	for (uint64_t i = 0; i < UNITS; i++) {
		struct physical_range unit = { i * KIB, (i + 1) * KIB };

		if (overlaps_used(&info, unit) != unit_used[i])
			return false;
	}
	return true;
}

/* The unit of the highest free place, by trying all; 0 if there is none. */
static uint64_t model_find_free(uint64_t units, uint64_t limit)
{
	for (uint64_t first = UNITS - UNITS_IN_PAGE; first > 0;
	     first -= UNITS_IN_PAGE) {
		uint64_t i = first;

		while (i < UNITS && i < first + units && unit_type[i] == 1 &&
		       !unit_used[i])
			i++;
		if (i == first + units && i <= limit)
			return first;
	}
	return 0;
}

static bool free_matches_model(void)
{
	for (uint64_t pages = 1; pages < 12; pages++) {
		uint64_t limit = random_below(UNITS + 50);
		struct physical_range found = find_free(
			&info, pages * 4096, limit * KIB);

		if (found.start != KIB * model_find_free(pages * UNITS_IN_PAGE,
							 limit))
			return false;
	}
	return true;
}

static void test_models(void)
{
	int areas = 0, used = 0, found = 0, promises = 0;

	for (int i = 0; i < 3000; i++) {
		build_random();
		if (parse_built(&info, &build))
			continue;
		areas += areas_match_model();
		used += used_matches_model();
		found += free_matches_model();
		promises += !broken_promise(&info);
	}
	ok(areas == 3000, "3,000 random maps become the areas of the model");
	ok(used == 3000, "their modules become its used ranges");
	ok(found == 3000, "and the free places are the same");
	ok(promises == 3000, "and all promises are kept");
}

/* One of everything, as small as it may be. */
static void build_good(void)
{
	static const struct multiboot_memory_entry map[] = {
		{ 0, 0x9fc00, MEMORY_USABLE, 0 },
		{ 0x9fc00, 0x400, MEMORY_RESERVED, 0 },
		{ MIB, 127 * MIB, MEMORY_USABLE, 0 },
		{ 4 * GIB, GIB, MEMORY_USABLE, 0 },
	};
	static const struct elf_section sections[] = {
		{ .flags = ELF_SECTION_ALLOC, .address = KERNEL_BASE + 2 * MIB,
		  .size = 0x1800 },
		{ .type = ELF_SECTION_SYMBOLS, .address = 3 * MIB, .size = 0x48,
		  .link = 2 },
		{ .type = ELF_SECTION_STRINGS, .address = 4 * MIB, .size = 9 },
	};

	build_start(&build);
	build_command_line(&build, "cairn seed=1");
	build_module(&build, 5 * MIB, 5 * MIB + 77);
	build_map(&build, map, 4);
	build_sections(&build, sections, 3);
	build_framebuffer(&build);
	build_acpi(&build, MULTIBOOT_TAG_ACPI_1, ACPI_1_ROOT_SIZE);
	build_acpi(&build, MULTIBOOT_TAG_ACPI_2, ACPI_2_ROOT_SIZE);
	build_end(&build);
}

/* Parse `size` bytes that claim to be `claim`; whether they were refused. */
static bool refused(size_t size, uint32_t claim, bool *kept)
{
	uint8_t bytes[sizeof(build.bytes)];
	const char *wrong;

	memcpy(bytes, build.bytes, size);
	memcpy(bytes, &claim, size < sizeof(claim) ? size : sizeof(claim));
	wrong = parse_exactly(&info, bytes, size);
	*kept = *kept && !broken_promise(&info);
	return wrong != NULL;
}

static void test_truncation(void)
{
	bool honest = true, lying = true, kept = true;

	build_good();
	ok(!refused(build.size, build.size, &kept), "the whole is accepted");
	for (uint32_t size = 0; size < build.size; size++) {
		honest = honest && refused(size, size, &kept);
		lying = lying && refused(size, build.size, &kept) &&
			refused(size, size + 1, &kept) &&
			refused(size, UINT32_MAX, &kept);
	}
	ok(honest, "every shorter beginning of it is refused");
	ok(lying, "also when it claims to be longer");
	for (uint32_t claim = 0; claim < build.size; claim++)
		honest = honest && refused(build.size, claim, &kept);
	ok(honest, "and when the whole claims to be shorter");
	ok(kept, "and all promises are kept");
}

/* One byte, or four at once with a number that parsers stumble over. */
static void damage(uint8_t *bytes, size_t size)
{
	static const uint32_t numbers[] = { 0, 1, 7, 8, 9, 24, 0x7fffffff,
					    0x80000000, UINT32_MAX - 7,
					    UINT32_MAX };
	size_t at = random_below(size);

	if (random_below(2) == 0)
		bytes[at] = (uint8_t)random_below(256);
	else
		memcpy(bytes + at / 4 * 4, &numbers[random_below(10)], 4);
}

static void test_corruption(void)
{
	uint8_t bytes[sizeof(build.bytes)];
	const char *broken = NULL;
	int accepted = 0;

	build_good();
	for (int i = 0; i < 20000 && !broken; i++) {
		memcpy(bytes, build.bytes, build.size);
		for (uint64_t times = 1 + random_below(6); times > 0; times--)
			damage(bytes, build.size);
		accepted += !parse_exactly(&info, bytes, build.size);
		broken = broken_promise(&info);
	}
	if (!ok(!broken, "20,000 damaged ones keep all promises"))
		printf("# %s\n", broken);
	ok(accepted > 1000 && accepted < 19000,
	   "many of them are accepted, many refused");
}

static void test_garbage(void)
{
	uint8_t bytes[600];
	const char *broken = NULL;

	for (int i = 0; i < 20000 && !broken; i++) {
		uint32_t size = (uint32_t)random_below(sizeof(bytes));

		for (size_t at = 0; at < size; at++)
			bytes[at] = (uint8_t)random_below(256);
		/* Mostly with believable sizes and types, to get further. */
		for (uint32_t at = 8; at + 8 <= size && i % 4; at += 32) {
			uint32_t tag[] = { (uint32_t)random_below(16),
					   25 + (uint32_t)random_below(8) };

			memcpy(bytes + at, tag, sizeof(tag));
		}
		if (size >= sizeof(size))
			memcpy(bytes, &size, sizeof(size));
		parse_exactly(&info, bytes, size);
		broken = broken_promise(&info);
	}
	if (!ok(!broken, "pure garbage keeps all promises"))
		printf("# %s\n", broken);
}

int main(void)
{
	test_models();
	test_truncation();
	test_corruption();
	test_garbage();
	return tap_end();
}
