#!/bin/sh

test_description='Every submission in hostile/ gets the verdict that it should

On the machine or judged, in turn, where that shows it.  On both: `make hostile`.'

tests=$(dirname "$0")
. "$tests/lib.sh"

hostile=$cairn/grader/proof/hostile

test_expect_success 'there are at least forty' '
	set -- "$hostile"/*/*/expect &&
	test $# -ge 40
'

for lab in $(cd "$hostile" && echo */); do
	test_expect_success "those of ${lab%/} are as claimed" '
		"$cairn/grader/proof/check" --slice "$hostile/${lab%/}"
	'
done

test_done
