#!/bin/sh

test_description='How the grader judges submissions that misbehave

Each goes wrong in one test only, on a real boot.  What goes wrong is told apart,
it is bounded, and the other tests keep their points.'

tests=$(dirname "$0")
. "$tests/lib.sh"

grade() {
	timeout "$patience" "$cairn/grader/grade" --seed 7 "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

# The solution of 0-start, with $1 put in front of what align_up returns.  The
# tests of align_down (3 of 10 points) never get there.
misbehave() {
	sed "1i #include \"machine.h\"
		/^uint64_t align_up/,/^}/s|^	return|$1\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c &&
		sed -n "/^uint64_t align_up/,/^}/p" align.c &&
		test_expect_code 1 grade --lab 0-start --submission align.c
}

# The same with machine code that no compiler lets through: $1 is its eight bytes
# as a number, hidden as hostile/hidden.c explains, $2 a statement that uses it.
misbehave_hidden() {
	{
		cat "$cairn/grader/proof/hostile/hidden.c"
		echo "#define CODE $1ull"
		echo "static void hide(void) { hiding_place = CODE; }"
		sed "/^uint64_t align_up/,/^}/s|^	return|	$2\n&|" \
			"$cairn/solutions/0-start/align.c"
	} >align.c
	test_expect_code 1 grade --lab 0-start --submission align.c
}

# The tests before the trouble passed, and those after it were run.
others_are_judged() {
	grep "passed          2 of  2  align_down_between" report &&
		grep "passed          1 of  1  align_down_multiples" report &&
		! grep "not reached" report &&
		test "$(tail -n 1 report)" = "0-start: 3 of 10 points"
}

test_expect_success 'a crash is named, with a backtrace to the line' '
	misbehave "*(volatile int *)0 = 1;" &&
	grep "page fault" report &&
	grep "at align_up+.*align.c:[0-9]" report &&
	! grep __wrap_ report &&
	others_are_judged
'

# called STATEMENT: align_down is that, with a function that calls no other and one that
# returns early at hand.  Whoever is called first in it crashes.
called() {
	cat >called.c <<-EOT
		#include "memory/align.h"
		#include "lib/string.h"
		#define APART __attribute__((noinline)) static
		APART uint64_t leaf(const uint64_t *at) { return *at; }
		APART void early(uint64_t *at) { if (*at > 1) *at = align_up(leaf(at), 8); }
		uint64_t align_down(uint64_t address, uint64_t align)
		{
			uint64_t *nowhere = (uint64_t *)(address - address);
			$1;
			return align;
		}
		uint64_t align_up(uint64_t address, uint64_t align) { return address + align; }
	EOT
	test_expect_code 1 grade --lab 0-start --submission called.c --on guest
}

test_expect_success 'who called the function that crashed is named, too' '
	called "align = leaf(nowhere)" &&
	sed -n "/ at leaf/{n;p;}" report | grep "at align_down+" &&
	called "early(nowhere)" &&
	sed -n "/ at early/{n;p;}" report | grep "at align_down+" &&
	called "memset(nowhere, 0, 8)" &&
	sed -n "/ at memset/{n;p;}" report | grep "at align_down+"
'

test_expect_success 'a hang is ended by the watchdog, with a backtrace into it' '
	misbehave "for (volatile int i = 0;; i++);" &&
	grep "hang: still running" report &&
	grep "at align_up+.*align.c:[0-9]" report &&
	others_are_judged
'

test_expect_success 'a hang with interrupts off is ended likewise' '
	: cli, and a jump to itself
	misbehave_hidden 0x9090909090feebfa "hidden_in(hide, ~CODE)(0, 0);" &&
	grep "hang: still running" report &&
	others_are_judged
'

test_expect_success 'who crashes in every test is not given a boot for each' '
	printf "%s\n" "#include \"memory/align.h\"" \
		"uint64_t align_down(uint64_t a, uint64_t b) { return *(volatile uint64_t *)(a - a) + b; }" \
		"uint64_t align_up(uint64_t a, uint64_t b) { for (;; a = (a | 1)) if (!a) return b; }" >all.c &&
	test_expect_code 1 "$cairn/grader/grade" --lab 0-start --seed 7 --on guest \
		--submission all.c --keep >report &&
	cat report &&
	grep -c "crashed         0 of\|hang            0 of" report >count &&
	kept=$(sed -n "s/^kept: //p" report) &&
	test "$(cat count)" -eq 5 && test -e "$kept/0-start/on-guest/run.4" &&
	test ! -e "$kept/0-start/on-guest/run.5" &&
	: and where one test has hung, the others have less time for it &&
	cat "$kept"/0-start/on-guest/run.*/serial | sed -n "s/.*still running after //p" >hung &&
	rm -rf "$kept" &&
	printf "%s\n" "8 s of the machine'"'"'s time" "1 s of the machine'"'"'s time" >expected &&
	test_cmp expected hung
'

test_expect_success 'a triple fault is told' '
	misbehave "machine_set_root((struct frame){ 0 });" &&
	grep "triple fault" report &&
	others_are_judged
'

test_expect_success 'a reset is told' '
	: 6 to port 0xcf9
	misbehave_hidden 0xc3ee06b00cf9ba66 "hidden_in(hide, ~CODE)(0, 0);" &&
	grep "reset" report &&
	! grep "triple" report &&
	others_are_judged
'

test_expect_success 'leaving through the exit port is no verdict' '
	: 16 to port 0xf4
	misbehave_hidden 0x909090c3f4e610b0 "hidden_in(hide, ~CODE)(0, 0);" &&
	grep "ended early" report &&
	others_are_judged
'

test_expect_success 'endless output is stopped and told' '
	misbehave_hidden 1 "void (*print)(const char *) = (void (*)(const char *))called_by((void *)lab_dummy, 3); for (;;) print(\"spam spam spam spam spam spam spam spam \");" &&
	grep "endless output" report &&
	others_are_judged
'

test_expect_success 'a refusal says what to do, and a compile error is none' '
	sed "/^uint64_t align_up/,/^}/s|^	return|	__asm__(\"nop\");\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c &&
	test_expect_code 1 grade --lab 0-start --submission align.c &&
	grep "^refused:" report &&
	grep "it uses inline assembly" report &&
	! grep "build error" report &&
	grep "0-start: 0 of 10 points" report
'

test_expect_success 'a panic is shown with its values' '
	misbehave "panic(\"no %d\", 42);" &&
	grep "panic: no 42" report &&
	others_are_judged
'

test_expect_success 'debug_printf is shown and costs nothing' '
	sed "/^uint64_t align_up/,/^}/s|^	return|debug_printf(\"here\\\\n\");\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c &&
	grade --lab 0-start --submission align.c &&
	grep "align_up_multiples: here" report &&
	grep "0-start: 10 of 10 points" report
'

test_expect_success 'a failed check says rule, expectation, actual value and place' '
	sed "/^uint64_t align_up/,/^}/s|^	return.*|	return align_down(address + align, align);|" \
		"$cairn/solutions/0-start/align.c" >align.c &&
	test_expect_code 1 grade --lab 0-start --submission align.c &&
	grep "start-2" report &&
	grep "expected: " report &&
	grep "actual: " report &&
	grep "labs/0-start/tests.c:" report &&
	grep "labs/0-start/README.md#start-2" report
'

test_expect_success 'a build error shows the compiler and gives no points' '
	echo "uint64_t align_down(" >align.c &&
	test_expect_code 1 grade --lab 0-start --submission align.c &&
	grep "build error" report &&
	grep "align.c:1" report &&
	grep "0-start: 0 of 10 points" report
'

test_expect_success 'a warning is shown and costs nothing' '
	sed "/^uint64_t align_up/,/^}/s|^{|{ int unused;|" \
		"$cairn/solutions/0-start/align.c" >align.c &&
	grade --lab 0-start --submission align.c &&
	grep "unused variable" report &&
	grep "0-start: 10 of 10 points" report
'

test_expect_success 'two gradings in one tree at once do not disturb each other' '
	(timeout "$patience" "$cairn/grader/grade" --lab 2-paging --impl solutions --seed 1 >one; echo $? >one.status) &
	(timeout "$patience" "$cairn/grader/grade" --lab 2-paging --impl labs --seed 1 >two; echo $? >two.status) &
	wait
	cat one two &&
	test "$(cat one.status two.status | tr -d "\n")" = 01
'

test_expect_success 'a missing QEMU is not graded, and no zero' '
	CAIRN_QEMU=no-such-qemu test_expect_code 2 grade --lab 0-start --impl solutions &&
	grep "not graded" report &&
	! grep "of 10 points" report
'

test_expect_success 'a QEMU that does not start is not graded' '
	CAIRN_QEMU_EXTRA="-no-such-option" test_expect_code 2 \
		grade --lab 0-start --impl solutions &&
	grep "not graded" report
'

# Whether machine and player of the grading with this seed run; sets player to its
# process.
both_run() {
	player=$(pgrep -fa "^[^ ]*/judge seed=$1 from=" |
		sed -n "1s/.* \([^ ]*\)$/\1/p")
	pgrep -f "^qemu-system.* seed=$1 from=" >/dev/null &&
		player=$(pgrep -xf "$player" | tail -n 1) &&
		test -n "$player"
}

# Whether nothing runs that has this folder in its command.  Sets worked to the
# hundredths of a second that the player was last seen to have worked.
none_runs() {
	seen=$(cut -d " " -f 14 "/proc/${player%% *}/stat" 2>/dev/null)
	worked=${seen:-${worked:-0}}
	! pgrep -fa "$1/"
}

# interrupted_by SIGNAL PREFIX: the grading, or with the prefix - all of its group.  Who
# is left would work until the sandbox ends it, for five seconds.
interrupted_by() {
	sed "/^uint64_t align_up/,/^}/s|^	return|	for (;;);\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c
	setsid env --default-signal=INT "$cairn/grader/grade" --keep \
		--lab 0-start --seed "27$$" --submission align.c >said 2>&1 &
	grading=$!
	eventually both_run "27$$" &&
		kill -s "$1" -- "$2$grading"
	wait "$grading"
	test $? = 130 &&
		kept=$(sed -n "s/^kept: //p" said) &&
		test -d "$kept/0-start/on-judged/run.1" &&
		test ! -e "$kept/0-start/on-judged/records" &&
		eventually none_runs "$kept" &&
		echo "the player worked for $worked/100 s" && test "$worked" -lt 400 &&
		rm -r "$kept"
}

# To a grading that does not ignore it like all in the background.
test_expect_success 'Ctrl-C ends a grading, with all that it started' '
	interrupted_by INT -
'

test_expect_success 'so does TERM, sent to the one process' '
	interrupted_by TERM ""
'

test_expect_success 'wrong usage has its own exit status and one clear sentence' '
	test_expect_code 3 grade --lab no-such-lab &&
	grep "no lab is called" report &&
	test_expect_code 3 grade --lab 0-start --seed seven &&
	grep "the seed must be a whole number" report
'

test_expect_success 'a seed may be written with zeros in front, and CDPATH be set' '
	CDPATH=. grade --lab 0-start --impl solutions --seed 007 &&
	grep "seed 7$" report
'

# What earlier runs have left after crashes, of less than a test may take.
test_expect_success 'with little work left the tests go on' '
	CAIRN_WORK_OF_ALL=20 grade --lab 0-start --impl solutions
'

test_expect_success 'the same seed gives the same report' '
	test_expect_code 1 grade --lab 5-list --submission "$cairn/solutions/2-paging/mapper.c" &&
	cp report first &&
	test_expect_code 1 grade --lab 5-list --submission "$cairn/solutions/2-paging/mapper.c" &&
	test_cmp first report
'

test_done
