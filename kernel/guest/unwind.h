/*
 * A non-local jump, as C's setjmp and longjmp make it: out of a function that is
 * called at any depth, without its help.
 */
#ifndef GUEST_UNWIND_H
#define GUEST_UNWIND_H

#include <stdbool.h>
#include <stdint.h>

/* The registers that a function must keep (System V ABI, figure 3.4). */
struct unwind_point {
	uint64_t rbx, rbp, r12, r13, r14, r15, rsp, rip;
};

/*
 * Remember this place.  Returns false now, and true when unwind_to brings the
 * processor back, which must happen before the caller returns.
 */
__attribute__((returns_twice)) bool unwind_mark(struct unwind_point *point);
_Noreturn void unwind_to(const struct unwind_point *point);

#endif
