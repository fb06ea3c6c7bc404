#!/bin/sh

test_description='What runs these tests: names the failures last, and tells flaky from broken

In a tree that has nothing but the runner, with files that are no real tests.'

tests=$(dirname "$0")
. "$tests/lib.sh"

mkdir -p tree/grader/tests tree/build
cp "$cairn/grader/tests/run" tree/grader/tests/

# file NAME COMMAND...: NAME.t, a test file of those commands.
file() {
	name=$1
	shift
	printf '%s\n' "$@" >"tree/grader/tests/$name.t"
}

run() {
	tree/grader/tests/run "$@" >said 2>&1
	status=$?
	sed "s/^/  /" said # these results are not of this file
	return "$status"
}

one_passes='echo "ok 1 - first"'
one_fails='echo "expecting success: it could not"; echo "not ok 1 - it holds"; exit 1'
# Fails where it runs for the first time.
first_fails='test -e ran || { : >ran; echo "not ok 1 - it holds"; exit 1; }'

test_expect_success 'what passes is counted, in a line of its own' '
	file good "$one_passes" "echo ok 2 - second" &&
	file better "$one_passes" &&
	run &&
	test "$(tail -n 1 said)" = "3 passed, 0 failed" &&
	! grep -q "failed at first" said
'

test_expect_success 'files may be named relative to where one is' '
	(
		cd tree/grader/tests &&
		./run good.t >said &&
		grep -q "^2 passed, 0 failed$" said
	)
'

test_expect_success 'a file that there is not is told, and nothing is run' '
	test_expect_code 2 run tree/grader/tests/good.t no-such.t &&
	grep -q "^run: there is no file no-such.t$" said &&
	! grep passed said
'

test_expect_success 'what fails twice has failed, and its name stands above the count' '
	file bad "$one_passes" "echo not ok 2 - it holds" "exit 1" &&
	test_expect_code 1 run &&
	tail -n 3 said >end &&
	cat >expected <<-\EOT &&
	failed:
	    bad: it holds
	4 passed, 1 failed
	EOT
	test_cmp expected end
'

test_expect_success 'the first failure is shown with what its commands printed' '
	file bad "$one_fails" &&
	test_expect_code 1 run &&
	grep -A 1 "^expecting success: it could not" said >shown &&
	grep -q "^not ok 1 - it holds$" shown
'

test_expect_success 'a file that dies between two tests has failed' '
	file bad "$one_passes" "exit 7" &&
	test_expect_code 1 run &&
	grep -q "^    bad: ended with status 7$" said &&
	test "$(tail -n 1 said)" = "4 passed, 1 failed"
'

test_expect_success 'what fails at first and passes alone has passed, and is told' '
	file bad "$first_fails" "$one_passes" &&
	run &&
	tail -n 3 said >end &&
	cat >expected <<-\EOT &&
	failed at first, passed alone: 1
	    bad: it holds
	4 passed, 0 failed
	EOT
	test_cmp expected end &&
	grep -q "^not ok 1 - it holds" said
'

test_expect_success 'it is run again when all others are done, and alone' '
	rm tree/grader/tests/*.t &&
	file a "echo begins a >>order" "$first_fails" "$one_passes" &&
	for name in b c d
	do
		file $name "echo begins $name >>order" "sleep 0.2" \
			"echo ends $name >>order" "$one_passes" || return 1
	done &&
	run &&
	tail -n 1 tree/build/tests/order >last &&
	echo "begins a" >expected &&
	test_cmp expected last &&
	test "$(grep -c "begins a" tree/build/tests/order)" = 2
'

test_expect_success 'another failure the second time is no pass' '
	rm tree/grader/tests/*.t &&
	file other "test -e ran || { : >ran; echo not ok 1 - one; exit 1; }" \
		"echo not ok 2 - two" "exit 1" &&
	test_expect_code 1 run &&
	tail -n 3 said >end &&
	printf "%s\n" failed: "    other: two" "0 passed, 1 failed" >expected &&
	test_cmp expected end
'

test_expect_success 'what takes longest is begun first' '
	rm tree/grader/tests/*.t &&
	file a "test -e begun || { echo not ok 1 - a is not the first; exit 1; }" \
		"$one_passes" &&
	file mutants ": >begun" "$one_passes" &&
	file hostile ": >begun" "$one_passes" &&
	run &&
	! grep -q "failed at first" said
'

test_done
