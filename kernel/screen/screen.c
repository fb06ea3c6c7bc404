#include "screen/screen.h"

#include "layout.h"
#include "screen/framebuffer.h"

#define VGA_TEXT_ADDRESS 0xb8000
#define VGA_ROWS 25
#define VGA_COLUMNS 80
#define VGA_LIGHT_GREY_ON_BLACK 0x0700

/* We use this much of a larger screen. */
#define ROW_LIMIT 100
#define COLUMN_LIMIT 250

/*
 * What the screen shows.  Reading it back from there is slow, so we do not; and
 * to scroll, we draw only what has changed.
 */
static char shown[ROW_LIMIT][COLUMN_LIMIT];

static unsigned rows, columns, row, column;
static void (*draw)(unsigned row, unsigned column, char letter); /* or NULL */

/* A VGA cell holds the letter in its low byte, the colours in its high byte. */
static void vga_draw(unsigned at_row, unsigned at_column, char letter)
{
	volatile uint16_t *cells = (void *)(DIRECT_MAP_BASE + VGA_TEXT_ADDRESS);

	cells[at_row * VGA_COLUMNS + at_column] = VGA_LIGHT_GREY_ON_BLACK |
						  (uint8_t)letter;
}

static void show(unsigned at_row, unsigned at_column, char letter)
{
	if (shown[at_row][at_column] == letter)
		return;
	shown[at_row][at_column] = letter;
	if (draw)
		draw(at_row, at_column, letter);
}

static unsigned lesser(unsigned left, unsigned right)
{
	return left < right ? left : right;
}

void screen_init(void)
{
	rows = VGA_ROWS;
	columns = VGA_COLUMNS;
	draw = vga_draw;
	for (unsigned y = 0; y < ROW_LIMIT; y++)
		for (unsigned x = 0; x < COLUMN_LIMIT; x++)
			shown[y][x] = ' ';
	for (unsigned y = 0; y < rows; y++)
		for (unsigned x = 0; x < columns; x++)
			draw(y, x, ' ');
}

void screen_use_framebuffer(const struct framebuffer *framebuffer)
{
	if (framebuffer_rows(framebuffer) < VGA_ROWS ||
	    framebuffer_columns(framebuffer) < VGA_COLUMNS ||
	    !framebuffer_init(framebuffer))
		return;
	rows = lesser(framebuffer_rows(framebuffer), ROW_LIMIT);
	columns = lesser(framebuffer_columns(framebuffer), COLUMN_LIMIT);
	draw = framebuffer_draw;
	for (unsigned y = 0; y < VGA_ROWS; y++)
		for (unsigned x = 0; x < VGA_COLUMNS; x++)
			draw(y, x, shown[y][x]);
}

static void next_row(void)
{
	column = 0;
	if (++row < rows)
		return;
	row--;
	for (unsigned y = 0; y < rows; y++)
		for (unsigned x = 0; x < columns; x++)
			show(y, x, y < row ? shown[y + 1][x] : ' ');
}

void screen_write(char byte)
{
	if (byte == '\n') {
		next_row();
		return;
	}
	if (column == columns)
		next_row();
	show(row, column++, byte);
}

void screen_stop(void)
{
	draw = NULL;
}
