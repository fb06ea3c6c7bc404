/*
 * The shapes of the letters on the graphic screen, for framebuffer.c.
 */
#ifndef SCREEN_FONT_H
#define SCREEN_FONT_H

#define FONT_WIDTH 8
#define FONT_HEIGHT 13
#define FONT_FIRST ' '
#define FONT_LAST '~'

/* One byte for each row of a letter, from the top; the highest bit is on the left. */
extern const char font_shapes[FONT_LAST - FONT_FIRST + 1][FONT_HEIGHT + 1];

#endif
