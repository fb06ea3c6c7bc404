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

/* A string that stays until the test ends; the same one for the same text. */
const char *player_text(const struct call_text *argument);

/* The bytes of an argument, for as long as the call takes. */
void *player_bytes(struct call_bytes *argument);

#endif
