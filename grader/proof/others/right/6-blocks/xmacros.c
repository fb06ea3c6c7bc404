// Design: nine named lists out of an X macro, nine pairs of functions, a chain of ifs
// Right: each SELECT is the smallest class not below size and align; what remains is the fallback's
// Shown: yes
#include "memory/allocator.h"

#include "6-blocks/fallback.h"
#include "lab.h"

#define EACH_CLASS(X) X(8) X(16) X(32) X(64) X(128) X(256) X(512) X(1024) X(2048)

#define DEFINE(N)                                                              \
	static struct block##N {                                               \
		union {                                                        \
			struct block##N *next;                                 \
			unsigned char bytes[N];                                \
		};                                                             \
	} *list##N;                                                            \
	_Static_assert(sizeof(struct block##N) == (N), "class " #N);           \
	static void *take##N(void)                                             \
	{                                                                      \
		struct block##N *b = list##N;                                  \
		return b ? (list##N = b->next, (void *)b) :                    \
			   fallback_alloc((struct layout){ (N), (N) });        \
	}                                                                      \
	static void give##N(void *p)                                           \
	{                                                                      \
		struct block##N *b = p;                                        \
		b->next = list##N, list##N = b;                                \
	}
EACH_CLASS(DEFINE)

#define FITS(N) (layout.size <= (N) && layout.align <= (N))
#define FORGET(N) list##N = NULL;
#define TAKE(N) if (FITS(N)) return take##N();
#define GIVE(N) if (FITS(N)) { give##N(block); return; }

void allocator_init(void *start, size_t size)
{
	EACH_CLASS(FORGET)
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0)
		return NULL;
	EACH_CLASS(TAKE)
	return fallback_alloc(layout);
}

void dealloc(void *block, struct layout layout)
{
	EACH_CLASS(GIVE)
	fallback_dealloc(block, layout);
}
