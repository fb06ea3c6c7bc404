#!/bin/sh

test_description='Every submission in hostile/ gets the verdict that it should'

tests=$(dirname "$0")
. "$tests/lib.sh"

check=$cairn/grader/proof/check-hostile

test_expect_success 'there are at least forty, and each says what it is after' '
	ls -d "$cairn"/grader/proof/hostile/*/*/ >folders &&
	test "$(grep -c . folders)" -ge 40 &&
	for folder in $(cat folders); do
		for key in verdict says why; do
			grep -q "^$key: ." "$folder/expect" ||
				{ echo "$folder/expect: no $key" && return 1; }
		done
	done
'

# One that is not as expected, or this file would show nothing.
test_expect_success 'a wrong verdict and wrong words are noticed' '
	wrong=$cairn/grader/proof/hostile/0-start/00-test-of-the-check &&
	test_when_finished "rm -rf \"$wrong\"" &&
	mkdir "$wrong" && cp "$cairn/labs/0-start/align.c" "$wrong/submission.c" &&
	printf "%s\n" "verdict: passed" "says: no such words" \
		"why: It is a stub." >"$wrong/expect" &&
	test_expect_code 1 "$check" 0-start/00-test-of-the-check >out &&
	grep "the verdict is: failed" out && grep "does not say: no such" out &&
	grep "hostile: 0 of 1 as expected" out
'

test_expect_success 'all are as expected' '
	"$check" >out
	status=$?
	cat out
	test "$status" -eq 0
'

test_done
