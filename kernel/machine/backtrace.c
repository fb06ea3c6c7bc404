#include "machine/backtrace.h"

#include "lib/console.h"
#include "lib/string.h"
#include "machine.h"
#include "machine/stacks.h"
#include "machine/symbols.h"

#define BACKTRACE_DEPTH 20

/* What `push rbp; mov rbp, rsp` builds below each return address. */
struct saved_frame {
	uint64_t rbp;
	uint64_t return_address;
};

static void print_line(uint64_t address, uint64_t looked_up)
{
	struct symbol symbol = symbol_find(looked_up);

	/* The linker's --wrap stands between a piece and its callers. */
	if (symbol.name && strncmp(symbol.name, "__wrap_", 7) == 0)
		return;
	if (symbol.name)
		kprintf("  at %s+0x%llx (0x%llx)\n", symbol.name,
			(unsigned long long)(address - symbol.start),
			(unsigned long long)address);
	else
		kprintf("  at 0x%llx\n", (unsigned long long)address);
}

void backtrace_print(uint64_t rip, uint64_t rbp)
{
	print_line(rip, rip);
	for (int depth = 0; depth < BACKTRACE_DEPTH; depth++) {
		const struct saved_frame *frame = (void *)rbp;

		if (rbp % 8 || !stack_contains(rbp, sizeof(*frame)))
			return;
		/* The call itself may be its function's last instruction. */
		print_line(frame->return_address, frame->return_address - 1);
		if (frame->rbp <= rbp) /* callers lie above */
			return;
		rbp = frame->rbp;
	}
	kprintf("  ... and more\n");
}

void machine_backtrace(void)
{
	const struct saved_frame *own = __builtin_frame_address(0);
	const struct saved_frame *frame = (void *)own->rbp;

	backtrace_print(frame->return_address, frame->rbp);
}
