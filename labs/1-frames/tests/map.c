#include "map.h"

#include "lib/format.h"

void map_add_area(struct boot_info *map, uint64_t start, uint64_t end,
		  enum memory_type type)
{
	if (map->area_count < BOOT_INFO_AREAS)
		map->areas[map->area_count++] =
			(struct memory_area){ { start, end }, type };
}

void map_add_used(struct boot_info *map, uint64_t start, uint64_t end)
{
	if (map->used_count < BOOT_INFO_USED_RANGES)
		map->used[map->used_count++] =
			(struct physical_range){ start, end };
}

void map_copy(struct boot_info *to, const struct boot_info *from, uint64_t base)
{
	to->area_count = 0;
	to->used_count = 0;
	for (size_t i = 0; i < BOOT_INFO_AREAS; i++) {
		const struct memory_area *area = &from->areas[i];

		if (!area->range.end)
			break;
		map_add_area(to, area->range.start + base,
			     area->range.end + base, area->type);
	}
	for (size_t i = 0; i < BOOT_INFO_USED_RANGES; i++) {
		if (!from->used[i].end)
			break;
		map_add_used(to, from->used[i].start + base,
			     from->used[i].end + base);
	}
}

bool map_frame_is_free(const struct boot_info *map, uint64_t start)
{
	uint64_t last = start + PAGE_SIZE - 1;
	bool usable = false;

	for (size_t i = 0; i < map->area_count; i++) {
		const struct memory_area *area = &map->areas[i];

		if (area->type == MEMORY_USABLE && area->range.start <= start &&
		    last < area->range.end)
			usable = true;
	}
	for (size_t i = 0; i < map->used_count; i++)
		if (map->used[i].start <= last && start < map->used[i].end)
			usable = false;
	return usable && start != 0;
}

/* ---- A line of text ----------------------------------------------------- */

static struct line {
	char text[400];
	size_t length;
} line;

static void line_put(char byte, void *to)
{
	struct line *text = to;

	if (text->length + 1 < sizeof(text->text))
		text->text[text->length++] = byte;
	text->text[text->length] = '\0';
}

__attribute__((format(printf, 1, 2))) static void line_add(const char *format,
							   ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_text(line_put, &line, format, arguments);
	va_end(arguments);
}

static const char *type_name(enum memory_type type)
{
	static const char *const names[] = {
		[MEMORY_USABLE] = "usable",
		[MEMORY_RESERVED] = "reserved",
		[MEMORY_ACPI_RECLAIMABLE] = "ACPI reclaimable",
		[MEMORY_ACPI_NVS] = "ACPI NVS",
		[MEMORY_DEFECTIVE] = "defective",
	};

	return names[type];
}

/* So many frames on either side are a frame's neighbourhood. */
#define NEAR 2

static void add_if_near(const char *what, const struct physical_range *range,
			uint64_t start)
{
	uint64_t low = start > NEAR * PAGE_SIZE ? start - NEAR * PAGE_SIZE : 0;
	uint64_t high = start + (NEAR + 1) * PAGE_SIZE;

	if (high < start)
		high = UINT64_MAX;
	if (range->start < high && range->end > low)
		line_add("%s%s 0x%llx-0x%llx", line.length ? ", " : "", what,
			 (unsigned long long)range->start,
			 (unsigned long long)range->end);
}

const char *map_near(const struct boot_info *map, uint64_t start)
{
	line.length = 0;
	for (size_t i = 0; i < map->area_count; i++)
		add_if_near(type_name(map->areas[i].type), &map->areas[i].range,
			    start);
	for (size_t i = 0; i < map->used_count; i++)
		add_if_near("used", &map->used[i], start);
	if (line.length)
		return line.text;
	line_add("nothing");
	if (map->area_count)
		line_add("; its first area is 0x%llx-0x%llx",
			 (unsigned long long)map->areas[0].range.start,
			 (unsigned long long)map->areas[0].range.end);
	return line.text;
}
