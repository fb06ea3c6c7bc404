// Design: free blocks in a treap by address; each node knows the largest block below it; leftmost fit, recursion of logarithmic depth
#include "memory/allocator.h"

#include <stdint.h>

#define GRAIN 32

struct node {
	struct node *left, *right;
	size_t size, largest;
};

static struct node *root;

static uint64_t priority(const struct node *n)
{
	uint64_t x = (uintptr_t)n / GRAIN * 0x9e3779b97f4a7c15ull;

	return x ^ x >> 29;
}

static size_t largest(const struct node *n)
{
	return n ? n->largest : 0;
}

static struct node *update(struct node *n)
{
	n->largest = n->size;
	if (largest(n->left) > n->largest)
		n->largest = n->left->largest;
	if (largest(n->right) > n->largest)
		n->largest = n->right->largest;
	return n;
}

static struct node *merge(struct node *a, struct node *b)
{
	if (!a)
		return b;
	if (!b)
		return a;
	if (priority(a) > priority(b)) {
		a->right = merge(a->right, b);
		return update(a);
	}
	b->left = merge(a, b->left);
	return update(b);
}

static void split(struct node *n, uintptr_t at, struct node **l, struct node **r)
{
	if (!n) {
		*l = *r = NULL;
	} else if ((uintptr_t)n < at) {
		split(n->right, at, &n->right, r);
		*l = update(n);
	} else {
		split(n->left, at, l, &n->left);
		*r = update(n);
	}
}

static struct node *make(uintptr_t at, size_t size)
{
	struct node *n = (struct node *)at;

	if (size == 0)
		return NULL;
	n->left = n->right = NULL;
	n->size = size;
	return update(n);
}

static uintptr_t fit(const struct node *n, size_t size, size_t align)
{
	uintptr_t at = (uintptr_t)n;
	size_t gap = -at & (align - 1);

	return gap <= n->size && n->size - gap >= size ? at + gap : 0;
}

static struct node *search(struct node *n, size_t size, size_t align)
{
	struct node *found;

	if (largest(n) < size)
		return NULL;
	found = search(n->left, size, align);
	if (found)
		return found;
	if (fit(n, size, align))
		return n;
	return search(n->right, size, align);
}

void allocator_init(void *start, size_t size)
{
	uintptr_t low = (uintptr_t)start, high = low + size;

	root = NULL;
	if (size >= 2 * GRAIN) {
		low = (low + GRAIN - 1) & -(uintptr_t)GRAIN;
		high &= -(uintptr_t)GRAIN;
		root = make(low, high - low);
	}
}

void *alloc(struct layout layout)
{
	struct node *a, *b, *n;
	uintptr_t at, start, end;
	size_t size;

	layout_check(layout);
	size = (layout.size + GRAIN - 1) & -(size_t)GRAIN;
	if (layout.size == 0 || size < layout.size)
		return NULL;
	n = search(root, size, layout.align);
	if (!n)
		return NULL;
	start = (uintptr_t)n;
	end = start + n->size;
	at = fit(n, size, layout.align);
	split(root, start, &a, &b);
	split(b, start + 1, &n, &b);
	a = merge(a, make(start, at - start));
	b = merge(make(at + size, end - at - size), b);
	root = merge(a, b);
	return (void *)at;
}

void dealloc(void *block, struct layout layout)
{
	uintptr_t start = (uintptr_t)block;
	uintptr_t end = start + ((layout.size + GRAIN - 1) & -(size_t)GRAIN);
	struct node *a, *b, *n;

	split(root, start, &a, &b);
	for (n = a; n && n->right; n = n->right)
		;
	if (n && (uintptr_t)n + n->size == start) {
		start = (uintptr_t)n;
		split(a, start, &a, &n);
	}
	for (n = b; n && n->left; n = n->left)
		;
	if (n && (uintptr_t)n == end) {
		end += n->size;
		split(b, (uintptr_t)n + 1, &n, &b);
	}
	root = merge(merge(a, make(start, end - start)), b);
}
