#!/bin/sh

test_description='A seed, one test alone, or all from one on

SEED, TEST and FROM mean the same to check, grade, qemu and qemu-gdb; and a word that
the kernel does not know is an error.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# in_project TARGET VARIABLE...: make there, on our solution; what it says is `said`.
in_project() {
	timeout "$patience" make -s -C "$cairn" IMPL=solutions LAB=0-start "$@" \
		>said 2>&1 </dev/null
	status=$?
	cat said
	return "$status"
}

boot() {
	mkdir -p out &&
		"$cairn/grader/run/boot" "$cairn/$IMAGE/cairn.iso" out "$@"
}

# The solution with this in front of what align_up returns.
misbehave() {
	sed "/^uint64_t align_up/,/^}/s|^	return|$1\n&|" \
		"$cairn/solutions/0-start/align.c" >align.c
}

for target in check grade; do
	test_expect_success "make $target runs one test, with that seed, for no points" '
		in_project $target TEST=align_up_steps SEED=11 &&
		sed 1d said >actual &&
		cat >expected <<-\EOF &&
		Task 2: align_up
		  passed         align_up_steps
		0-start: 1 of 1 test passed; points are for all tests together
		EOF
		test_cmp expected actual &&
		head -n 1 said | grep "seed 11$"
	'

	test_expect_success "make $target runs all tests from one on, named or numbered" '
		in_project $target FROM=align_up_multiples &&
		grep -c "^  passed         a" said >count &&
		test "$(cat count)" = 3 &&
		in_project $target FROM=4 &&
		sed -n "s/^  passed *//p" said >actual &&
		printf "%s\n" align_up_steps any_address >expected &&
		test_cmp expected actual
	'
done

test_expect_success 'a part that fails says so, and goes on behind a crash' '
	misbehave "return *(volatile uint64_t *)0;" &&
	for on in host guest
	do
		test_expect_code 1 "$cairn/grader/grade" --lab 0-start --on $on \
			--from 2 --submission align.c >said &&
		cat said &&
		sed -n "s/^  \(passed\|crashed\) */\1 /p" said >actual &&
		printf "%s\n" "passed align_down_multiples" "crashed align_up_multiples" \
			"crashed align_up_steps" "crashed any_address" >expected &&
		test_cmp expected actual &&
		grep "^0-start: 1 of 4 tests passed; points are for all" said || return 1
	done
'

test_expect_success 'a part may end before the last test' '
	misbehave "return *(volatile uint64_t *)0;" &&
	test_expect_code 1 "$cairn/grader/grade" --lab 0-start --on host \
		--from align_down_multiples --to 3 --submission align.c >said &&
	sed -n "s/^  \(passed\|crashed\) */\1 /p" said >actual &&
	printf "%s\n" "passed align_down_multiples" "crashed align_up_multiples" >expected &&
	test_cmp expected actual &&
	test_expect_code 3 "$cairn/grader/grade" --lab 0-start --from 3 --to 2 2>said &&
	grep "3 comes behind 2" said
'

test_expect_success 'what does not build fails no more tests than were asked for' '
	echo "int align_up = ;" >broken.c &&
	test_expect_code 1 "$cairn/grader/grade" --lab 0-start --on host --test 2 \
		--submission broken.c >said &&
	tail -n 1 said | grep "^0-start: 0 of 1 test passed;"
'

test_expect_success 'a part has no form that somebody could take for points' '
	for option in "--format json" "--output x" "--result x"
	do
		test_expect_code 3 "$cairn/grader/grade" --lab 0-start --test 1 \
			$option 2>said &&
		grep "gives no points" said || return 1
	done
'

test_expect_success 'a test that there is not is named, with those that there are' '
	for target in check grade qemu
	do
		test_must_fail in_project $target TEST=align_sideways &&
		grep "0-start has no test \"align_sideways\"; it has 1 to 5: align_down_between" said &&
		test_must_fail in_project $target FROM=6 &&
		grep "0-start has no test \"6\"" said &&
		test_must_fail in_project $target FROM=2 TEST=2 &&
		grep "not both" said || return 1
	done &&
	test_expect_code 3 "$cairn/grader/grade" --test align_up_steps 2>said &&
	grep "need --lab" said
'

test_expect_success 'make qemu runs that test, with that seed' '
	in_project qemu TEST=any_address SEED=7 &&
	grep "^cairn: lab 0-start, seed 7, tests 5 to 5 of 5" said &&
	! grep align_up said &&
	in_project qemu FROM=4 &&
	grep "^cairn: lab 0-start, seed 1, tests 4 to 5 of 5" said &&
	test_must_fail in_project qemu SEED=seven &&
	grep "qemu: the seed must be a whole number" said
'

test_expect_success 'a word that the kernel does not know is an error' '
	build image LAB=0-start IMPL=solutions IMAGE=$IMAGE &&
	for words in "test sed=7" "test Test" "test 7"
	do
		boot cairn $words &&
		grep "there is no word \"${words#* }\"; after \"cairn test\"" out/serial &&
		! grep "^cairn: lab" out/serial || return 1
	done &&
	boot cairn tset &&
	grep "there is no word \"tset\"; after \"cairn\"" out/serial &&
	for words in seed=7x seed= from=0 from=6 to=0 "from=3 to=2" to=x \
		seed=18446744073709551616 seed=000000000000000000001
	do
		boot cairn test $words &&
		grep "$words: seed=N, from=N and to=N take whole numbers" out/serial &&
		! grep "^cairn: lab" out/serial || return 1
	done &&
	boot cairn test seed=18446744073709551615 from=2 to=3 &&
	grep "^cairn: lab 0-start, seed 18446744073709551615, tests 2 to 3 of 5" out/serial
'

test_expect_success 'nor does the host program know it' '
	build host LAB=0-start IMPL=solutions IMAGE=$IMAGE &&
	for words in sed=7 seed=x from=6 "from=3 to=2"
	do
		test_expect_code 2 "$cairn/$IMAGE/host" $words 2>said &&
		grep "seed=N, from=N and to=N take whole numbers" said || return 1
	done
'

test_done
