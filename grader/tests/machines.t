#!/bin/sh

test_description='The machines behave alike

What is done to a submission on the kernel, in the process of the tests, and in a
process apart is the same: how a test begins, what memory there is, how large the
stack is, and what is said when it is too small.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# The solution of lab 0, doing this before it answers align_down.
doing() {
	sed "s|^#include \"lab.h\"|&\n#include \"machine.h\"|
		/^uint64_t align_down/,/^}/s|^	return|	$1\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c
}

# everywhere STATUS: grades align.c on each machine; `report` is all of them.
everywhere() {
	: >report
	for machine in guest host judged; do
		test_expect_code "$1" "$cairn/grader/grade" --lab 0-start --seed 7 \
			--on $machine --submission align.c >"report.$machine"
		status=$?
		cat "report.$machine" && cat "report.$machine" >>report
		[ "$status" -eq 0 ] || return 1
	done
}

says_everywhere() {
	for machine in guest host judged; do
		grep "$1" "report.$machine" || return 1
	done
}

test_expect_success 'a test begins with interrupts off, whatever the last one did' '
	doing "static int called; if (!called \&\& machine_interrupts_off()) return 7; called = 1; machine_interrupts_set(1);" &&
	everywhere 0
'

test_expect_success 'a line of debug_printf ends with its test' '
	doing "static int called; if (!called) debug_printf(\"no end\"); called = 1;" &&
	everywhere 0 &&
	says_everywhere "align_down_multiples: no end *$" &&
	says_everywhere "align_up_multiples: no end *$"
'

test_expect_success 'registers of devices are no frames' '
	doing "machine_frame_memory((struct frame){ 0xfec00000 });" &&
	everywhere 1 &&
	says_everywhere "panic: .*0xfec00000" &&
	doing "machine_frame_memory((struct frame){ 0xb8000 });" &&
	everywhere 1 &&
	says_everywhere "panic: .*0xb8000"
'

test_expect_success 'a submission may use 60 KiB of stack' '
	doing "volatile char large[60 * 1024]; large[0] = large[sizeof(large) - 1] = 1; if (large[0] != 1) return 7;" &&
	everywhere 0
'

test_expect_success 'a variable that is larger than the stack is told so' '
	doing "volatile char large[2048 * 1024]; large[0] = 1; if (large[0] != 1) return 7;" &&
	everywhere 1 &&
	says_everywhere "the stack has overflowed"
'

test_expect_success 'a recursion without an end is told so' '
	doing "if (align) return align_down(address, align) + 1;" &&
	everywhere 1 &&
	says_everywhere "the stack has overflowed"
'

test_expect_success 'another fault is not called an overflow' '
	doing "*(volatile int *)8 = 1;" &&
	everywhere 1 &&
	! grep "the stack has overflowed" report
'

test_expect_success 'what is refused is refused everywhere, and named alike' '
	doing "printf(\"%d\", 1);" &&
	everywhere 1 &&
	says_everywhere "it uses .printf., .*; debug_printf of lib/console.h shows text"
'

test_expect_success 'a helper may have the name of a test or of one of its functions' '
	doing "return (address \& -align) + map() - map();" &&
	sed "s|^uint64_t align_down|int map(void) { return 1; }\n&|" align.c >named.c &&
	echo "int no_room; int check(void) { return 1; } void any_address(void) { }" >>named.c &&
	mv named.c align.c &&
	everywhere 0
'

test_done
