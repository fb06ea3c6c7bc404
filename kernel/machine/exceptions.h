/*
 * Processor exceptions: named, explained, and the end of the boot, unless a
 * test's probe provoked them or the watchdog only ticked.
 */
#ifndef MACHINE_EXCEPTIONS_H
#define MACHINE_EXCEPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* Vectors 0 to 31 belong to the processor: Intel SDM 3A, table 6-1. */
#define EXCEPTION_COUNT 32
#define EXCEPTION_NMI 2
#define EXCEPTION_DOUBLE_FAULT 8
#define EXCEPTION_PAGE_FAULT 14

/* Bits of a page fault's error code: Intel SDM 3A 4.7, figure 4-12. */
#define PAGE_FAULT_PRESENT (1 << 0)
#define PAGE_FAULT_WRITE (1 << 1)
#define PAGE_FAULT_USER (1 << 2)
#define PAGE_FAULT_RESERVED (1 << 3)
#define PAGE_FAULT_FETCH (1 << 4)

/* What exceptions.asm leaves on the stack, lowest address first. */
struct exception_frame {
	uint64_t rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11;
	uint64_t rbp;
	uint64_t vector;
	uint64_t error_code; /* 0 for vectors without one */
	uint64_t rip, cs, rflags, rsp, ss; /* pushed by the processor */
};

/* What an address that faulted may be: ", a NULL pointer", or "".  In guest/. */
const char *address_explained(uint64_t address);

extern const uint64_t exception_entries[EXCEPTION_COUNT];

void exception_handle(struct exception_frame *frame);

/* Whether this runs on behalf of an exception, which has not returned. */
bool exception_is_handled(void);

/*
 * Whether the exception is one that running a test needs: a probe's page fault or
 * the watchdog's tick.  The frame may be changed, to go on elsewhere.  In guest/.
 */
bool exception_is_expected(struct exception_frame *frame);

/*
 * Whether the boot goes on after the test in which this happened, which has been
 * reported.  If so, the frame leads there.  In guest/.
 */
bool exception_is_survived(struct exception_frame *frame);

#endif
