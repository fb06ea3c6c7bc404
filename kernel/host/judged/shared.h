/*
 * The memory that judge and player share, and how the player finds it: open
 * files with these numbers.
 */
#ifndef HOST_JUDGED_SHARED_H
#define HOST_JUDGED_SHARED_H

enum shared_file {
	SHARED_MAILBOX = 3, /* struct mailbox */
	SHARED_FRAMES, /* the TEST_ALL_FRAMES frames of the tests */
	SHARED_HEAP, /* HEAP_SIZE bytes at HEAP_START */
	SHARED_WAIT, /* the player's ends of the two pipes */
	SHARED_WAKE,
	SHARED_END,
};

#endif
