// Design: slow but right: counts from max(size, align) up, byte by byte, to the next power of two, and finds the list by comparing with every class
// Right: the cost depends on the size alone (at most about 1000 steps), never on how many blocks are free or in use
// Shown: yes
#include "memory/allocator.h"

#include "6-blocks/fallback.h"
#include "lab.h"

static const unsigned short sizes[] = { 2048, 1024, 512, 256, 128,
					64,   32,   16,	 8 };
static void **heads[sizeof sizes / sizeof *sizes];

static bool is_power_of_two(unsigned long n)
{
	int ones = 0;

	for (; n > 0; n /= 2)
		if (n % 2 == 1)
			ones++;
	return ones == 1;
}

/* 0 for what is large. */
static size_t rounded(struct layout layout)
{
	size_t n = layout.size;

	if (layout.align > n)
		n = layout.align;
	if (n > 2048)
		return 0;
	if (n < 8)
		n = 8;
	while (!is_power_of_two(n))
		n++;
	return n;
}

static void ***head_for(size_t n)
{
	void ***found = NULL;

	for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (sizes[i] == n)
			found = &heads[i];
	return found;
}

void allocator_init(void *start, size_t size)
{
	fallback_allocator_init(start, size);
	for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++)
		*head_for(sizes[i]) = NULL;
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	size_t n = rounded(layout);
	if (layout.size == 0)
		return NULL;
	if (n == 0)
		return fallback_alloc(layout);
	void ***head = head_for(n);
	if (*head == NULL) {
		struct layout class = { .size = n, .align = n };
		return fallback_alloc(class);
	}
	void **block = *head;
	*head = *block;
	return block;
}

void dealloc(void *block, struct layout layout)
{
	size_t n = rounded(layout);

	if (n == 0) {
		fallback_dealloc(block, layout);
		return;
	}
	void ***head = head_for(n);
	*(void **)block = *head;
	*head = block;
}
