#include "host/judged/player.h"

#include <stdint.h>
#include <string.h>

#include "lib/panic.h"

/* What a test leaves with the player; there is one player to a test. */
#define KEPT_BYTES (1024 * 1024)
#define NAMED_OBJECTS 64

/* What a new object holds: whoever reads before writing is found out. */
#define GARBAGE 0xa5

static struct {
	_Alignas(16) unsigned char memory[KEPT_BYTES];
	size_t used;
} kept;

/* An argument of text, or the name of an object, and where what it names lies. */
struct named {
	const void *name;
	void *memory;
};
static struct named objects[NAMED_OBJECTS], texts[NAMED_OBJECTS];

static void *keep(size_t size)
{
	void *memory = kept.memory + kept.used;

	size = (size + 15) & ~(size_t)15;
	require(size <= KEPT_BYTES - kept.used,
		"a test leaves more than %d KiB with the submission",
		KEPT_BYTES / 1024);
	kept.used += size;
	return memory;
}

void *player_keep(const void *argument, size_t size)
{
	return memcpy(keep(size), argument, size);
}

void *player_object(const void *name, size_t size)
{
	size_t i = 0;

	while (i < NAMED_OBJECTS && objects[i].memory && objects[i].name != name)
		i++;
	require(i < NAMED_OBJECTS, "a test has more than %d objects",
		NAMED_OBJECTS);
	if (!objects[i].memory)
		objects[i] = (struct named){
			name, memset(keep(size), GARBAGE, size)
		};
	return objects[i].memory;
}

const char *player_text(const struct call_text *argument)
{
	size_t i = 0;

	while (i < NAMED_OBJECTS && texts[i].memory &&
	       strcmp(texts[i].memory, argument->text) != 0)
		i++;
	require(i < NAMED_OBJECTS, "a test passes more than %d strings",
		NAMED_OBJECTS);
	if (!texts[i].memory)
		texts[i].memory = player_keep(argument->text,
					      strlen(argument->text) + 1);
	return texts[i].memory;
}

const void *player_bytes(const struct call_bytes *argument)
{
	return argument->shared ? argument->shared : argument->bytes;
}
