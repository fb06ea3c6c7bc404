#!/bin/sh

test_description='The report goes along the tasks, and shows the best evidence

On records written by hand; its text form, where nothing else is said.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# report.sh reads what is set here.
# shellcheck disable=SC2034
root=$cairn
grader=$cairn/grader
# shellcheck source=../report/report.sh
. "$grader/report/report.sh"

# report [FORM]: the report on these records, as `said`.
report() {
	tr '|' '\t' >records &&
		: >no-build && : >no-lines && : >no-debug && (
		REPORT_LAB=9-test REPORT_SEED=7 REPORT_ON=host REPORT_BUILD=ok
		REPORT_AGAIN="make check TEST="
		REPORT_SUBMISSION=x.c REPORT_COPY=9-test/x.c REPORT_FOLDERS=/copies/
		LC_ALL=C
		export REPORT_LAB REPORT_SEED REPORT_ON REPORT_BUILD REPORT_AGAIN \
			REPORT_SUBMISSION REPORT_COPY REPORT_FOLDERS LC_ALL
		in_form "${1:-text}" kind=build no-build kind=records records \
			kind=lines no-lines kind=debug "${debug:-no-debug}"
	) >said
	cat said
}

test_expect_success 'tests stand below their tasks, and what is not begun is not yet due' '
	report <<-\EOF &&
		test|a|passed|1|1
		task|Task 1: begin
		test|b|unfinished|0|1
		task|Task 2: go on
		because|lab 9, task 2: go
		test|c|failed|0|1
		task|Task 3: end
		rule|end-1|it ends
		actual|c... [failed]
		actual|  at:       c.c:3
		next|0
	EOF
	cat >expected <<-\EOF &&
	9-test on this computer, seed 7
	Task 1: begin
	  passed          1 of  1  a
	Task 2: go on
	  unfinished      0 of  1  b
	Task 3: end: not yet
	next: lab 9, task 2: go
	9-test: 1 of 3 points
	EOF
	test_cmp expected said
'

test_expect_success 'what a design cannot do is no failure, and the rule says why' '
	cat >cannot <<-\EOF &&
		test|a|passed|1|1
		test|b|cannot|0|0
		rule|end-2|nothing comes back
		next|0
	EOF
	cat >expected <<-\EOF &&
	9-test on this computer, seed 7
	  passed          1 of  1  a
	  cannot          0 of  0  b
	    by design, rule end-2: nothing comes back
	9-test: 1 of 1 points
	EOF
	report <cannot &&
	test_cmp expected said &&
	why="by design, rule end-2: nothing comes back" &&
	report json <cannot &&
	jq -e --arg why "$why" ".tests[1] | .why == \$why and .result == \"passed\"" said &&
	report tap <cannot &&
	grep -A 1 "^ok 2 - b " said | grep "^# $why\$" &&
	report gradescope <cannot &&
	jq -e --arg why "$why" ".tests[1].output == \$why and .tests[0].output == \"\"" said
'

test_expect_success 'a failure in what is begun is told, and how to see it again' '
	report <<-\EOF &&
		test|a|unfinished|0|1
		task|Task 1: begin
		because|lab 9, task 1: go
		test|b|passed|1|1
		task|Task 2: go on
		test|c|failed|0|1
		task|Task 2: go on
		rule|end-1|it ends
		actual|c... [failed]
		next|0
	EOF
	grep "^next: lab 9, task 1: go$" said &&
	grep "^first failure: c$" said &&
	grep "^  again: make check TEST=c$" said &&
	! grep "not yet" said
'

test_expect_success 'who has done all of a task and nothing of the next is told which' '
	records() {
		report <<-EOF
			test|a|$1|1|1
			task|Task 1: begin
			test|b|$2|1|1
			task|Task 2: go on
			rule|end-1|it ends
			test|c|$3|1|1
			task|Task 2: go on
			rule|end-1|it ends
			next|0
		EOF
	} &&
	records passed failed failed &&
	grep "^next: Task 2: go on$" said &&
	records passed failed passed &&
	! grep "^next:" said &&
	records failed failed failed &&
	! grep "^next:" said
'

test_expect_success 'the calls of a later test come first where they break the same rule' '
	calls() {
		report <<-EOF
			test|a|failed|0|1
			rule|end-1|it ends
			actual|a... [failed]
			actual|  expected: all
			test|b|failed|0|1
			rule|end-$1|it ends
			actual|b...
			actual|  1. alloc
			actual|  2. dealloc
			actual|b... [failed]
			next|0
		EOF
	} &&
	calls 1 &&
	sed -n "/^first/,/^  read/p" said >actual &&
	cat >expected <<-\EOF &&
	first failure: a
	  rule end-1: it ends
	  |   1. alloc
	  |   2. dealloc
	  that was b, in few calls; and a:
	  |   expected: all
	  read labs/9-test/README.md#end-1
	EOF
	test_cmp expected actual &&
	calls 2 &&
	! grep "alloc" said
'

test_expect_success 'of much that was printed, the beginning and the end are shown' '
	seq -f "line %g" 100 >debug-lines &&
	debug=debug-lines report <<-\EOF &&
		test|a|passed|1|1
		next|0
	EOF
	grep -c "^  | line" said >count &&
	test "$(cat count)" = 40 &&
	grep "^  | line 20$" said && grep "^  | line 81$" said &&
	grep "^  | line 100$" said &&
	grep "^  \.\.\. 60 more lines \.\.\.$" said
'

# again SUBMISSION: what repeats its grading, up to a test.
again() {
	lab=5-list seed=7 on=$1 own=$2 impl=labs submission=$3
	(
		# shellcheck disable=SC2154 # facts.sh sets it
		for variable in $deciding; do
			unset "$variable"
		done
		HOST_CC=clang
		export HOST_CC
		again_line
	)
}

test_expect_success 'a grading is repeated by what a student has typed' '
	test "$(again host "" "$root/labs/5-list/list.c")" = \
		"make check LAB=5-list SEED=7 HOST_CC=clang TEST=" &&
	test "$(again both "2-paging 3-heap" "$root/labs/5-list/list.c")" = \
		"make grade LAB=5-list SEED=7 HOST_CC=clang OWN='\''2-paging 3-heap'\'' TEST=" &&
	again both "" "my list.c" >line &&
	grep "^HOST_CC=clang grader/grade --lab 5-list --seed 7 --on both --submission '\''my list.c'\'' --test $" line
'

test_done
