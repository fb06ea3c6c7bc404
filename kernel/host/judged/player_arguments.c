#include "host/judged/player.h"

#include <string.h>

#include "lib/panic.h"

/* The most that one test passes; there is one player to a test. */
#define TEXTS 64

static struct call_text texts[TEXTS];
static size_t text_count;

const char *player_text(const struct call_text *argument)
{
	size_t i = 0;

	while (i < text_count && strcmp(texts[i].text, argument->text) != 0)
		i++;
	if (i == text_count) {
		require(i < TEXTS, "a test passes more than %d strings", TEXTS);
		texts[text_count++] = *argument;
	}
	return texts[i].text;
}

void *player_bytes(struct call_bytes *argument)
{
	return argument->is_copy ? argument->bytes : (void *)argument->at;
}
