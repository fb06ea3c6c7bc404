#!/bin/sh

test_description='docs/errors.md says what the tools say

Its programs are compiled and run again, on this computer and on the machine.  What a
compiler says differs between versions, so that is compared for the one that the page
names; and a leak is told only where processes may be traced.'

tests=$(dirname "$0")
. "$tests/lib.sh"

page=$cairn/docs/errors.md

# machine_says FILE: of each program, what the machine has shown.
machine_says() {
	grep "^## \|^| the machine" "$1"
}

test_expect_success 'each program is on the page, and does on the machine what it says' '
	"$cairn/grader/proof/errors" >made.md &&
	machine_says made.md >made && machine_says "$page" >said &&
	test_cmp said made &&
	for program in "$cairn"/docs/errors/*.c; do
		grep -qF "errors/${program##*/}" said || return 1
	done
'

grep -qF "GCC $(gcc -dumpversion)," "$page" && grep -q "Direct leak" made.md &&
	test_set_prereq SAME_TOOLS

test_expect_success SAME_TOOLS 'the page has what the tools say' '
	test_cmp "$page" made.md
'

test_expect_success 'it takes no argument' '
	test_expect_code 3 "$cairn/grader/proof/errors" leak
'

test_done
