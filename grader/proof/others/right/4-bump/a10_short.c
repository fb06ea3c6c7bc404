// Design: as short as it gets
#include "memory/allocator.h"
#include "lib/string.h"

static char *s, *e, *p;
static size_t n;

void allocator_init(void *start, size_t size) { p = s = start; e = s + size; n = 0; }

void *alloc(struct layout l)
{
	layout_check(l);
	size_t pad = -(size_t)p & (l.align - 1), room = e - p;
	if (!l.size || pad > room || l.size > room - pad) return NULL;
	n++;
	return (p += pad + l.size) - l.size;
}

void dealloc(void *b, struct layout l) { (void)b; (void)l; if (!--n) p = s; }

void *alloc_zeroed(struct layout l)
{
	void *b = alloc(l);
	return b ? memset(b, 0, l.size) : b;
}

void *alloc_resized(void *b, struct layout l, size_t size)
{
	void *c = alloc((struct layout){ size, l.align });
	if (c) memcpy(c, b, size < l.size ? size : l.size), dealloc(b, l);
	return c;
}
