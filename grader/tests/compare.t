#!/bin/sh

test_description='A transcript is compared line by line, and nothing else counts

compare.awk alone, on transcripts written by hand, with every awk there is.'

tests=$(dirname "$0")
. "$tests/lib.sh"

cat >points <<'EOF'
# Comments and empty lines are no tests.

2 first
3 second   # nor is this
5 third
EOF

cat >expected.txt <<'EOF'
first... [ok]
second...
  block at {{heap}}
  flags {{hex}}
  in use: {{45..100}} %
  from {{start=hex}} to {{start}}
second... [ok]
third... [ok]
EOF

# transcript [FROM]: the first line of a run, and then standard input.
transcript() {
	echo "GRUB says something" &&
		echo "cairn: lab 1-test, seed 7, tests ${1:-1} to 3 of 3" &&
		cat
}

# A run in which all is well; sed commands make it another.
good() {
	transcript 1 <<-\EOF | sed "$@" -e ''
		first... [ok]
		second... 
		  block at 0x444444440010
		  flags 0x1f
		  in use: 72 %
		  from 0x30 to 0x30
		second... [ok]
		third... [ok]
		cairn: end of tests
	EOF
}

# Compares run1, ended as $1 says, and then run2, ended as $2 says.
compare() {
	set -- kind=run from=1 "ended=$1" run1 ${2:+"from=$2" "ended=$3" run2}
	LC_ALL=C $awk -f "$cairn/grader/judge/escape.awk" \
		-f "$cairn/grader/judge/transcript.awk" \
		-f "$cairn/grader/judge/compare.awk" lab=1-test seed=7 \
		kind=points points kind=expected expected.txt "$@" >records
}

# The verdicts and points of the three tests, and what to go on with.
judged() {
	$awk '$1 == "test" { printf "%s %d ", $3, $4 } $1 == "next" { print $2 }' \
		records >verdicts &&
		echo "$*" >wanted &&
		test_cmp wanted verdicts
}

# mismatches SED_COMMAND: the second test is not passed any more.
mismatches() {
	good -e "$1" >run1 &&
		compare exited &&
		judged passed 2 mismatch 0 passed 5 0
}

for awk in mawk 'busybox awk' gawk; do

	test_expect_success "$awk: the expected lines earn all points" '
	good >run1 &&
	compare exited &&
	judged passed 2 passed 3 passed 5 0
'

	test_expect_success "$awk: blanks at the end of a line do not count" '
	good -e "s/\$/  /" >run1 &&
	compare exited &&
	judged passed 2 passed 3 passed 5 0
'

	test_expect_success "$awk: a character more is another line" '
	mismatches "s/ %/ %%/"
'

	test_expect_success "$awk: what follows a value counts" '
	mismatches "s/flags 0x1f/flags 0x1fg/"
'

	test_expect_success "$awk: a number is in its range, both ends included" '
	good -e "s/72 %/45 %/" >run1 && compare exited &&
	judged passed 2 passed 3 passed 5 0 &&
	good -e "s/72 %/100 %/" >run1 && compare exited &&
	judged passed 2 passed 3 passed 5 0 &&
	mismatches "s/72 %/44 %/" &&
	mismatches "s/72 %/101 %/" &&
	mismatches "s/72 %/072 %/" &&
	mismatches "s/72 %/0x48 %/" &&
	mismatches "s/72 %/-72 %/"
'

	test_expect_success "$awk: an address is inside the heap, its end excluded" '
	good -e "s/0x444444440010/0x444444458fff/" >run1 && compare exited &&
	judged passed 2 passed 3 passed 5 0 &&
	mismatches "s/0x444444440010/0x44444443ffff/" &&
	mismatches "s/0x444444440010/0x444444459000/" &&
	mismatches "s/0x444444440010/444444440010/"
'

	test_expect_success "$awk: a remembered value must come again" '
	good -e "s/0x30/0xabcdef/g" >run1 && compare exited &&
	judged passed 2 passed 3 passed 5 0 &&
	mismatches "s/to 0x30/to 0x31/"
'

	test_expect_success "$awk: the notation itself is no answer" '
	mismatches "s/0x1f/{{hex}}/"
'

	test_expect_success "$awk: a line too few or too many" '
	mismatches "/flags/d" &&
	mismatches "s/^second... .ok.\$/&\\
cairn: a line behind the verdict/"
'

	test_expect_success "$awk: a pattern character in the transcript is just itself" '
	mismatches "s/flags 0x1f/.*/"
'

	test_expect_success "$awk: a failed test shows its rule, and costs only itself" '
	transcript >run1 <<-\EOF &&
	first... [failed]
	  rule map-3: one page, one frame
	  expected: 1
	  actual:   2
	  at:       labs/1-test/tests.c:61
	second... [unfinished]
	  unfinished: lab 1, task 2: second
	third... [ok]
	cairn: end of tests
	EOF
	compare exited &&
	judged failed 0 unfinished 0 passed 5 0 &&
	grep "^rule	map-3	one page, one frame\$" records &&
	grep "^because	lab 1, task 2: second\$" records &&
	grep "^actual	  at:       labs/1-test/tests.c:61\$" records
'

	test_expect_success "$awk: guest only is neither passed nor failed" '
	good -e "s/first... .ok./first... [guest only]/" >run1 &&
	compare exited &&
	judged guest-only 0 passed 3 passed 5 0
'

	test_expect_success "$awk: an allocation error counts only where it is expected" '
	mkdir -p cannot && (
		cd cannot &&
		cat >points <<-\EOF &&
		2 first
		0 second
		5 third
		EOF
		cat >expected.txt <<-\EOF &&
		first... [ok]
		second... [cannot]
		  rule bump-1: one allocation error
		  allocation error: Layout { size: 4, align: 4 }
		third... [ok]
		EOF
		transcript <expected.txt >run1 &&
		echo "cairn: end of tests" >>run1 &&
		cp run1 as-expected &&
		compare exited &&
		judged passed 2 cannot 0 passed 5 0 &&
		grep "^rule	bump-1	one allocation error\$" records &&
		! grep "^actual" records &&
		sed -e "s/^second.*/second... [ok]/" -e "/^  /d" as-expected >run1 &&
		compare exited &&
		judged passed 2 passed 0 passed 5 0 &&
		sed -e "s/size: 4/size: 8/" as-expected >run1 &&
		compare exited &&
		judged passed 2 failed 0 passed 5 0 &&
		sed -e "s/^first.*/first... [cannot]/" as-expected >run1 &&
		compare exited &&
		judged failed 0 cannot 0 passed 5 0 &&
		grep "^because	the allocator had no memory for it" records &&
		sed -e "s/^0 /1 /" points >other && mv other points &&
		test_expect_code 2 compare exited
	)
'

	test_expect_success "$awk: after a crash the next test comes in another boot" '
	transcript >run1 <<-\EOF &&
	first... [crashed]
	  exception: page fault (vector 14)
	EOF
	compare exited &&
	judged crashed 0 not-reached 0 not-reached 0 2 &&
	good -e "s/tests 1/tests 2/" -e "/^first/d" >run2 &&
	compare exited 2 exited &&
	judged crashed 0 passed 3 passed 5 0
'

	test_expect_success "$awk: a name without a verdict: the machine went down" '
	for word in triple-fault reset endless-output timeout exited
	do
		printf "first... [ok]\nsecond... " | transcript >run1 &&
		good -e "s/tests 1/tests 3/" -e "/^[fs ]/d" >run2 &&
		compare $word &&
		judged passed 2 $word 0 not-reached 0 3 &&
		compare $word 3 exited &&
		judged passed 2 $word 0 passed 5 0 || return 1
	done
'

	test_expect_success "$awk: output behind the name belongs to that test" '
	transcript >run1 <<-\EOF &&
	first... [ok]
	second... what a submission prints
	more[hang]
	  hang: still running
	EOF
	compare exited &&
	judged passed 2 hang 0 not-reached 0 3 &&
	printf "first... [ok]\nsecond... [ok]\nthird... AAAA" |
		transcript >run1 &&
	compare endless-output &&
	judged passed 2 mismatch 0 endless-output 0 0
'

	test_expect_success "$awk: a boot that never comes to its tests is no verdict" '
	echo "GRUB: error" >run1 &&
	compare timeout &&
	judged not-reached 0 not-reached 0 not-reached 0 no-tests
'

	test_expect_success "$awk: a transcript of another seed or lab is no verdict" '
	for change in "s/seed 7/seed 8/" "s/1-test/2-test/" "s/of 3/of 4/"
	do
		good -e "$change" >run1 &&
		compare exited &&
		judged not-reached 0 not-reached 0 not-reached 0 no-tests &&
		grep "^announced	cairn: lab" records || return 1
	done
'

	test_expect_success "$awk: a test that is printed twice earns nothing" '
	good -e "s/^first.*/&\\
first... [ok]/" >run1 &&
	compare exited &&
	judged failed 0 passed 3 passed 5 0 &&
	grep "^because	its name was printed for a second test" records &&
	good -e "s/^third.*/&\\
first... [ok]/" >run1 &&
	compare exited &&
	judged failed 0 passed 3 passed 5 0
'

	test_expect_success "$awk: a test that is printed ahead of its turn earns nothing" '
	good -e "s/^first... .ok.\$/&\\
third... [ok]/" >run1 &&
	compare exited &&
	judged passed 2 failed 0 failed 0 0
'

	test_expect_success "$awk: an unknown name is only a line of the test before" '
	good -e "s/^first.*/&\\
fourth... [ok]/" >run1 &&
	compare exited &&
	judged mismatch 0 passed 3 passed 5 0
'

	test_expect_success "$awk: tests before the first line or after the last are not read" '
	{
		echo "first... [ok]" &&
		good -e "s/^first.*/first... [failed]/" &&
		echo "first... [ok]"
	} >run1 &&
	compare exited &&
	judged failed 0 passed 3 passed 5 0
'

	test_expect_success "$awk: the last line ahead of its turn ends nothing" '
	good -e "s/^first.*/&\\
cairn: end of tests/" >run1 &&
	compare exited &&
	judged mismatch 0 passed 3 passed 5 0
'

	test_expect_success "$awk: a second transcript after the last line is not read" '
	{
		good -e "s/^first.*/first... [failed]/" &&
		good
	} >run1 &&
	compare exited &&
	judged failed 0 passed 3 passed 5 0
'

	test_expect_success "$awk: an empty line counts, but not at the end of a run" '
	good -e "s/^first.*/&\\
/" >run1 && compare exited &&
	judged mismatch 0 passed 3 passed 5 0 &&
	printf "first... [ok]\n\n" | transcript >run1 && compare reset &&
	judged passed 2 not-reached 0 not-reached 0 2
'

	test_expect_success "$awk: control characters come out as words" '
	good -e "s/^first... .*/first... $(printf "\033[2J\001\t\r\351")[ok]/" \
		>run1 &&
	compare exited &&
	judged mismatch 0 passed 3 passed 5 0 &&
	grep -F "actual	first... \\x1b[2J\\x01\\x09\\x0d\\xe9[ok]" records &&
	tr -d "\n\t -~" <records >rest &&
	test ! -s rest
'

	test_expect_success "$awk: a long transcript is listed with its beginning and end" '
	{
		printf "first... " &&
		yes "a line" | head -n 5000 &&
		echo "[hang]"
	} | transcript >run1 &&
	compare exited &&
	judged hang 0 not-reached 0 not-reached 0 2 &&
	grep "^more	4961\$" records &&
	test "$(wc -l <records)" -lt 60
'

	test_expect_success "$awk: Windows line ends in the lab do not matter" '
	cp points points.unix && cp expected.txt expected.unix &&
	sed "s/\$/$(printf "\r")/" points.unix >points &&
	sed "s/\$/$(printf "\r")/" expected.unix >expected.txt &&
	good >run1 &&
	compare exited &&
	mv points.unix points && mv expected.unix expected.txt &&
	judged passed 2 passed 3 passed 5 0
'

	test_expect_success "$awk: points and expected.txt must list the same tests" '
	good >run1 &&
	cp points points.whole && echo "1 fourth" >>points &&
	test_expect_code 2 compare exited 2>says &&
	grep "expected.txt has no lines for fourth" says &&
	grep -v third points.whole >points &&
	test_expect_code 2 compare exited 2>says &&
	mv points.whole points &&
	test -s says
'

done

test_done
