// Design: best fit; Knuth's boundary tags (header of 8 bytes, footer in free chunks) and a treap by (size, address).
// Right: a header of 8 bytes and chunks of 32: the design's own matter; every free chunk is in the tree
// Shown: its author says that it passed random tests of his own with gcc and clang at -O2
#include "memory/allocator.h"

#include <stdint.h>

#include "lab.h"
#include "lib/string.h"

/*
 * A chunk begins at an address that is 8 more than a multiple of 16, with `tag`;
 * what the user gets begins behind the tag.  left, right and the footer (the last
 * 8 bytes, a copy of the size) exist in free chunks only.
 */
typedef struct chunk chunk_t;
struct chunk {
	uint64_t tag; /* size | USED | LOWER_USED */
	chunk_t *left, *right;
	uint64_t room_for_footer;
};

enum {
	USED = 1,	/* this chunk */
	LOWER_USED = 2, /* the one below, or there is none */
	FLAGS = 15,
	TAG = 8,
	SMALLEST = sizeof(chunk_t),
};

static chunk_t *root;
static uintptr_t lowest, limit;

static inline uint64_t size_of(const chunk_t *c)
{
	return c->tag & ~(uint64_t)FLAGS;
}

static inline chunk_t *chunk_at(uintptr_t address)
{
	return (chunk_t *)address;
}

static inline uint64_t priority(const chunk_t *c)
{
	uint64_t x = (uintptr_t)c;

	x ^= x >> 31;
	x *= 0x9e3779b97f4a7c15;
	x ^= x >> 29;
	x *= 0xbf58476d1ce4e5b9;
	return x ^ x >> 32;
}

static inline bool less(const chunk_t *a, const chunk_t *b)
{
	uint64_t p = size_of(a), q = size_of(b);

	return p != q ? p < q : (uintptr_t)a < (uintptr_t)b;
}

static void tree_insert(chunk_t *c)
{
	uint64_t mine = priority(c);
	chunk_t **link = &root;

	while (*link && priority(*link) >= mine)
		link = less(c, *link) ? &(*link)->left : &(*link)->right;

	/* Split what hangs there into what is less than c and what is more. */
	chunk_t *rest = *link, **l = &c->left, **r = &c->right;
	*link = c;
	while (rest) {
		if (less(rest, c)) {
			*l = rest;
			l = &rest->right;
			rest = rest->right;
		} else {
			*r = rest;
			r = &rest->left;
			rest = rest->left;
		}
	}
	*l = *r = NULL;
}

static void tree_remove(chunk_t *c)
{
	chunk_t **link = &root;

	while (*link != c) {
		require(*link, "heap: a free chunk is not in the tree");
		link = less(c, *link) ? &(*link)->left : &(*link)->right;
	}
	chunk_t *a = c->left, *b = c->right;
	while (a && b) {
		if (priority(a) >= priority(b)) {
			*link = a;
			link = &a->right;
			a = a->right;
		} else {
			*link = b;
			link = &b->left;
			b = b->left;
		}
	}
	*link = a ? a : b;
}

/* The least chunk whose (size, address) is (size, address) or more. */
static chunk_t *tree_at_least(uint64_t size, uintptr_t address)
{
	chunk_t *best = NULL;

	for (chunk_t *c = root; c;) {
		uint64_t s = size_of(c);

		if (s > size || (s == size && (uintptr_t)c >= address)) {
			best = c;
			c = c->left;
		} else {
			c = c->right;
		}
	}
	return best;
}

/* Make [at, at + size) a free chunk; the chunk below is in use, always. */
static void make_free(uintptr_t at, uint64_t size)
{
	chunk_t *c = chunk_at(at);

	c->tag = size | LOWER_USED;
	*(uint64_t *)(at + size - 8) = size;
	tree_insert(c);
	if (at + size < limit)
		chunk_at(at + size)->tag &= ~(uint64_t)LOWER_USED;
}

void allocator_init(void *start, size_t size)
{
	uintptr_t from = (uintptr_t)start;
	size_t skip = (TAG - from) & FLAGS;

	root = NULL;
	lowest = limit = 0;
	if (size < skip || size - skip < SMALLEST)
		return;
	lowest = from + skip;
	limit = lowest + ((size - skip) & ~(size_t)FLAGS);
	make_free(lowest, limit - lowest);
}

/* How far into the free chunk c a chunk of `need` may begin; size_of(c) if nowhere. */
static uint64_t offset_in(const chunk_t *c, uint64_t need, size_t align)
{
	uintptr_t user = (uintptr_t)c + TAG;
	uint64_t size = size_of(c), offset = -user & (align - 1);

	/* What stays in front must be nothing, or a chunk. */
	if (offset != 0 && offset < SMALLEST) {
		offset = SMALLEST;
		offset += -(user + offset) & (align - 1);
	}
	return offset < size && size - offset >= need ? offset : size;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0 || layout.size >= limit - lowest)
		return NULL;

	uint64_t need = (layout.size + TAG + FLAGS) & ~(uint64_t)FLAGS;
	if (need < SMALLEST)
		need = SMALLEST;
	size_t align = layout.align < 16 ? 16 : layout.align;

	chunk_t *c = tree_at_least(need, 0);
	uint64_t offset = 0;
	while (c && (offset = offset_in(c, need, align)) == size_of(c))
		c = tree_at_least(size_of(c), (uintptr_t)c + 1);
	if (!c)
		return NULL;

	uint64_t size = size_of(c);
	uintptr_t at = (uintptr_t)c + offset;
	uint64_t mine = size - offset, rest = mine - need;
	tree_remove(c);

	if (rest >= SMALLEST)
		mine = need;
	chunk_at(at)->tag = mine | USED | (offset ? 0 : LOWER_USED);
	if (offset)
		make_free((uintptr_t)c, offset);
	if (rest >= SMALLEST)
		make_free(at + mine, rest);
	else if (at + mine < limit)
		chunk_at(at + mine)->tag |= LOWER_USED;
	return (void *)(at + TAG);
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t at = (uintptr_t)block - TAG;

	require((at & FLAGS) == TAG && at >= lowest && at < limit,
		"dealloc: %p is no block of this heap", block);
	chunk_t *c = chunk_at(at);
	uint64_t size = size_of(c);
	require(c->tag & USED, "dealloc: %p is not in use", block);
	require(layout.size <= size - TAG,
		"dealloc: %p has no %zu bytes", block, layout.size);

	chunk_t *upper = chunk_at(at + size);
	if (at + size < limit && !(upper->tag & USED)) {
		tree_remove(upper);
		size += size_of(upper);
	}
	if (!(c->tag & LOWER_USED)) {
		uint64_t below = *(uint64_t *)(at - 8);

		c->tag &= ~(uint64_t)USED;
		at -= below;
		tree_remove(chunk_at(at));
		size += below;
	}
	make_free(at, size);
}
