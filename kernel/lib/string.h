/*
 * The few functions of the C library's <string.h> that the kernel has.  The
 * compiler may call the mem* ones on its own.  On the host, libc has them.
 */
#ifndef LIB_STRING_H
#define LIB_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t size);
void *memchr(const void *bytes, int byte, size_t size);
char *strchr(const char *text, int byte);
char *strcpy(char *restrict to, const char *restrict from);

#endif
