#include "machine/symbols.h"

#include <stdbool.h>
#include <stddef.h>

#include "layout.h"

/* System V ABI, "Symbol Table". */
struct elf_symbol {
	uint32_t name; /* offset into the names */
	uint8_t info; /* type in the lower four bits */
	uint8_t other;
	uint16_t section;
	uint64_t value;
	uint64_t size;
};

#define ELF_TYPE_MASK 0xf
#define ELF_TYPE_FUNCTION 2

static struct {
	const struct elf_symbol *symbols;
	size_t symbol_count;
	const char *names;
	size_t names_size;
} table;

void symbols_init(const struct symbol_tables *tables)
{
	const struct physical_range *symbols = &tables->symbols;
	const struct physical_range *names = &tables->names;

	table.symbols = (void *)(DIRECT_MAP_BASE + symbols->start);
	table.symbol_count =
		(symbols->end - symbols->start) / sizeof(struct elf_symbol);
	table.names = (void *)(DIRECT_MAP_BASE + names->start);
	table.names_size = names->end - names->start;
	/* A string table ends with a 0 byte; anything else is not one. */
	if (!table.names_size || table.names[table.names_size - 1])
		table.symbol_count = 0;
}

/* Sizes are no help: assembly routines have none. */
static bool is_function(const struct elf_symbol *symbol)
{
	return (symbol->info & ELF_TYPE_MASK) == ELF_TYPE_FUNCTION;
}

struct symbol symbol_find(uint64_t address)
{
	struct symbol best = { NULL, 0 };

	if (address < (uint64_t)kernel_text_start ||
	    address >= (uint64_t)kernel_rodata_start)
		return best;
	for (size_t i = 0; i < table.symbol_count; i++) {
		const struct elf_symbol *symbol = &table.symbols[i];

		if (is_function(symbol) && symbol->value <= address &&
		    symbol->value >= best.start &&
		    symbol->name < table.names_size &&
		    table.names[symbol->name])
			best = (struct symbol){ table.names + symbol->name,
						symbol->value };
	}
	return best;
}
