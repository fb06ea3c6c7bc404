#include "judged/channel.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* About 10 microseconds: longer than a call, shorter than a time slice. */
#define SPINS 250

static bool is_own_turn(struct channel *channel)
{
	return atomic_load(&channel->mailbox->turn) == channel->side;
}

/*
 * Sleep until a byte comes.  The player is allowed nothing but read and write;
 * the judge has patience for so long only.
 */
static enum wait_result sleep_on_pipe(struct channel *channel)
{
	struct pollfd file = { .fd = channel->wait_file, .events = POLLIN };
	char byte;

	if (channel->patience_ms && poll(&file, 1, channel->patience_ms) == 0)
		return WAIT_TOO_LONG;
	return read(channel->wait_file, &byte, 1) == 1 ? WAIT_OVER : WAIT_ALONE;
}

enum wait_result channel_wait(struct channel *channel)
{
	_Atomic uint32_t *sleeping = &channel->mailbox->sleeping[channel->side];
	enum wait_result result = WAIT_OVER;

	for (int i = 0; i < SPINS; i++) {
		if (is_own_turn(channel))
			return WAIT_OVER;
		__builtin_ia32_pause();
	}
	atomic_store(sleeping, 1);
	while (result == WAIT_OVER && !is_own_turn(channel))
		result = sleep_on_pipe(channel);
	atomic_store(sleeping, 0);
	return result;
}

enum wait_result channel_exchange(struct channel *channel)
{
	enum side other = channel->side == SIDE_JUDGE ? SIDE_PLAYER : SIDE_JUDGE;

	atomic_store(&channel->mailbox->turn, other);
	if (atomic_load(&channel->mailbox->sleeping[other]) &&
	    write(channel->wake_file, "", 1) != 1)
		return WAIT_ALONE;
	return channel_wait(channel);
}
