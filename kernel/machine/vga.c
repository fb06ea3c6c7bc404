#include "machine/vga.h"

#include <stdint.h>

#include "layout.h"

#define VGA_TEXT_ADDRESS 0xb8000
#define ROWS 25
#define COLUMNS 80
#define LIGHT_GREY_ON_BLACK 0x0700

static unsigned row, column;

/* The screen's cells: the character below, its colours above. */
static volatile uint16_t *cell(unsigned at_row, unsigned at_column)
{
	return (volatile uint16_t *)(DIRECT_MAP_BASE + VGA_TEXT_ADDRESS) +
	       at_row * COLUMNS + at_column;
}

static void clear_row(unsigned at_row)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		*cell(at_row, i) = LIGHT_GREY_ON_BLACK | ' ';
}

void vga_init(void)
{
	for (unsigned i = 0; i < ROWS; i++)
		clear_row(i);
	row = column = 0;
}

static void next_row(void)
{
	column = 0;
	if (++row < ROWS)
		return;
	row = ROWS - 1;
	for (unsigned i = 0; i < row * COLUMNS; i++)
		*cell(0, i) = *cell(1, i);
	clear_row(row);
}

void vga_write(char byte)
{
	if (byte == '\n') {
		next_row();
		return;
	}
	if (column == COLUMNS)
		next_row();
	*cell(row, column++) = LIGHT_GREY_ON_BLACK | (uint8_t)byte;
}
