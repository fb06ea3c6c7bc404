/*
 * The string functions of the bare machine.
 *
 * A compiler that sees a loop which copies or fills bytes may replace it by a
 * call of memcpy, memmove or memset, which inside these functions would recurse for
 * ever.  The processor's own string instructions are out of its sight; they
 * rely on the direction flag being clear, as the calling convention requires.
 */
#include "lib/string.h"

#include <stdint.h>

void *memmove(void *to, const void *from, size_t size)
{
	unsigned char *target = to;
	const unsigned char *source = from;

	/* Lowest byte first is right unless `to` lies inside the source. */
	if ((uintptr_t)to - (uintptr_t)from >= size) {
		size_t words = size / 8, rest = size % 8;

		__asm__ volatile("rep movsq; mov %3, %%rcx; rep movsb"
				 : "+&D"(target), "+&S"(source), "+&c"(words)
				 : "r"(rest)
				 : "memory");
		return to;
	}
	while (size-- > 0) {
		target[size] = source[size];
		__asm__ volatile("" ::: "memory"); /* keep it a loop */
	}
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	return memmove(to, from, size);
}

void *memset(void *to, int byte, size_t size)
{
	void *next = to;
	size_t words = size / 8, rest = size % 8;

	/* By words: the emulated processor takes as long for each as for a byte. */
	__asm__ volatile("rep stosq; mov %2, %%rcx; rep stosb"
			 : "+&D"(next), "+&c"(words)
			 : "r"(rest), "a"(0x0101010101010101 * (uint8_t)byte)
			 : "memory");
	return to;
}

/* Clang calls it where a comparison's sign does not matter. */
int bcmp(const void *left, const void *right, size_t size);

int bcmp(const void *left, const void *right, size_t size)
{
	return memcmp(left, right, size);
}

int memcmp(const void *left, const void *right, size_t size)
{
	const unsigned char *l = left;
	const unsigned char *r = right;

	for (size_t i = 0; i < size; i++) {
		if (l[i] != r[i])
			return l[i] - r[i];
	}
	return 0;
}

size_t strlen(const char *text)
{
	size_t length = 0;

	while (text[length]) {
		length++;
		__asm__ volatile(""); /* keep it a loop, see above */
	}
	return length;
}

int strcmp(const char *left, const char *right)
{
	return strncmp(left, right, SIZE_MAX);
}

int strncmp(const char *left, const char *right, size_t size)
{
	const unsigned char *l = (const unsigned char *)left;
	const unsigned char *r = (const unsigned char *)right;

	for (size_t i = 0; i < size; i++) {
		if (l[i] != r[i] || l[i] == 0)
			return l[i] - r[i];
	}
	return 0;
}

void *memchr(const void *bytes, int byte, size_t size)
{
	const unsigned char *next = bytes;

	for (size_t i = 0; i < size; i++) {
		if (next[i] == (unsigned char)byte)
			return (void *)(next + i);
	}
	return NULL;
}

char *strchr(const char *text, int byte)
{
	return memchr(text, byte, strlen(text) + 1);
}

char *strcpy(char *restrict to, const char *restrict from)
{
	return memcpy(to, from, strlen(from) + 1);
}
