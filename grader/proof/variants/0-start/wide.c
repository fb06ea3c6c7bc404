/*
 * Design: divides numbers of 128 bits by the number of their bits and more such detours,
 * beside a megabyte of tables of which it uses a byte: what compilers call unasked for
 * these, and lib/string.h, is there.
 *
 * A test must not assume that a submission is small, nor that it needs only what a
 * textbook's solution does.
 */
#include "memory/align.h"

#include "lib/panic.h"
#include "lib/string.h"

#define WORDS (960 * 1024 / sizeof(uint64_t))

static uint64_t calls[WORDS] = { 1, 2, 3 }; /* as at boot, in every test */

static char name[16] = "none";

static uint64_t divide(uint64_t address, uint64_t align)
{
	unsigned __int128 scaled = (unsigned __int128)address << 17;
	unsigned __int128 unit = (unsigned __int128)align << 17;
	__int128 minus = -(__int128)(scaled / unit);

	require(__builtin_popcountll(align) == 1, "no power of two");
	require(scaled % unit == (unsigned __int128)(address % align) << 17 &&
			minus / 1 == minus && minus % 2 <= 0,
		"the division of 128 bits is wrong");
	return (uint64_t)-minus;
}

uint64_t align_down(uint64_t address, uint64_t align)
{
	static const char quotient[] = "quotient";

	if (calls[0]++ == 1)
		require(calls[1] == 2 && calls[2] == 3 && name[0] == 'n',
			"the variables are not as at boot");
	strcpy(name, quotient);
	require(strchr(name, 't') == memchr(name, 't', sizeof(name)) &&
			!memcmp(name, quotient, sizeof(quotient)),
		"lib/string.h is wrong");
	calls[WORDS - 1] = divide(address, align);
	return calls[WORDS - 1] * align;
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return align_down(address + (align - 1), align);
}
