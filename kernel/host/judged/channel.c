#define _GNU_SOURCE

#include "host/judged/channel.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void channel_read(void *to, const void *from, size_t size)
{
	memcpy(to, from, size);
}

void channel_share_processor(const struct channel *channel)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(channel->mailbox->processor, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

static bool is_own_turn(struct channel *channel)
{
	return atomic_load(&channel->mailbox->turn) == channel->side;
}

static int64_t clock_ms(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Sleep until a byte arrives, or until the limit; for ever if that is -1. */
static enum wait_result sleep_on_pipe(struct channel *channel, int limit_ms)
{
	struct pollfd file = { .fd = channel->wait_file, .events = POLLIN };
	char byte;

	/* The player, without limit, is allowed nothing but read and write. */
	if (limit_ms >= 0 && poll(&file, 1, limit_ms) == 0)
		return WAIT_TOO_LONG;
	return read(channel->wait_file, &byte, 1) == 1 ? WAIT_OVER : WAIT_ALONE;
}

static int ms_until(int64_t end)
{
	int64_t left = end - clock_ms(CLOCK_MONOTONIC);

	return left > 0 ? (int)left : 0;
}

/* A byte may be a stale one, and the other side is free to send too many. */
static enum wait_result wait_asleep(struct channel *channel)
{
	bool for_ever = channel->patience_ms < 0;
	int64_t end = for_ever ? 0 :
				 clock_ms(CLOCK_MONOTONIC) + channel->patience_ms;
	enum wait_result result = WAIT_OVER;

	while (result == WAIT_OVER && !is_own_turn(channel)) {
		int left = for_ever ? -1 : ms_until(end);

		result = left == 0 ? WAIT_TOO_LONG :
				     sleep_on_pipe(channel, left);
	}
	return result;
}

static enum wait_result wait_awake(struct channel *channel)
{
	int64_t end = clock_ms(CLOCK_PROCESS_CPUTIME_ID) + channel->patience_ms;

	while (clock_ms(CLOCK_PROCESS_CPUTIME_ID) < end) {
		if (is_own_turn(channel))
			return WAIT_OVER;
		if (sleep_on_pipe(channel, 0) == WAIT_ALONE)
			return WAIT_ALONE;
	}
	return WAIT_TOO_LONG;
}

enum wait_result channel_wait(struct channel *channel)
{
	_Atomic uint32_t *sleeping = &channel->mailbox->sleeping[channel->side];
	enum wait_result result;

	atomic_store(sleeping, 1);
	result = wait_asleep(channel);
	atomic_store(sleeping, 0);
	if (result == WAIT_TOO_LONG)
		result = wait_awake(channel);
	return result;
}

enum wait_result channel_exchange(struct channel *channel)
{
	enum side other = channel->side == SIDE_JUDGE ? SIDE_PLAYER : SIDE_JUDGE;

	atomic_store(&channel->mailbox->turn, other);
	if (atomic_load(&channel->mailbox->sleeping[other]) &&
	    write(channel->wake_file, "", 1) != 1 && errno != EAGAIN)
		return WAIT_ALONE;
	return channel_wait(channel);
}
