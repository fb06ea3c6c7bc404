/*
 * The player's side of a call: functions made from the lab's api by
 * grader/build/stubs.awk, which take the arguments out of the shared memory and
 * call the submission's.
 */
#ifndef HOST_JUDGED_PLAYER_H
#define HOST_JUDGED_PLAYER_H

#include <stddef.h>

#include "host/judged/channel.h"
#include "memory/frame_source.h"

/* Made from the api: for each of its functions, in its order. */
extern void (*const player_functions[])(void *arguments, void *results);
extern const size_t player_function_count;

/* Frames from the source that the test has passed. */
struct frame_source *player_frames(void);

/*
 * The submission's own object that the test knows by this pointer, which is no
 * more than a name here; full of garbage when the name is new.
 */
void *player_object(const void *name, size_t size);

/* A copy of an argument that stays until the test ends. */
void *player_keep(const void *argument, size_t size);

/* A string that stays until the test ends; the same one for the same text. */
const char *player_text(const struct call_text *argument);

/* Bytes to be read during the call. */
const void *player_bytes(const struct call_bytes *argument);

#endif
