#include "screen/framebuffer.h"

#include "machine/tables.h"
#include "screen/font.h"

#define DIRECT_COLOURS 1 /* Multiboot2 3.6.12 */
#define BITS_PER_PIXEL 32
#define LIGHT_GREY 0xaaaaaa /* whatever the order of red, green and blue */
#define BLACK 0

#define ROW_HEIGHT (FONT_HEIGHT + 3)

static volatile uint32_t *pixels;
static uint64_t pitch; /* pixels from one line to the next */

unsigned framebuffer_rows(const struct framebuffer *framebuffer)
{
	return framebuffer->height / ROW_HEIGHT;
}

unsigned framebuffer_columns(const struct framebuffer *framebuffer)
{
	return framebuffer->width / FONT_WIDTH;
}

bool framebuffer_init(const struct framebuffer *framebuffer)
{
	uint64_t size = (uint64_t)framebuffer->pitch * framebuffer->height;

	pitch = framebuffer->pitch / sizeof(*pixels);
	if (framebuffer->address == 0 || framebuffer->type != DIRECT_COLOURS ||
	    framebuffer->bits_per_pixel != BITS_PER_PIXEL ||
	    framebuffer->pitch % sizeof(*pixels) != 0 ||
	    framebuffer->width > pitch)
		return false;
	pixels = tables_map_device(framebuffer->address, size);
	if (!pixels)
		return false;
	for (uint64_t i = 0; i < size / sizeof(*pixels); i++)
		pixels[i] = BLACK;
	return true;
}

void framebuffer_draw(unsigned row, unsigned column, char letter)
{
	bool is_known = letter >= FONT_FIRST && letter <= FONT_LAST;
	const char *shape = font_shapes[(is_known ? letter : '?') - FONT_FIRST];

	for (unsigned y = 0; y < FONT_HEIGHT; y++) {
		volatile uint32_t *line = pixels +
					  (row * ROW_HEIGHT + y) * pitch +
					  column * FONT_WIDTH;

		for (unsigned x = 0; x < FONT_WIDTH; x++)
			line[x] = shape[y] & (0x80 >> x) ? LIGHT_GREY : BLACK;
	}
}
