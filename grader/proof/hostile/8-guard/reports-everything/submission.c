/* A guard that reports everything. */
#include "8-guard/guard.h"

#include "lib/string.h"

#define MOST 1000

static struct guard_report known[MOST];
static size_t count, next;

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
	count = next = 0;
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	size_t front = layout.align < 32 ? 32 : layout.align;
	struct layout below = { layout.size + front + 32, layout.align };
	char *memory;

	layout_check(layout);
	if (layout.size > SIZE_MAX / 2 || front > SIZE_MAX / 4 || count == MOST)
		return NULL;
	memory = alloc(below);
	if (!memory)
		return NULL;
	memory += front;
	known[count++] = (struct guard_report){
		.what = GUARD_OVERFLOW,
		.block = memory,
		.layout = layout,
		.offset = (int64_t)layout.size,
		.allocated = site,
	};
	return memset(memory, GUARD_FRESH, layout.size);
}

struct guard_report guard_check(void)
{
	return count ? known[next++ % count] :
		       (struct guard_report){ .what = GUARD_NOTHING };
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	struct guard_report report = guard_check();

	report.what = GUARD_DOUBLE_FREE;
	report.block = block;
	report.layout = layout;
	report.freed = site;
	return report;
}

struct guard_leak guard_leak(size_t index)
{
	struct guard_leak leak = { .count = index < count };

	return leak;
}
