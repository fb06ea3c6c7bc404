/* The guard, on lab 5's list; it says what it finds. */
#include "heaps.h"

#include "lib/console.h"

#include "host.h"

static const char *const names[] = {
	[GUARD_OVERFLOW] = "overflow",
	[GUARD_UNDERFLOW] = "underflow",
	[GUARD_USE_AFTER_FREE] = "use after free",
	[GUARD_DOUBLE_FREE] = "double free",
	[GUARD_INTERIOR_FREE] = "free from inside",
	[GUARD_NEVER_ALLOCATED] = "free of what was never allocated",
	[GUARD_OTHER_LAYOUT] = "free with another layout",
	[GUARD_BOOKS] = "damage to the guard's notes",
};

static void tell(struct guard_report report)
{
	if (report.what)
		kprintf("found: %s, block of line %llu\n", names[report.what],
		       (unsigned long long)report.allocated.line);
}

void heap_begin(void)
{
	guard_init(region, sizeof(region));
}

void heap_end(void)
{
	struct guard_leak leak;

	tell(guard_check());
	for (size_t i = 0; (leak = guard_leak(i)).count; i++)
		kprintf("found: leak of %llu bytes, of line %llu\n",
		       (unsigned long long)leak.bytes,
		       (unsigned long long)leak.site.line);
}

void *heap_take(struct layout layout, struct guard_site site)
{
	return guard_alloc(layout, site);
}

void heap_give(void *block, struct layout layout, struct guard_site site)
{
	tell(guard_dealloc(block, layout, site));
}
