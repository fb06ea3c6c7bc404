/*
 * What boot_info.h promises about every parsed information, right or wrong, as
 * a check that any test can call.
 */
#ifndef BOOT_INFO_PROMISES_H
#define BOOT_INFO_PROMISES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "boot_info.h"
#include "guest/find_free.h"

static inline const char *broken_area(const struct boot_info *info)
{
	const struct memory_area *area = info->areas;

	if (info->area_count > BOOT_INFO_AREAS)
		return "more areas than there is place for";
	for (size_t i = 0; i < info->area_count; i++) {
		if (area[i].range.start >= area[i].range.end)
			return "an area is empty";
		if (area[i].type < MEMORY_USABLE ||
		    area[i].type > MEMORY_DEFECTIVE)
			return "an area has an unknown type";
		if (i == 0)
			continue;
		if (area[i - 1].range.end > area[i].range.start)
			return "areas overlap or are not sorted";
		if (area[i - 1].range.end == area[i].range.start &&
		    area[i - 1].type == area[i].type)
			return "areas of one type touch";
	}
	return NULL;
}

static inline const char *broken_used(const struct boot_info *info)
{
	const struct physical_range *used = info->used;

	if (info->used_count > BOOT_INFO_USED_RANGES)
		return "more used ranges than there is place for";
	for (size_t i = 0; i < info->used_count; i++) {
		if (used[i].start >= used[i].end)
			return "a used range is empty";
		if (i > 0 && used[i - 1].end >= used[i].start)
			return "used ranges touch or are not sorted";
	}
	return NULL;
}

static inline bool lies_in_usable(const struct boot_info *info,
				  struct physical_range range)
{
	for (size_t i = 0; i < info->area_count; i++) {
		if (info->areas[i].type == MEMORY_USABLE &&
		    info->areas[i].range.start <= range.start &&
		    info->areas[i].range.end >= range.end)
			return true;
	}
	return false;
}

static inline bool overlaps_used(const struct boot_info *info,
				 struct physical_range range)
{
	for (size_t i = 0; i < info->used_count; i++) {
		if (info->used[i].start < range.end &&
		    range.start < info->used[i].end)
			return true;
	}
	return false;
}

static inline const char *broken_free(const struct boot_info *info,
				      uint64_t size, uint64_t limit)
{
	struct physical_range found = find_free(info, size, limit);

	if (found.start == 0)
		return NULL;
	if (found.end - found.start != size || found.end < found.start)
		return "the free range has another size";
	if (found.start % 4096 != 0)
		return "the free range begins within a page";
	if (found.end > limit)
		return "the free range is above the limit";
	if (!lies_in_usable(info, found))
		return "the free range is not usable";
	if (overlaps_used(info, found))
		return "the free range is used";
	return NULL;
}

/* NULL, or the first promise that does not hold. */
static inline const char *broken_promise(const struct boot_info *info)
{
	static const uint64_t sizes[] = { 4096, 0x200000, 0x40000000 };
	static const uint64_t limits[] = { 0, 0x100000, 0x8000001, 1ull << 32,
					   UINT64_MAX };
	const struct symbol_tables *tables = &info->kernel_symbols;
	const char *broken = broken_area(info);

	if (!broken)
		broken = broken_used(info);
	if (!broken && !memchr(info->command_line, 0, BOOT_INFO_COMMAND_LINE))
		broken = "the command line has no end";
	if (!broken && (tables->symbols.start < tables->symbols.end) !=
			       (tables->names.start < tables->names.end))
		broken = "one symbol table has no partner";
	for (size_t i = 0; i < 15 && !broken; i++)
		broken = broken_free(info, sizes[i % 3], limits[i / 3]);
	return broken;
}

#endif
