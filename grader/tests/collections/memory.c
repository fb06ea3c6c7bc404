#include "memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>

#include "lib/panic.h"
#include "memory/align.h"

static _Atomic size_t blocks, requests, refused_from;
static jmp_buf panic_returns_to;
static bool panic_is_expected;

size_t memory_blocks(void)
{
	return blocks;
}

size_t memory_requests(void)
{
	return requests;
}

void memory_refuse(size_t n)
{
	requests = 0;
	refused_from = n;
}

/* Each block has its layout in front, in a block of the C library's. */
struct block {
	struct layout layout;
	void *whole;
};

void *alloc(struct layout layout)
{
	size_t request = ++requests;
	struct block *block;
	char *whole, *start;

	layout_check(layout);
	if (layout.size == 0 || layout.size > SIZE_MAX / 4 ||
	    layout.align > SIZE_MAX / 4 ||
	    (refused_from && request >= refused_from))
		return NULL;
	whole = malloc(layout.size + 2 * layout.align + sizeof(*block));
	must(whole);
	start = (char *)align_up((uint64_t)whole + sizeof(*block),
				 layout.align);
	/* No better aligned than was asked for: a weaker one would not show. */
	if ((uint64_t)start % (2 * layout.align) == 0)
		start += layout.align;
	memset(start, 0xa5, layout.size);
	block = (struct block *)align_down((uint64_t)start - sizeof(*block), 8);
	*block = (struct block){ layout, whole };
	blocks++;
	return start;
}

void dealloc(void *start, struct layout layout)
{
	struct block *block = (struct block *)align_down(
		(uint64_t)start - sizeof(*block), 8);

	must(block->layout.size == layout.size);
	must(block->layout.align == layout.align);
	memset(start, 0x5a, layout.size);
	free(block->whole);
	blocks--;
}

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	if (panic_is_expected)
		longjmp(panic_returns_to, 1);
	printf("panic at %s:%d: ", file, line);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	exit(1);
}

bool panics(void (*function)(void))
{
	bool panicked = true;

	panic_is_expected = true;
	if (!setjmp(panic_returns_to)) {
		function();
		panicked = false;
	}
	panic_is_expected = false;
	return panicked;
}

uint64_t random_below(uint64_t bound)
{
	static uint64_t state = 0x636169726e;
	uint64_t mixed = state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return (mixed ^ mixed >> 31) % bound;
}

void refuse_each(bool (*operation)(void))
{
	size_t n = 0;
	bool done;

	do {
		memory_refuse(++n);
		done = operation();
		must(done || memory_requests() >= n);
		memory_refuse(0);
		must(n < 100000);
	} while (!done);
	must(n > 1);
}
