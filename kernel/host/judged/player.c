/*
 * The player: the process that a submission lives in when it is judged.  It
 * calls what the judge asks for, and asks the judge for whatever the submission
 * wants from the machine.
 *
 * Before any of the submission's functions runs, the process gives up all
 * system calls but read, write and exit (seccomp's strict mode), and has no file
 * open but the two pipes.  Its parent, which starts one player after the other, is
 * the same program, and never calls the submission.
 */
#define _GNU_SOURCE

#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/host.h"
#include "host/judged/channel.h"
#include "host/judged/player.h"
#include "host/judged/request.h"
#include "host/judged/shared.h"
#include "host/work.h"
#include "lab.h"
#include "lib/format.h"
#include "lib/verdict.h"
#include "machine.h"
#include "memory/heap.h"
#include "test/frames.h"
#include "test/test.h"

#define EXIT_NO_JUDGE 3

static struct channel channel = {
	.side = SIDE_PLAYER,
	.patience_ms = -1,
};
static char *frames_memory;

_Noreturn static void leave(int status)
{
	for (;;)
		syscall(SYS_exit, status);
}

static struct message *message(void)
{
	return &channel.mailbox->message;
}

static void exchange(enum message_kind kind)
{
	message()->kind = kind;
	if (channel_exchange(&channel) != WAIT_OVER)
		leave(EXIT_NO_JUDGE);
}

static uint64_t ask(enum message_kind kind, uint64_t word)
{
	message()->word = word;
	exchange(kind);
	return message()->word;
}

/* ---- The doors of machine.h ---------------------------------------------- */

void *machine_frame_memory(struct frame frame)
{
	uint64_t offset = frame.start - HOST_TEST_FRAMES_START;

	require(offset < TEST_ALL_FRAMES * PAGE_SIZE && offset % PAGE_SIZE == 0,
		"0x%llx is not the start of a frame of this machine's memory",
		(unsigned long long)frame.start);
	return frames_memory + offset;
}

void machine_flush_page(struct page page)
{
	ask(ASK_FLUSH_PAGE, page.start);
}

struct frame machine_root(void)
{
	return (struct frame){ ask(ASK_ROOT, 0) };
}

void machine_set_root(struct frame root)
{
	ask(ASK_SET_ROOT, root.start);
}

void machine_exit(enum machine_exit why)
{
	panic("the submission called machine_exit(%d)", (int)why);
}

/* Text collects in the message and is shown line by line. */
static size_t text_length;

static void put_text(char byte, void *unused)
{
	(void)unused;
	if (text_length < MESSAGE_TEXT - 1)
		message()->text[text_length++] = byte;
	message()->text[text_length] = '\0';
}

void machine_write_debug(char byte)
{
	put_text(byte, NULL);
	if (byte != '\n' && text_length < MESSAGE_TEXT - 1)
		return;
	text_length = 0;
	exchange(ASK_DEBUG_TEXT);
}

/* What a submission prints is never part of the transcript. */
void machine_write(char byte)
{
	machine_write_debug(byte);
}

void machine_backtrace(void)
{
}

/* ---- How a call ends early ------------------------------------------------ */

static void put_formatted(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	format_text(put_text, NULL, format, arguments);
	va_end(arguments);
}

void panic_at(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	debug_end_line();
	text_length = 0;
	va_start(arguments, format);
	format_text(put_text, NULL, format, arguments);
	va_end(arguments);
	put_formatted(", at %s:%d", file, line);
	exchange(END_PANIC);
	leave(EXIT_NO_JUDGE); /* if the test goes on, another player takes over */
}

void lab_dummy(const char *task)
{
	debug_end_line();
	text_length = 0;
	put_formatted("%s", task);
	exchange(END_UNFINISHED);
	leave(EXIT_NO_JUDGE);
}

void lab_unfinished(const char *task)
{
	lab_dummy(task);
	leave(EXIT_NO_JUDGE);
}

bool runner_in_test(void)
{
	return false; /* the judge puts the name of the test before the line */
}

const char *runner_test_name(void)
{
	return "";
}

/* ---- The submission's functions -------------------------------------------- */

static struct frame ask_for_frame(struct frame_source *source)
{
	(void)source;
	return (struct frame){ ask(ASK_FRAME, 0) };
}

static void ask_to_take_back(struct frame_source *source, struct frame frame)
{
	(void)source;
	ask(ASK_GIVE_BACK_FRAME, frame.start);
}

static struct frame_source frames = { ask_for_frame, ask_to_take_back };

struct frame_source *player_frames(void)
{
	return &frames;
}

/* Results go into the shared memory; the judge copies them. */
static void call(void)
{
	uint64_t function = message()->word;

	if (message()->kind == CALL_NOTHING)
		return;
	if (message()->kind != CALL_FUNCTION || function >= player_function_count)
		leave(EXIT_NO_JUDGE);
	player_functions[function](channel.mailbox->arguments,
				   channel.mailbox->results);
}

_Noreturn static void end_hanging(int signal)
{
	(void)signal;
	leave(EXIT_CALL_HANGS);
}

/* ---- The process ----------------------------------------------------------- */

/* Linux gives every program 128 KiB, whatever the limit is. */
#define STACK_LIMIT (MACHINE_STACK_SIZE + 128 * 1024)

static char *stack_top;

/*
 * Any other access that faults is repeated without this handler, and ends the
 * process by its signal.
 */
static void handle_fault(int signal, siginfo_t *info, void *context)
{
	uint64_t depth = (uint64_t)stack_top - (uint64_t)info->si_addr;

	(void)signal;
	(void)context;
	if (depth > 2 * STACK_LIMIT)
		return;
	exchange(END_STACK_OVERFLOW);
	leave(EXIT_NO_JUDGE);
}

/* The stack ends about where the machine's does; a fault is handled on another. */
static void limit_stack(void)
{
	static char bytes[16 * 1024];
	const stack_t other = { .ss_sp = bytes, .ss_size = sizeof(bytes) };
	const struct rlimit limit = { STACK_LIMIT, STACK_LIMIT };
	struct sigaction action = {
		.sa_sigaction = handle_fault,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND,
	};

	stack_top = __builtin_frame_address(0);
	if (setrlimit(RLIMIT_STACK, &limit) || sigaltstack(&other, NULL) ||
	    sigaction(SIGSEGV, &action, NULL))
		leave(EXIT_NO_JUDGE);
}

static void *map_shared(int file, void *at, size_t size)
{
	void *memory = mmap(at, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | (at ? MAP_FIXED_NOREPLACE : 0), file,
			    0);

	if (memory == MAP_FAILED || close(file))
		leave(EXIT_NO_JUDGE);
	return memory;
}

_Noreturn static void play(const int files[SHARED_FILES], unsigned seconds)
{
	channel.wait_file = files[SHARED_WAIT];
	channel.wake_file = files[SHARED_WAKE];
	channel.mailbox = map_shared(files[SHARED_MAILBOX], NULL,
				     sizeof(*channel.mailbox));
	frames_memory = map_shared(files[SHARED_FRAMES], NULL,
				   TEST_ALL_FRAMES * PAGE_SIZE);
	map_shared(files[SHARED_HEAP], (void *)HEAP_START, TEST_LARGEST_HEAP);
	limit_stack();
	channel_share_processor(&channel);
	if (!work_limit(seconds) ||
	    !work_watch_calls(channel.mailbox->has_hung, end_hanging))
		leave(EXIT_NO_JUDGE);
	for (int file = STDIN_FILENO; file <= SHARED_REQUESTS; file++)
		close(file);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) ||
	    channel_wait(&channel) != WAIT_OVER)
		leave(EXIT_NO_JUDGE);
	for (;;) {
		call();
		debug_end_line();
		exchange(RETURNED);
	}
}

/* The status that the player exited with; one that still runs is ended first. */
static int end_player(pid_t player, bool is_over)
{
	int status = 0;

	if (player && !is_over)
		kill(player, SIGKILL);
	if (player)
		waitpid(player, &status, 0);
	return status;
}

static pid_t start_player(const int files[SHARED_FILES])
{
	unsigned seconds = work_left();
	pid_t player = fork();

	if (player == 0)
		play(files, seconds);
	/* The player's death closes its ends of the pipes, and that is noticed. */
	for (int file = 0; file < SHARED_FILES; file++)
		close(files[file]);
	return player < 0 ? 0 : player;
}

int main(void)
{
	int files[SHARED_FILES], status;
	enum request request;
	pid_t player = 0;

	while (request_receive(SHARED_REQUESTS, &request, files)) {
		status = end_player(player, request == REQUEST_STATUS);
		player = 0;
		if (request == REQUEST_PLAYER)
			player = start_player(files);
		else if (write(SHARED_REQUESTS, &status, sizeof(status)) < 0)
			break;
	}
	end_player(player, false);
	return 0;
}
