#include "judged/channel.h"

#include <stdatomic.h>
#include <unistd.h>

/* About 20 microseconds: longer than a call, shorter than a time slice. */
#define SPINS 2000

static bool is_own_turn(struct channel *channel)
{
	return atomic_load(&channel->mailbox->turn) == channel->side;
}

/* read and write only: they are all that the player is still allowed. */
bool channel_wait(struct channel *channel)
{
	_Atomic uint32_t *sleeping = &channel->mailbox->sleeping[channel->side];
	bool alive = true;
	char byte;

	for (int i = 0; i < SPINS; i++) {
		if (is_own_turn(channel))
			return true;
		__builtin_ia32_pause();
	}
	atomic_store(sleeping, 1);
	while (alive && !is_own_turn(channel))
		alive = read(channel->wait_file, &byte, 1) == 1;
	atomic_store(sleeping, 0);
	return alive;
}

bool channel_exchange(struct channel *channel)
{
	enum side other = channel->side == SIDE_JUDGE ? SIDE_PLAYER : SIDE_JUDGE;

	atomic_store(&channel->mailbox->turn, other);
	if (atomic_load(&channel->mailbox->sleeping[other]) &&
	    write(channel->wake_file, "", 1) != 1)
		return false;
	return channel_wait(channel);
}
