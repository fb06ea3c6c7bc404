/*
 * The doors to the machine.  Code that must run on the bare machine and on the
 * host alike (every lab piece, every test) reaches the processor through these
 * functions only; machine/ implements them for the kernel, host/ for a process.
 *
 * They are ordinary functions, not inline, so that a piece's object file
 * holds no privileged instruction and is the same for both machines.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>

#include "memory/page.h"

/*
 * The memory of a frame, as a pointer to its 4096 bytes.  This is the only
 * place where a physical address becomes a pointer.  Panics when there is no
 * memory at that physical address.
 */
void *machine_frame_memory(struct frame frame);

/* Forget what the TLB holds for one page (INVLPG). */
void machine_flush_page(struct page page);

/* The root of the page tables in use (CR3), and changing it. */
struct frame machine_root(void);
void machine_set_root(struct frame root);

/*
 * Make an empty level 4 table out of a frame: no lower half, and the upper half
 * that all address spaces share.
 */
void machine_make_root(struct frame root);

/*
 * The stack that pieces and tests run on has at least this many bytes.  A test that
 * needs more ends as crashed, with a message that says so.
 */
#define MACHINE_STACK_SIZE (64 * 1024ull)

/*
 * A call of a piece hangs when it has not returned after this many instructions: 15
 * for each byte of the largest heap that a test gives.  Below that it may be slow, clear
 * a table, check all that it has or print; no test counts what it takes, unless the
 * contract of the function says so.
 */
#define MACHINE_CALL_INSTRUCTIONS 62000000

/*
 * Interrupts off; returns whether they were on, for machine_interrupts_set.  Every
 * test begins with interrupts off.
 */
bool machine_interrupts_off(void);
void machine_interrupts_set(bool on);

/* Why the machine stops; the number is only a hint to whoever started it. */
enum machine_exit {
	MACHINE_EXIT_DONE = 16,
	MACHINE_EXIT_PANIC = 17,
	MACHINE_EXIT_FAULT = 18,
	MACHINE_EXIT_HANG = 19,
};

_Noreturn void machine_exit(enum machine_exit why);

/* One byte to the transcript, or to the channel that is never compared. */
void machine_write(char byte);
void machine_write_debug(char byte);

/*
 * Print who called the function that calls this, innermost first, one to a
 * line; a machine that cannot prints nothing.
 */
void machine_backtrace(void);

#endif
