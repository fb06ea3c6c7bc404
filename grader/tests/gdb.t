#!/bin/sh

test_description='make qemu-gdb and make gdb

A real gdb connects to a machine that has not begun to boot, gets through the
switch from 32 to 64 bit, and stops where a student wants to begin.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# waits_as FILE: whether somebody listens on the port that the file tells.
waits_as() {
	port=$(sed -n "s/.*waits on port \([0-9]*\).*/\1/p" "$1")
	grep -q ":$(printf %04X "${port:-0}") .* 0A " /proc/net/tcp /proc/net/tcp6
}

# Options of qemu, as words.
chosen=

# Starts a machine that waits for gdb, in the background; what it says about
# that goes to the file.
start_waiting() {
	(cd "$cairn" && exec timeout "$patience" grader/qemu --gdb $chosen \
		"$IMAGE/cairn.iso" cairn test) >serial 2>"$1" </dev/null &
	eventually waits_as "$1"
}

# Runs gdb on a waiting machine with these further commands; it says gdb-says.
debug() {
	start_waiting waiting
	printf "%s\n" "$@" kill >further
	(cd "$cairn" && timeout "$patience" gdb -batch -x build/gdb.commands \
		-x "$SHARNESS_TRASH_DIRECTORY/further") >gdb-says 2>&1
	pkill -P $$ timeout
	wait
	cat gdb-says
}

# What gdb hides of the frames of pieces and tests in `backtrace full`.
optimised_out() {
	awk "/^#/ { ours = / at (labs|solutions|build\\/api|kernel\\/test\\/allocator)\\// }
		ours && /optimized out|=\.\.\./" gdb-says
}

for lab in $(cd "$cairn/labs" && echo */points | sed "s,/points,,g"); do
	first=$(sed -n 's/^\([a-z0-9_]*\)\.\.\. \[ok\].*/\1/p' \
		"$cairn/labs/$lab/expected.txt" | head -n 1)
	called=$("$cairn/grader/build/api" functions "$lab" | head -n 1)
	test_expect_success "$lab: gdb stops at the first line of $first" '
		build image LAB=$lab IMPL=solutions IMAGE=$IMAGE &&
		debug backtrace "tbreak $called" continue "backtrace full" &&
		grep "Temporary breakpoint 1, $first ()" gdb-says &&
		grep "#0  $first ()" gdb-says &&
		! grep "packet reply is too long" gdb-says
	'
	test_expect_success "$lab: it shows all variables of $called and its callers" '
		grep "^#0  $called (" gdb-says &&
		test "$(optimised_out)" = ""
	'
done

chosen="--lab 0-start --test any_address --seed 7"
test_expect_success 'gdb stops at the test that is asked for, and not before' '
	build image LAB=0-start IMPL=solutions IMAGE=$IMAGE &&
	debug backtrace &&
	grep "Temporary breakpoint 1, any_address ()" gdb-says &&
	grep "seed 7, tests 5 to 5 of 5" serial
'

chosen="--lab 9-lock --test second_processor_adds"
test_expect_success 'it stops on the second processor, and shows how that came there' '
	build image LAB=9-lock IMPL=solutions IMAGE=$IMAGE &&
	debug "tbreak lock_acquire thread 2" continue backtrace &&
	grep "Thread 2 hit Temporary breakpoint" gdb-says &&
	grep "^#[0-9].* in second_main ()" gdb-says &&
	grep "^#[0-9].* in second_entry ()" gdb-says &&
	! grep "Internal error" gdb-says
'
chosen=

test_expect_success 'it steps from the test into the submission, line by line' '
	build image LAB=0-start IMPL=labs IMAGE=$IMAGE &&
	debug "tbreak align_down" continue next &&
	grep "labs/0-start/align.c" gdb-says
'

test_expect_success 'two machines wait on two ports' '
	start_waiting one &&
	start_waiting two &&
	cat one two &&
	test "$(grep -ho "port [0-9]*" one two | sort -u | wc -l)" = 2
'

# Whatever still waits is not needed any more.
pkill -P $$ timeout

test_done
