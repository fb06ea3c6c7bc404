/*
 * Functions that take turns: each has a stack of its own, and goes on where it stopped.
 */
#ifndef TEST_COROUTINE_H
#define TEST_COROUTINE_H

#include <stddef.h>

/* Where it stopped: its stack pointer, from which on its registers lie. */
struct coroutine {
	void *stack;
};

/* Make it call entry, which never returns, on a stack of that size. */
void coroutine_make(struct coroutine *coroutine, char *stack, size_t size,
		    void (*entry)(void));

/* Stop here, and go on there.  Returns when somebody goes on here. */
void coroutine_switch(struct coroutine *here, struct coroutine *there);

#endif
