#!/bin/sh

test_description='Two processors, and interrupts

The second processor is started and stopped, what goes wrong on it is reported once,
and the timer interrupts; the lab that asks for two processors has them, others not.'

tests=$(dirname "$0")
. "$tests/lib.sh"

test_expect_success 'a kernel that crashes when it is told to builds' '
	build image LAB=0-start IMPL=solutions IMAGE="$IMAGE" \
		SHOWCASE=kernel/crash/crash.c
'

# says PROCESSORS SHOW [TEXT...]: boots, and each text must be in what is printed.
says() {
	mkdir -p out &&
		CAIRN_PROCESSORS=$1 "$cairn/grader/run/boot" "$cairn/$IMAGE/cairn.iso" out \
			cairn "show=$2" &&
		cat out/serial out/ended &&
		grep -x exited out/ended || return 1
	shift 2
	for text; do
		grep -F -e "$text" out/serial || return 1
	done
}

# What begins a report; one processor must not print in the middle of another's.
reports() {
	grep -c "exception:\|panic:\|hang:\|and then" out/serial
}

test_expect_success 'the second processor does what it is told, again and again' '
	says 2 second-again &&
	test "$(grep -c -x "the second processor is done" out/serial)" -eq 3
'

test_expect_success 'where there is none, a sentence says so' '
	says 1 second-again "no second processor: this machine has one processor" \
		"panic: no second processor has been found"
'

test_expect_success 'a fault on the second processor is reported, and ends the boot' '
	says 2 second-null-write "0x2, write, the page is not mapped" \
		"at null_write+" "at second_entry+" &&
	test "$(reports)" -eq 1
'

test_expect_success 'so is a panic' '
	says 2 second-panic "panic: on purpose: 1 is not 2" "at panic_on_purpose+" \
		"at second_main+" &&
	test "$(reports)" -eq 1
'

test_expect_success 'so is the overflow of its own stack' '
	says 2 second-overflow "a guard page: the stack has overflowed" \
		"at stack_overflow_at"
'

test_expect_success 'its double fault has a stack of its own, too' '
	says 2 second-smashed "double fault (vector 8)" "at second_main+"
'

test_expect_success 'of two processors that fail together, one reports' '
	says 2 both "page fault (vector 14)" &&
	test "$(reports)" -eq 1
'

test_expect_success 'a hang shows where both processors are' '
	says 2 second-hang "hang: still running" "at second_hang+" \
		"the second processor:" "at hang+" "at second_main+" &&
	test "$(reports)" -eq 1
'

test_expect_success 'the timer interrupts, until it is stopped' '
	says 1 timer "the timer has struck 3 times"
'

test_expect_success 'a hang in a handler shows what was interrupted' '
	says 1 interrupted-hang "at hang_in_handler+" "at interrupt_timer+" \
		"at interrupt_entry_timer+" "at interrupted_hang+"
'

# What two processors that do not wait for each other do depends on the host.
test_expect_success 'the interrupt comes at the same instruction every time' '
	says 2 interrupted-hang && cp out/serial first &&
	says 2 interrupted-hang && test_cmp first out/serial
'

test_done
