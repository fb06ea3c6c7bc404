/*
 * The judge's side of a judged run: the tests call the lab's functions as ever,
 * and stubs (judge_align.c and so on, one for each piece) pass each call to the
 * player's process.
 */
#ifndef HOST_JUDGED_JUDGE_H
#define HOST_JUDGED_JUDGE_H

#include <stdint.h>

#include "host/judged/channel.h"
#include "memory/frame_source.h"

/*
 * Call that function of the submission; words are its arguments, and its
 * results afterwards.  Requests for frames are passed on to `frames`, which may
 * be NULL for functions that take none.  Returns only if the function did: a
 * submission that panics, crashes or hangs ends the test.
 */
void judge_call(enum message_kind kind, uint64_t words[MESSAGE_WORDS],
		struct frame_source *frames);

/* Memory for a script, which the player sees and writes its results to. */
struct script *judge_shared_script(void);

#endif
