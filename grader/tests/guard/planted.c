/*
 * Programs with one bug each, which go on after it as programs do, and one without: the
 * table in lab 8's handout says which heap notices which.  They are written as tests,
 * so that the kernel can run them as well.  What a heap finds is printed in a line that
 * begins with `found:`.
 */
#include "heaps.h"
#include "lib/console.h"
#include "lib/string.h"
#include "test/test.h"

static volatile char *one, *two;

static void begin(void)
{
	heap_begin();
	one = TAKE(24);
	two = TAKE(24);
}

/* A program as any: blocks come and go. */
static void go_on(void)
{
	for (int i = 0; i < 8; i++) {
		char *block = TAKE(24);

		memset(block, 5, 24);
		GIVE(block, 24);
	}
}

static void end(void)
{
	go_on();
	GIVE((void *)two, 24);
	GIVE((void *)one, 24);
	heap_end();
}

static void none(void)
{
	begin();
	end();
}

static void overflow_by_one(void)
{
	begin();
	one[24] = 1;
	end();
}

static void overflow_in_padding(void)
{
	volatile char *odd;

	begin();
	odd = TAKE(21);
	odd[21] = 1;
	GIVE((void *)odd, 21);
	end();
}

/* Over all zones, into a block that is in use. */
static void overflow_into_another(void)
{
	begin();
	one[two - one + 3] = 1;
	end();
}

static void underflow(void)
{
	begin();
	two[-1] = 1;
	end();
}

static void write_after_free(void)
{
	begin();
	GIVE((void *)one, 24);
	one[3] = 1;
	one = TAKE(24);
	end();
}

static void read_after_free(void)
{
	begin();
	one[0] = 7;
	GIVE((void *)one, 24);
	if (one[0] == (char)GUARD_FREED)
		kprintf("found: poison, which was read\n");
	one = TAKE(24);
	end();
}

static void read_before_write(void)
{
	volatile char *fresh;

	begin();
	fresh = TAKE(40);
	if (fresh[8] == (char)GUARD_FRESH)
		kprintf("found: poison, which was read\n");
	GIVE((void *)fresh, 40);
	end();
}

static void double_free(void)
{
	begin();
	GIVE((void *)one, 24);
	GIVE((void *)one, 24);
	one = TAKE(24);
	end();
}

static void free_from_inside(void)
{
	begin();
	GIVE((void *)(one + 8), 24);
	end();
}

static void free_of_nothing(void)
{
	static _Alignas(16) char variable[64];

	begin();
	GIVE(variable, 24);
	end();
}

static void other_layout(void)
{
	begin();
	GIVE((void *)two, 48);
	two = TAKE(24);
	end();
}

static void leak(void)
{
	begin();
	one = TAKE(24);
	one[0] = 1;
	end();
}

static const struct test programs[] = {
	{ "none", none },
	{ "overflow-by-one", overflow_by_one },
	{ "overflow-in-padding", overflow_in_padding },
	{ "overflow-into-another", overflow_into_another },
	{ "underflow", underflow },
	{ "write-after-free", write_after_free },
	{ "read-after-free", read_after_free },
	{ "read-before-write", read_before_write },
	{ "double-free", double_free },
	{ "free-from-inside", free_from_inside },
	{ "free-of-nothing", free_of_nothing },
	{ "other-layout", other_layout },
	{ "leak", leak },
};

LAB("planted", programs);
