/*
 * Theory of operation.  Think of the entries as bars above a line of addresses:
 *
 *   usable     |-----------------------------|
 *   reserved          |-------|                      |--------|
 *   defective             |-------|
 *
 *   areas      |usable|rsv|defect.|  usable  |       |reserved|
 *
 * Between two neighbouring ends of bars nothing changes.  So walk from end to
 * end, ask each time which entries lie above, let the strictest of them win,
 * and join what comes out equal.  The areas come out sorted, whatever the order
 * of the entries, and there is nothing to store but the result.
 */
#include "memory_map.h"

/* No entry lies here: no memory, or none that firmware reports. */
#define MEMORY_NONE ((enum memory_type)0)

struct memory_map {
	struct multiboot_part tag;
	size_t entry_size;
	size_t count;
};

/* Of two entries that claim the same memory, the stricter wins. */
static int strictness(enum memory_type type)
{
	static const int ranks[] = {
		[MEMORY_NONE] = 0,	       [MEMORY_USABLE] = 1,
		[MEMORY_ACPI_RECLAIMABLE] = 2, [MEMORY_ACPI_NVS] = 3,
		[MEMORY_RESERVED] = 4,	       [MEMORY_DEFECTIVE] = 5,
	};

	return ranks[type];
}

static enum memory_type known_type(uint32_t type)
{
	if (type < MEMORY_USABLE || type > MEMORY_DEFECTIVE)
		return MEMORY_RESERVED;
	return (enum memory_type)type;
}

/* The entry as an area, which is the empty one if there is no such entry. */
static struct memory_area map_entry(const struct memory_map *map, size_t index)
{
	struct multiboot_memory_entry entry = { 0 };
	struct memory_area area;

	multiboot_read(map->tag,
		       sizeof(struct multiboot_memory_map) +
			       index * map->entry_size,
		       &entry, sizeof(entry));
	area.type = known_type(entry.type);
	area.range.start = entry.start;
	area.range.end = entry.start + entry.length;
	if (entry.length > UINT64_MAX - entry.start)
		area.range.end = UINT64_MAX;
	return area;
}

/* The area from `start` on, as far as no entry begins or ends. */
static struct memory_area area_from(const struct memory_map *map,
				    uint64_t start)
{
	struct memory_area area = { { start, UINT64_MAX }, MEMORY_NONE };

	for (size_t i = 0; i < map->count; i++) {
		struct memory_area entry = map_entry(map, i);
		uint64_t boundary = entry.range.start;

		if (entry.range.end <= start)
			continue;
		if (boundary <= start) {
			boundary = entry.range.end;
			if (strictness(entry.type) > strictness(area.type))
				area.type = entry.type;
		}
		if (boundary < area.range.end)
			area.range.end = boundary;
	}
	return area;
}

/* Add an area above all others; false if there is no place left for it. */
static bool append(struct boot_info *info, struct memory_area area)
{
	struct memory_area *next = info->areas + info->area_count;

	if (info->area_count > 0 && next[-1].type == area.type &&
	    next[-1].range.end == area.range.start) {
		next[-1].range.end = area.range.end;
		return true;
	}
	if (info->area_count == BOOT_INFO_AREAS)
		return false;
	*next = area;
	info->area_count++;
	return true;
}

/*
 * An area that does not fit is left out, reserved or not.  That makes no reserved
 * memory usable: the areas do not overlap, so none of those that stay covers
 * an address of one that was left out.
 */
static void fill_areas(struct boot_info *info, const struct memory_map *map)
{
	struct memory_area area;

	for (uint64_t at = 0; at < UINT64_MAX; at = area.range.end) {
		area = area_from(map, at);
		if (area.type != MEMORY_NONE && !append(info, area))
			return;
	}
}

const char *memory_map_read(struct boot_info *info, struct multiboot_part tag)
{
	struct multiboot_memory_map head;
	struct memory_map map = { .tag = tag };

	if (!multiboot_read(tag, 0, &head, sizeof(head)))
		return "The memory map is shorter than its header.";
	if (head.entry_size < sizeof(struct multiboot_memory_entry))
		return "The memory map's entries are too short.";
	if ((tag.size - sizeof(head)) % head.entry_size != 0)
		return "The memory map ends within an entry.";
	map.entry_size = head.entry_size;
	map.count = (tag.size - sizeof(head)) / head.entry_size;
	if (map.count > MEMORY_MAP_ENTRIES)
		return "The memory map has more than 1024 entries.";
	fill_areas(info, &map);
	return NULL;
}
