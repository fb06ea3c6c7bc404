#include "machine/exceptions.h"

#include "lib/console.h"
#include "lib/verdict.h"
#include "machine.h"
#include "machine/backtrace.h"
#include "machine/cpu.h"
#include "machine/descriptors.h"
#include "machine/stacks.h"
#include "screen/screen.h"

static const char *const names[EXCEPTION_COUNT] = {
	[0] = "divide error",
	[1] = "debug",
	[2] = "non-maskable interrupt",
	[3] = "breakpoint",
	[4] = "overflow",
	[5] = "bound range exceeded",
	[6] = "invalid opcode",
	[7] = "device not available",
	[8] = "double fault",
	[10] = "invalid task state",
	[11] = "segment not present",
	[12] = "stack segment fault",
	[13] = "general protection fault",
	[14] = "page fault",
	[16] = "x87 floating-point error",
	[17] = "alignment check",
	[18] = "machine check",
	[19] = "SIMD floating-point error",
	[20] = "virtualization error",
	[21] = "control protection error",
	[28] = "hypervisor injection",
	[29] = "VMM communication",
	[30] = "security",
};

static void print_page_fault(uint64_t error, uint64_t address)
{
	const char *access = error & PAGE_FAULT_FETCH ? "instruction fetch" :
			     error & PAGE_FAULT_WRITE ? "write" :
							"read";
	const char *reason =
		error & PAGE_FAULT_RESERVED ? "a page table entry has a reserved bit set" :
		error & PAGE_FAULT_PRESENT  ? "the page's rights forbid it" :
					      "the page is not mapped";

	kprintf("  error:   0x%llx, %s, %s\n", (unsigned long long)error,
		access, reason);
	kprintf("  address: 0x%llx (CR2)%s\n", (unsigned long long)address,
		address_explained(address));
}

/* An error code that names a segment: Intel SDM 3A 6.13. */
static void print_selector_error(uint64_t error)
{
	const char *table = error & 2 ? "interrupt table" :
			    error & 4 ? "local descriptor table" :
					"global descriptor table";

	if (error == 0)
		kprintf("  error:   0x0, no segment is to blame\n");
	else
		kprintf("  error:   0x%llx, entry %llu of the %s\n",
			(unsigned long long)error,
			(unsigned long long)(error >> 3), table);
}

static void print_error(const struct exception_frame *frame, uint64_t cr2)
{
	switch (frame->vector) {
	case EXCEPTION_PAGE_FAULT:
		print_page_fault(frame->error_code, cr2);
		break;
	case EXCEPTION_DOUBLE_FAULT:
		kprintf("  error:   a fault could not be delivered; CR2 is 0x%llx%s\n",
			(unsigned long long)cr2,
			stack_guard_contains(cr2) ? ", a guard page" : "");
		break;
	case 10:
	case 11:
	case 12:
	case 13:
		print_selector_error(frame->error_code);
		break;
	default:
		break;
	}
}

/*
 * Report the exception and stop.  If reporting itself faults, say only that, and
 * on the serial line only: the second report must not walk into the same trap.
 */
static void report(struct exception_frame *frame)
{
	static bool reporting;
	uint64_t cr2 = cpu_read_cr2();
	const char *name = names[frame->vector];

	if (reporting) {
		screen_stop();
		kprintf("\n  and then a %s at 0x%llx while reporting it\n",
			name ? name : "reserved exception",
			(unsigned long long)frame->rip);
		machine_exit(MACHINE_EXIT_FAULT);
	}
	reporting = true;
	runner_verdict("crashed");
	kprintf("  exception: %s (vector %llu)\n",
		name ? name : "reserved exception",
		(unsigned long long)frame->vector);
	print_error(frame, cr2);
	backtrace_print(frame->rip, frame->rbp);
	if (!exception_is_survived(frame))
		machine_exit(MACHINE_EXIT_FAULT);
	reporting = false;
}

static bool handling[MACHINE_PROCESSORS];

bool exception_is_handled(void)
{
	return handling[descriptors_processor()];
}

void exception_handle(struct exception_frame *frame)
{
	bool *here = &handling[descriptors_processor()], nested = *here;

	*here = true;
	if (!exception_is_expected(frame))
		report(frame);
	*here = nested;
}
