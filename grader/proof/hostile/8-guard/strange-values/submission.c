/* A guard whose reports lead the judge astray. */
#include "8-guard/guard.h"

#include "lib/string.h"

static uint64_t asked;

static struct guard_report strange(void)
{
	struct guard_site nowhere = { (const char *)(asked * 0x123456789abc),
				      UINT64_MAX };

	asked++;
	return (struct guard_report){
		.what = (enum guard_finding)(asked % 3 ? 1000000 + asked :
						       GUARD_OVERFLOW),
		.block = (void *)(asked << 44),
		.layout = { SIZE_MAX, 0 },
		.offset = INT64_MIN,
		.allocated = nowhere,
		.freed = nowhere,
	};
}

void guard_init(void *start, size_t size)
{
	allocator_init(start, size);
}

void *guard_alloc(struct layout layout, struct guard_site site)
{
	size_t front = layout.align < 32 ? 32 : layout.align;
	struct layout below = { layout.size + front + 32, layout.align };
	char *memory;

	layout_check(layout);
	(void)site;
	if (layout.size > SIZE_MAX / 2 || layout.align > SIZE_MAX / 4)
		return NULL;
	memory = alloc(below);
	return memory ? memset(memory + front, GUARD_FRESH, layout.size) : NULL;
}

struct guard_report guard_check(void)
{
	return strange();
}

struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site)
{
	(void)block;
	(void)layout;
	(void)site;
	return strange();
}

struct guard_leak guard_leak(size_t index)
{
	return (struct guard_leak){ { (const char *)index, index }, UINT64_MAX,
				    UINT64_MAX };
}
