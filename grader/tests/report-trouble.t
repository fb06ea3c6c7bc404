#!/bin/sh

test_description='A report that cannot be made, or not written, is not half made'

tests=$(dirname "$0")
. "$tests/lib.sh"
# shellcheck source=report.sh
. "$cairn/grader/tests/report.sh"

test_expect_success 'not graded is neither a zero nor a pass, in any form' '
	CAIRN_QEMU=no-such
	export CAIRN_QEMU
	for form in $forms
	do
		test_expect_code 2 grade_in $form "$solution" --on guest &&
		grep "not graded: no-such is missing" errors || return 1
	done
	unset CAIRN_QEMU
	test ! -s report.text &&
	parses json && parses junit && parses gradescope &&
	jq -e ".verdict == \"not graded\" and (.reason | test(\"no-such\"))
		and (has(\"points\") or has(\"tests\") | not)" report.json &&
	jq -e "(has(\"score\") or has(\"tests\") | not) and
		(.output | test(\"not graded: no-such\"))" report.gradescope &&
	test "$(xpath "count(//testcase/error)")" = 1 &&
	test "$(xpath "count(//testcase)")" = 1 &&
	test "$(xpath "string(/testsuites/@errors)")" = 1 &&
	test_must_fail prove -e cat report.tap >proved 2>&1 &&
	grep "Bailout called.  Further testing stopped:  0-start is not graded" proved
'

# Records by hand, as report_on reads them.
records() {
	mkdir -p "by hand/0-start/submitted" &&
		: >"by hand/0-start/build.log.text" &&
		: >"by hand/0-start/lines" &&
		: >"by hand/0-start/debug.text" &&
		printf "%b" "$1" >"by hand/0-start/records"
}

test_expect_success 'records that are cut off, or do not add up, are no pass' '
	records "" &&
	test_expect_code 3 report_on text "by hand" x.c &&
	records "test\tfirst\tpassed\t2\t2\n" &&
	test_expect_code 3 report_on text "by hand" x.c &&
	records "test\tfirst\tpassed\t1\t2\nnext\t0\n" &&
	test_expect_code 3 report_on text "by hand" x.c &&
	records "test\tfirst\tpassed\t2\t2\nnext\t0\n" &&
	report_on text "by hand" x.c
'

test_expect_success 'a test that calls itself machine only, on the machine, has failed' '
	records "test\tfirst\tguest-only\t0\t2\nnext\t0\n" &&
	test_expect_code 1 report_on summary "by hand" x.c >said &&
	grep "failed, 0 of 2 points, first failure: first" said
'

test_expect_success 'a form that needs jq says so where it is missing' '
	mkdir without &&
	ln -s /usr/bin/* without/ &&
	rm without/jq &&
	for form in tap junit gradescope
	do
		echo old >file &&
		PATH=$PWD/without test_expect_code 2 "$cairn/grader/grade" \
			--lab 0-start --impl solutions --format $form \
			--output file >said 2>errors &&
		cat errors &&
		test "$(wc -l <errors)" = 1 &&
		grep "^grade: .*--format $form needs jq.*doctor --install --forms" \
			errors &&
		test ! -e file && test ! -s said || return 1
	done &&
	PATH=$PWD/without grade_in text "$solution" --on host &&
	PATH=$PWD/without grade_in json "$solution" --on host
'

test_expect_success 'a missing tool of the grader is not graded either' '
	mkdir bin &&
	ln -s /usr/bin/* bin/ &&
	rm bin/flock &&
	(
		PATH=$PWD/bin
		test_expect_code 2 grade_in json "$solution"
	) &&
	jq -e ".verdict == \"not graded\" and (.reason | test(\"flock\"))" report.json
'

# To a file.

write_to() {
	timeout "$patience" "$cairn/grader/grade" --lab 0-start --seed 7 "$@" \
		>printed 2>errors
}

test_expect_success 'into a file goes what would be printed, and the verdict is printed' '
	for form in text junit
	do
		test_expect_code 1 grade_in $form mistake.c &&
		test_expect_code 1 write_to --format $form --output "a file" \
			--submission mistake.c &&
		test_cmp report.$form "a file" || return 1
	done &&
	echo "0-start: failed, 3 of 10 points, first failure: align_up_multiples" \
		>expected &&
	test_cmp expected printed
'

test_expect_success 'an older report does not outlive trouble' '
	for form in text junit
	do
		write_to --format $form --output old --impl solutions &&
		CAIRN_QEMU=no-such test_expect_code 2 write_to --format $form \
			--output old --impl solutions &&
		grep "not graded" old &&
		! grep "10 of 10" old || return 1
	done
'

a_draft_is_there() {
	ls .report.* >/dev/null 2>&1
}

test_expect_success 'a grading that is interrupted leaves no half report' '
	with_mistake "for (;;);" >hang.c &&
	"$cairn/grader/grade" --lab 0-start --format json --output killed \
		--submission hang.c >/dev/null 2>&1 &
	pid=$!
	eventually a_draft_is_there &&
	kill -TERM $pid
	wait $pid
	test_expect_code 0 test $? -ge 2 &&
	jq -e ".verdict == \"not graded\"" killed &&
	test "$(ls -A | grep -c "^\.report")" = 0
'

look_for_mount

test_expect_success MOUNT 'a full disk leaves no half report' '
	mkdir full &&
	mount -t tmpfs -o size=4k tmpfs full &&
	head -c 4096 /dev/zero >full/filler
	test_expect_code 2 write_to --format json --output full/report \
		--impl solutions
	ls -A full >left
	eventually umount full
	echo filler >expected &&
	test_cmp expected left &&
	grep "not graded" errors
'

test_expect_success 'wrong usage is told' '
	for usage in "--format xml" "--format json --lab" "--output no-such/x" \
		"--output ." "--output /dev/null"
	do
		test_expect_code 3 write_to $usage || return 1
	done &&
	ln -s "$solution" link &&
	test_expect_code 3 write_to --output link &&
	test -h link &&
	test_expect_code 3 "$cairn/grader/grade" --format json &&
	test_expect_code 3 "$cairn/grader/grade" --output x
'

test_done
