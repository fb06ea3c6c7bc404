#include "test/coroutine.h"

#include <stdint.h>

/* The registers that a function must keep (System V ABI, figure 3.4), rsp among them. */
__asm__(".text\n"
	".globl coroutine_switch\n"
	".type coroutine_switch, @function\n"
	"coroutine_switch:\n"
	"	push %rbp\n"
	"	push %rbx\n"
	"	push %r12\n"
	"	push %r13\n"
	"	push %r14\n"
	"	push %r15\n"
	"	mov %rsp, (%rdi)\n"
	"	mov (%rsi), %rsp\n"
	"	pop %r15\n"
	"	pop %r14\n"
	"	pop %r13\n"
	"	pop %r12\n"
	"	pop %rbx\n"
	"	pop %rbp\n"
	"	ret\n"
	".size coroutine_switch, . - coroutine_switch\n");

#define SAVED_REGISTERS 6

/*
 * As if it had stopped before its first instruction: zeroes for the registers, the entry
 * as the address to return to, and a zero where a backtrace ends.
 */
void coroutine_make(struct coroutine *coroutine, char *stack, size_t size,
		    void (*entry)(void))
{
	uint64_t *top = (uint64_t *)(((uint64_t)stack + size) & ~15ull);

	*--top = 0;
	*--top = (uint64_t)entry;
	for (int i = 0; i < SAVED_REGISTERS; i++)
		*--top = 0;
	coroutine->stack = top;
}
