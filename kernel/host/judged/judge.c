#define _GNU_SOURCE

#include "host/judged/judge.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/host.h"
#include "host/judged/request.h"
#include "host/judged/shared.h"
#include "host/work.h"
#include "lib/console.h"
#include "machine.h"
#include "memory/heap.h"
#include "runner/isolate.h"
#include "test/frames.h"
#include "test/test.h"

/*
 * How long the judge waits for the player to start and for a call: see channel_wait,
 * which takes as long asleep and then awake.  This ends a player that stands
 * still; a call that computes without end is ended there, by its CPU time
 * (host/work.h), and sooner.
 */
#define START_PATIENCE_MS 5000
#define CALL_PATIENCE_MS 5000
#define LATER_PATIENCE_MS 1000 /* once a test has hung */

/* How many requests one call may make; an honest one makes a few. */
#define MOST_ASKED 10000

_Static_assert(START_PATIENCE_MS + CALL_PATIENCE_MS < WORK_OF_TEST * 1000,
	       "the judge outlives its own waiting");

/* Each test has a process of its own, and that process has one player. */
static struct {
	char **command;
	int files[SHARED_FILES];
	struct channel channel;
	int requests; /* the socket of its parent, which outlives the test */
	bool started;
} player;

/* ---- Shared memory ---------------------------------------------------------- */

/* Shared memory, which the player will find under that file descriptor. */
static void *share(enum shared_file file, void *at, size_t size)
{
	int memory_file = memfd_create("cairn", 0);
	void *memory;

	if (memory_file < 0 || ftruncate(memory_file, (off_t)size))
		host_give_up("cannot make memory to share");
	memory = mmap(at, size, PROT_READ | PROT_WRITE,
		      MAP_SHARED | (at ? MAP_FIXED : 0), memory_file, 0);
	if (memory == MAP_FAILED)
		host_give_up("cannot map memory to share");
	player.files[file] = memory_file;
	return memory;
}

void host_test_begins(void)
{
	share(SHARED_FRAMES, host_memory_at(HOST_TEST_FRAMES_START),
	      TEST_ALL_FRAMES * PAGE_SIZE);
	share(SHARED_HEAP, (void *)HEAP_START, TEST_LARGEST_HEAP);
	host_map_heap(0);
}

/* Both sides have mapped all of the file; beyond its end nobody can touch it. */
void host_map_heap(size_t size)
{
	if (ftruncate(player.files[SHARED_HEAP], (off_t)size))
		host_give_up("cannot open the heap region");
	judge_set_heap_size(size);
}

#define CALLS_ARE_DEARER 16

uint64_t isolate_repetitions(uint64_t wanted)
{
	return wanted / CALLS_ARE_DEARER;
}

/* ---- The player's process ----------------------------------------------------- */

/* Become the parent of all players, with that file and the usual three. */
_Noreturn static void become_parent(char **command, int requests)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		_exit(EXIT_FAILURE);
	if (requests != SHARED_REQUESTS &&
	    dup2(requests, SHARED_REQUESTS) < 0)
		_exit(EXIT_FAILURE);
	close_range(SHARED_REQUESTS + 1, ~0u, 0);
	execv(command[0], command);
	_exit(EXIT_FAILURE);
}

/* The sandbox starts while the judge prepares its tests. */
void host_set_player(char **command)
{
	int ends[2];
	pid_t parent;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		host_give_up("cannot make a socket");
	parent = fork();
	if (parent < 0)
		host_give_up("cannot start the player");
	if (parent == 0)
		become_parent(command, ends[1]);
	close(ends[1]);
	player.requests = ends[0];
}

static void make_pipe(int *read_end, int *write_end)
{
	int ends[2];

	if (pipe(ends))
		host_give_up("cannot make a pipe");
	*read_end = ends[0];
	*write_end = ends[1];
}

_Noreturn static void end_not_started(void)
{
	errno = 0; /* no system call has failed */
	host_give_up("the player or its sandbox did not start");
}

static void start_player(void)
{
	struct channel *channel = &player.channel;

	channel->mailbox = share(SHARED_MAILBOX, NULL, sizeof(struct mailbox));
	channel->side = SIDE_JUDGE;
	channel->patience_ms = START_PATIENCE_MS;
	make_pipe(&channel->wait_file, &player.files[SHARED_WAKE]);
	make_pipe(&player.files[SHARED_WAIT], &channel->wake_file);
	/* The player may never read; a full pipe is as good as one byte. */
	if (fcntl(channel->wake_file, F_SETFL, O_NONBLOCK))
		host_give_up("cannot make a pipe");
	signal(SIGPIPE, SIG_IGN);
	player.started = true;
	channel->mailbox->has_hung = host_hangs() > 0;
	channel->mailbox->processor = (uint32_t)sched_getcpu();
	channel_share_processor(channel);
	if (!request_send(player.requests, REQUEST_PLAYER, player.files))
		end_not_started();
	close(player.files[SHARED_WAKE]); /* so that its death is noticed */
	close(player.files[SHARED_WAIT]);
	/* Until it answers, no code of the submission has run. */
	channel->mailbox->message.kind = CALL_NOTHING;
	if (channel_exchange(channel) != WAIT_OVER)
		end_not_started();
	channel->patience_ms = host_hangs() > 0 ? LATER_PATIENCE_MS :
						  CALL_PATIENCE_MS;
}

static jmp_buf catcher;

/* The player that has panicked is no longer of use: the next call has another. */
bool isolate_catch(void (*function)(void))
{
	if (setjmp(catcher)) {
		close(player.channel.wait_file);
		close(player.channel.wake_file);
		close(player.files[SHARED_MAILBOX]);
		munmap(player.channel.mailbox, sizeof(struct mailbox));
		player.started = false;
		return true;
	}
	function();
	return false;
}

void isolate_caught(void)
{
	longjmp(catcher, 1);
}

_Noreturn static void end_left(int status)
{
	runner_verdict("crashed");
	kprintf("  crash: its process left with status %d\n", status);
	isolate_end();
}

/* The other process is gone: say how, and end the test. */
_Noreturn static void end_without_player(void)
{
	int status;

	if (!request_send(player.requests, REQUEST_STATUS, NULL) ||
	    read(player.requests, &status, sizeof(status)) != sizeof(status))
		host_give_up("cannot wait for the player");
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CALL_HANGS)
		host_end_hanging("a call did not return");
	if (!WIFSIGNALED(status))
		end_left(WEXITSTATUS(status));
	status = WTERMSIG(status);
	if (status == SIGXCPU)
		host_end_hanging("the calls have used up the test's time");
	runner_verdict("crashed");
	kprintf("  crash: %s%s\n", strsignal(status),
		status == SIGKILL ? ": it made a system call" :
		status == SIGILL  ? ": undefined behaviour, of which "
				    "make check names the line" :
				    "");
	isolate_end();
}

/* Give the player its turn, and return when it has given it back. */
static void exchange_with_player(void)
{
	switch (channel_exchange(&player.channel)) {
	case WAIT_OVER:
		return;
	case WAIT_ALONE:
		end_without_player();
	case WAIT_TOO_LONG:
		host_end_hanging("a call stands still");
	}
}

/* ---- What the player asks for --------------------------------------------------- */

/* Sanitise untrusted text: printable ASCII, one line, terminated. */
static void make_printable(char text[MESSAGE_TEXT])
{
	text[MESSAGE_TEXT - 1] = '\0';
	for (char *at = text; *at; at++) {
		if (*at == '\n')
			*at = '\0';
		if (*at == '\0')
			return;
		if (*at < ' ' || *at > '~')
			*at = '?';
	}
}

_Noreturn static void end_unfinished(const char *task)
{
	runner_verdict("unfinished");
	kprintf("  unfinished: %s\n", task);
	isolate_end();
}

/* Carry out a request; returns the one word of the answer. */
static uint64_t answer(const struct message *asked, struct frame_source *frames)
{
	uint64_t word = asked->word;

	switch (asked->kind) {
	case ASK_FRAME:
		judge_require(frames, "the submission asks for a frame, but was given no frame source");
		return frame_source_allocate(frames).start;
	case ASK_GIVE_BACK_FRAME:
		judge_require(frames, "the submission gives back a frame, but was given no frame source");
		frame_source_deallocate(frames, (struct frame){ word });
		return 0;
	case ASK_FLUSH_PAGE:
		machine_flush_page(page_containing(word));
		return 0;
	case ASK_ROOT:
		return machine_root().start;
	case ASK_SET_ROOT:
		machine_set_root(frame_containing(word));
		return 0;
	case ASK_DEBUG_TEXT:
		debug_printf("%s\n", asked->text);
		return 0;
	case END_UNFINISHED:
		end_unfinished(asked->text);
	case END_STACK_OVERFLOW:
		host_end_overflowed();
	case END_PANIC:
		panic("%s", asked->text);
	default:
		judge_require(false, "the submission's process sent a message that makes no sense");
		return 0;
	}
}

void judge_call(uint64_t function, const void *arguments, size_t arguments_size,
		void *results, size_t results_size, struct frame_source *frames)
{
	struct message *shared;
	struct message copy;

	if (!player.started)
		start_player();
	memcpy(player.channel.mailbox->arguments, arguments, arguments_size);
	shared = &player.channel.mailbox->message;
	shared->word = function;
	shared->kind = CALL_FUNCTION;
	for (int asked = 0;; asked++) {
		exchange_with_player();
		channel_read(&copy, shared, sizeof(copy));
		if (copy.kind == RETURNED)
			break;
		/* A call that asks for ever never returns, either. */
		if (asked == MOST_ASKED)
			host_end_hanging("a call asks without an end");
		make_printable(copy.text);
		shared->word = answer(&copy, frames);
		shared->kind = ANSWER;
	}
	channel_read(results, player.channel.mailbox->results, results_size);
}
