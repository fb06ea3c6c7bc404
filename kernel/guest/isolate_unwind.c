#include "guest/isolate_unwind.h"

#include "guest/find_free.h"
#include "guest/unwind.h"
#include "guest/watchdog.h"
#include "layout.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "lib/verdict.h"
#include "machine.h"
#include "machine/descriptors.h"
#include "machine/exceptions.h"
#include "machine/tables.h"
#include "memory/heap.h"
#include "processors/interrupts.h"
#include "processors/second.h"
#include "runner/isolate.h"
#include "test/frames.h"
#include "test/test.h"

/* Intel SDM 1, figure 3-8: bit 1 is always set. */
#define RFLAGS_INTERRUPTS_OFF (1 << 1)

static const struct boot_info *boot_info;
static struct frame first_test_frame;
static struct unwind_point test_end, catch_end;
static bool stays;
static uint64_t heap_end;

volatile bool isolate_in_call;

const struct boot_info *isolate_boot_info(void)
{
	return boot_info;
}

uint64_t isolate_heap_end(void)
{
	return heap_end;
}

void isolate_init(const struct boot_info *info, bool stay)
{
	struct physical_range range = find_free(
		info, TEST_ALL_FRAMES * PAGE_SIZE, DIRECT_MAP_SIZE);

	require(range.start, "no %llu KiB of free memory for the tests",
		TEST_ALL_FRAMES * PAGE_SIZE / 1024);
	boot_info = info;
	stays = stay;
	first_test_frame = frame_containing(range.start);
	memcpy(piece_data_at_boot, piece_data_start,
	       (size_t)(piece_data_end - piece_data_start));
}

static void restore_piece_variables(void)
{
	memcpy(piece_data_start, piece_data_at_boot,
	       (size_t)(piece_data_end - piece_data_start));
	memset(piece_bss_start, 0, (size_t)(piece_bss_end - piece_bss_start));
}

void isolate_run(void (*function)(void))
{
	restore_piece_variables();
	test_frames_reset(first_test_frame);
	heap_end = HEAP_START + HEAP_SIZE;
	isolate_in_call = false;
	watchdog_start();
	if (!unwind_mark(&test_end))
		function();
	watchdog_stop();
	machine_interrupts_off();
	interrupts_timer_stop();
	second_park();
	machine_set_root(tables_root());
}

/*
 * While a crash or a hang is reported, the test may be asked to explain it, and
 * that may fail.  Nothing is unwound then: the tables may be what broke, and NMIs
 * stay blocked until the handler returns (Intel SDM 3A 6.7.1).  Nor does a
 * processor other than the one whose stack the test has unwind anything.
 */
void isolate_end(void)
{
	if (exception_is_handled() || descriptors_processor() != 0)
		machine_exit(MACHINE_EXIT_PANIC);
	unwind_to(&test_end);
}

_Noreturn static void leave_test(void)
{
	unwind_to(&test_end);
}

/* From the handler's return on, with the stack that the test began with. */
bool exception_is_survived(struct exception_frame *frame)
{
	if (!stays || !runner_in_test() || descriptors_processor() != 0)
		return false;
	frame->rip = (uint64_t)leave_test;
	frame->rsp = (test_end.rsp & ~15ull) - sizeof(uint64_t);
	frame->rflags = RFLAGS_INTERRUPTS_OFF;
	return true;
}

bool isolate_catch(void (*function)(void))
{
	if (unwind_mark(&catch_end)) {
		restore_piece_variables();
		isolate_call_returned();
		return true;
	}
	function();
	return false;
}

void isolate_caught(void)
{
	unwind_to(&catch_end);
}

void isolate_stop_others(void)
{
	second_stop_others();
}

void isolate_call_returned(void)
{
	isolate_in_call = false;
	watchdog_call_returned();
}

bool isolate_has_hardware(void)
{
	return true;
}

uint64_t isolate_repetitions(uint64_t wanted)
{
	return wanted;
}

/* What lies behind the heap region is mapped to frames that no test is given. */
static void map_behind_heap(uint64_t offset)
{
	struct frame frame = { test_memory().start + offset };
	enum map_result result =
		map_to(test_mapper(), page_containing(HEAP_START + offset),
		       frame, PTE_WRITABLE | PTE_NO_EXECUTE, test_frames());

	require(result == MAP_OK, "map_to returned %s",
		map_result_name(result));
}

void isolate_map_heap(size_t size)
{
	enum map_result result = init_heap(test_mapper(), test_frames());

	require(result == MAP_OK, "init_heap returned %s",
		map_result_name(result));
	for (uint64_t offset = HEAP_SIZE; offset < size; offset += PAGE_SIZE)
		map_behind_heap(offset);
	heap_end = HEAP_START + (size > HEAP_SIZE ? size : HEAP_SIZE);
}
