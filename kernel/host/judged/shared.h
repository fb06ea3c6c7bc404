/*
 * What a player is given: the memory that it shares with the judge, and its ends of
 * the two pipes.  Each is an open file; a player's parent gets all of them with a
 * request (request.h), which comes on the file SHARED_REQUESTS.
 */
#ifndef HOST_JUDGED_SHARED_H
#define HOST_JUDGED_SHARED_H

#define SHARED_REQUESTS 3

/* A player's exit status: it works in a call that does not return. */
#define EXIT_CALL_HANGS 4

enum shared_file {
	SHARED_MAILBOX, /* struct mailbox */
	SHARED_FRAMES, /* the TEST_ALL_FRAMES frames of the tests */
	SHARED_HEAP, /* TEST_LARGEST_HEAP bytes at HEAP_START */
	SHARED_WAIT,
	SHARED_WAKE,
	SHARED_FILES,
};

#endif
