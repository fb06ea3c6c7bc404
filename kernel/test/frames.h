/*
 * The frame source of the tests.  It keeps track of every frame, fills what
 * it hands out with garbage, and can be made to run out.
 */
#ifndef TEST_FRAMES_H
#define TEST_FRAMES_H

#include <stddef.h>

#include "memory/frame_source.h"
#include "memory/mapper.h"

#define TEST_FRAMES 512
#define TEST_FRAMES_NEVER_FAIL UINT64_MAX

/* The source of the test that is running. */
struct frame_source *test_frames(void);

/* A mapper on the test's own page tables, which are the active ones. */
const struct mapper *test_mapper(void);

/*
 * Let `requests` more requests succeed, and all further ones fail, until this
 * is called again; TEST_FRAMES_NEVER_FAIL for no such limit.
 */
void test_frames_fail_after(uint64_t requests);

/* How many frames are handed out now, and how often one was asked for. */
uint64_t test_frames_in_use(void);
uint64_t test_frames_requests(void);

/*
 * Frames behind those of the source, one after the other from this one on, that
 * no source hands out: memory at known physical addresses, for whoever is told
 * of it by the test.
 */
#define TEST_MEMORY_FRAMES 5120
#define TEST_ALL_FRAMES (TEST_FRAMES + TEST_MEMORY_FRAMES)
struct frame test_memory(void);

/* Whether this frame is handed out now. */
bool test_frames_is_in_use(struct frame frame);

/*
 * For the runner: start with all of the TEST_FRAMES frames from `first` on
 * free, but for the last one: it becomes the root of empty page tables, which
 * are the active ones from here on.  The TEST_MEMORY_FRAMES lie behind it.
 */
void test_frames_reset(struct frame first);

#endif
