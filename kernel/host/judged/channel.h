/*
 * Remote calls between two processes through shared memory: one message, and a turn
 * that says which side owns it.  Who waits sleeps on a pipe, and both run on one
 * processor: they never have work at the same time, and to wake another processor takes
 * ten times as long as to switch, where machines are virtual.
 *
 * The judge must trust nothing in here: the other side can write to all of it
 * at any time.  It copies a message once, and checks the copy.
 */
#ifndef HOST_JUDGED_CHANNEL_H
#define HOST_JUDGED_CHANNEL_H

#include <stddef.h>
#include <stdint.h>

#define MESSAGE_TEXT 256

/* All arguments of a call, or all its results; one block among them. */
#define CALL_BYTES (128 * 1024)
#define CALL_BLOCK_BYTES 4096

enum message_kind {
	/* From the judge, first of all: answer when you are ready. */
	CALL_NOTHING,
	/* From the judge: call that function of the submission. */
	CALL_FUNCTION,
	/* From the judge: what the player asked for. */
	ANSWER,
	/* From the player: the function has returned. */
	RETURNED,
	/* From the player, while the function runs: do this for me. */
	ASK_FRAME,
	ASK_GIVE_BACK_FRAME,
	ASK_FLUSH_PAGE,
	ASK_ROOT,
	ASK_SET_ROOT,
	/* From the player: show the text; text[0] to text[MESSAGE_TEXT - 1]. */
	ASK_DEBUG_TEXT,
	/* From the player: the end, for which the text gives the reason. */
	END_UNFINISHED,
	END_PANIC,
	/* From the player: the end, because its stack is too small for the function. */
	END_STACK_OVERFLOW,
};

struct message {
	uint64_t kind; /* enum message_kind, if the sender is honest */
	uint64_t word; /* the function's number; or what is asked and answered */
	char text[MESSAGE_TEXT];
};

/*
 * Arguments and results are structs that are made from the lab's api, one of each
 * for every function.  What a call needs besides plain values:
 */
struct call_bytes {
	const void *at; /* NULL, in the heap, or the tests': then this is a copy */
	uint64_t is_copy;
	_Alignas(16) unsigned char bytes[CALL_BLOCK_BYTES];
};
struct call_text {
	char text[MESSAGE_TEXT];
};

enum side { SIDE_JUDGE, SIDE_PLAYER };

struct mailbox {
	_Atomic uint32_t turn; /* enum side: who may write the message */
	_Atomic uint32_t sleeping[2];
	uint32_t has_hung; /* from the judge, before all else: a test has */
	uint32_t processor; /* likewise: the one that both run on */
	struct message message;
	_Alignas(16) unsigned char arguments[CALL_BYTES];
	_Alignas(16) unsigned char results[CALL_BYTES];
};

/* One side's end of it. */
struct channel {
	struct mailbox *mailbox;
	enum side side;
	int wait_file; /* a byte here wakes this side */
	int wake_file; /* a byte here wakes the other */
	int patience_ms; /* see channel_wait; -1: it waits for ever */
};

/*
 * Copy out of the mailbox, where the other side may go on writing.  A call that the
 * compiler cannot see into: so what is checked in the copy is what is used, and not
 * a second read of the mailbox.
 */
void channel_read(void *to, const void *from, size_t size);

/* Stay on the processor that the mailbox names, if there is one; it only saves time. */
void channel_share_processor(const struct channel *channel);

enum wait_result {
	WAIT_OVER, /* it is this side's turn */
	WAIT_ALONE, /* the other process is gone */
	WAIT_TOO_LONG,
};

/* Give the turn to the other side and wait until it comes back. */
enum wait_result channel_exchange(struct channel *channel);

/*
 * Wait for the turn without giving it away first.
 *
 * WAIT_TOO_LONG after sleeping as long as the patience, for a computer that is busy
 * with its disk, and then using as much CPU time awake: where many processes compete
 * for the processor, the other one has had its share of it meanwhile.
 */
enum wait_result channel_wait(struct channel *channel);

#endif
