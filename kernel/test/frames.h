/*
 * The frame sources of the tests.  They keep track of every frame, fill what
 * they hand out with garbage, and can be made to run out.  A frame that is given
 * back is nobody's: whoever writes to it, or past a frame of its own, is caught
 * when the frame is handed out again or the test ends.
 */
#ifndef TEST_FRAMES_H
#define TEST_FRAMES_H

#include <stddef.h>

#include "memory/frame_source.h"
#include "memory/mapper.h"

#define TEST_FRAMES 512
#define TEST_FRAMES_NEVER_FAIL UINT64_MAX

/* The source of the test that is running, and another one. */
struct frame_source *test_frames(void);
struct frame_source *test_other_frames(void);

/* A mapper on the test's own page tables, which are the active ones. */
const struct mapper *test_mapper(void);

/*
 * Let `requests` more requests succeed, and all further ones fail, until this
 * is called again; TEST_FRAMES_NEVER_FAIL for no such limit.
 */
void test_frames_fail_after(uint64_t requests);

/*
 * Until the test ends, look at the tables below that root at each request, for one
 * that was linked with its garbage, and at each frame that is given back, for an
 * entry that leads to it.
 */
void test_frames_watch(struct frame root);

/* How many frames are handed out now, and how often one was requested. */
uint64_t test_frames_in_use(void);
uint64_t test_frames_requests(void);

/*
 * Frames after those of the source, one after the other from this one on, that
 * no source hands out: memory at known physical addresses, for whoever is told
 * of it by the test.
 */
#define TEST_MEMORY_FRAMES 5120
#define TEST_ALL_FRAMES (TEST_FRAMES + TEST_MEMORY_FRAMES)
struct frame test_memory(void);

/* Whether this frame is handed out now; and by the other source. */
bool test_frames_is_in_use(struct frame frame);
bool test_frames_is_others(struct frame frame);

/* For the runner, when a test has ended: nobody has written to a free frame. */
void test_frames_check(void);

/*
 * For the runner: start with all of the TEST_FRAMES frames from `first` on
 * free, but for the last one: it becomes the root of empty page tables, which
 * are the active ones from here on.  The TEST_MEMORY_FRAMES lie behind it.
 */
void test_frames_reset(struct frame first);

#endif
