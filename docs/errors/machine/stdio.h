/*
 * As much of <stdio.h> as the programs beside need, on the kernel.
 */
#ifndef ERRORS_STDIO_H
#define ERRORS_STDIO_H

#include "lib/console.h"

#define printf kprintf

/* What start.c calls. */
int main(void);

#endif
