/*
 * Function names, from the symbol table that the boot loader passed.
 */
#ifndef MACHINE_SYMBOLS_H
#define MACHINE_SYMBOLS_H

#include <stdint.h>

#include "boot_info.h"

struct symbol {
	const char *name; /* NULL: no function is known there */
	uint64_t start;
};

/* Use these tables; they stay where they are, in the direct map, all of them. */
void symbols_init(const struct symbol_tables *tables);

/* The function that the address lies in.  Linear in the table's size. */
struct symbol symbol_find(uint64_t address);

#endif
