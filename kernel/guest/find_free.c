#include "guest/find_free.h"

#include <stdbool.h>

#include "memory/page.h"

static bool range_overlaps(struct physical_range left,
			   struct physical_range right)
{
	return left.start < right.end && right.start < left.end;
}

/* A used range that overlaps this one, or NULL. */
static const struct physical_range *
used_overlapping(const struct boot_info *info, struct physical_range range)
{
	for (size_t i = 0; i < info->used_count; i++) {
		if (range_overlaps(info->used[i], range))
			return &info->used[i];
	}
	return NULL;
}

/* As find_free, but in one area and below top. */
static struct physical_range find_free_in(const struct boot_info *info,
					  struct physical_range area,
					  uint64_t size, uint64_t top)
{
	const struct physical_range *used;
	struct physical_range found;

	while (top >= size) {
		found.start = page_containing(top - size).start;
		found.end = found.start + size;
		if (found.start < area.start)
			break;
		used = used_overlapping(info, found);
		if (!used)
			return found;
		top = used->start; /* above it there is no room */
	}
	return (struct physical_range){ 0, 0 };
}

struct physical_range find_free(const struct boot_info *info, uint64_t size,
				uint64_t limit)
{
	struct physical_range none = { 0, 0 };
	struct physical_range area, found;
	uint64_t top;

	if (size == 0)
		return none;
	for (size_t i = info->area_count; i-- > 0;) {
		if (info->areas[i].type != MEMORY_USABLE)
			continue;
		area = info->areas[i].range;
		top = area.end < limit ? area.end : limit;
		found = find_free_in(info, area, size, top);
		if (found.start != 0)
			return found;
	}
	return none;
}
