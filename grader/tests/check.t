#!/bin/sh

test_description='What grader/proof/check says of claims that do not hold, and soak

Claims about 0-start in folders of their own; one that holds beside each that does
not.'

tests=$(dirname "$0")
. "$tests/lib.sh"

right=$cairn/solutions/0-start/align.c

# check and soak, with what they print in the file `report`.
check() {
	"$cairn/grader/proof/check" "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

soak() {
	"$cairn/grader/proof/soak" "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

# says WORD REASON: so ends the report, on the only claim there is.
says() {
	grep "^not as claimed:$" report &&
		grep "^$1 *[a-z]*/0-start/" report &&
		tail -n 1 report | grep -e "$2"
}

# ---- Mistakes -------------------------------------------------------------------

# plant NAME SCRIPT LINE...: the patch of our solution by a sed script, below these
# lines.  Takes the place of those before.
plant() {
	name=$1
	script=$2
	shift 2
	rm -rf mutants a b &&
		mkdir -p mutants/0-start a/solutions/0-start b/solutions/0-start &&
		cp "$right" a/solutions/0-start &&
		sed "$script" "$right" >b/solutions/0-start/align.c &&
		{
			printf '%s\n' "$@" ''
			diff -u a/solutions/0-start/align.c \
				b/solutions/0-start/align.c || :
		} >"mutants/0-start/$name.patch"
}

# A mistake that align_up_multiples catches, whatever is said above it.
plant_mistake() {
	plant moves-up 's/address + (align - 1), align/address + align, align/' \
		"what: multiples move up" "$@"
}

test_expect_success 'a mistake that is caught has a line with its machines and tests' '
	plant_mistake "catches: align_up_multiples, align_up_steps" \
		"on: host guest" &&
	check mutants &&
	cat >expected <<-\EOT &&
	ok      mutants/0-start/moves-up  host guest: failed align_up_multiples align_up_multiples
	mutants/0-start: 1 of 1 graded, 1 as claimed
	EOT
	test_cmp expected report
'

test_expect_success 'where it cannot be seen, a mistake is not graded' '
	check --on host mutants &&
	grep "^ok .*  host: failed align_up_multiples$" report &&
	check --on judged mutants &&
	grep "0 of 1 graded, 0 as claimed" report
'

test_expect_success 'a mistake that another test meets first is not caught' '
	plant_mistake "catches: align_up_steps, any_address" "on: host" &&
	test_expect_code 1 check mutants &&
	says WRONG "the first failure is: align_up_multiples; it should be: align_up_steps any_address"
'

test_expect_success 'a mistake that no test notices is not caught' '
	plant harmless "s/address \& ~(align - 1)/address - address % align/" \
		"what: nothing" "catches: any_address" "on: host" &&
	test_expect_code 1 check mutants &&
	grep "the verdict is: passed; it should be: failed" report &&
	grep "1 of 1 graded, 0 as claimed" report
'

test_expect_success 'a patch that changes nothing, does not apply or compile is broken' '
	plant comment "s|your code here|a comment\n	 * of two lines|" \
		"what: nothing" "catches: any_address" "on: host" &&
	grep "^+.*of two lines" mutants/0-start/comment.patch &&
	test_expect_code 1 check mutants &&
	says broken "it changes nothing" &&
	plant no-c "s/(align - 1)/(align -)/" "what: this is not C" \
		"catches: any_address" "on: host" &&
	test_expect_code 1 check mutants &&
	says broken "it does not compile: .*error" &&
	plant_mistake "catches: align_up_multiples" "on: host" &&
	sed -i "s/^-	return/-	return 1 +/" mutants/0-start/moves-up.patch &&
	test_expect_code 1 check mutants &&
	says broken "it does not apply" &&
	plant_mistake "catches: align_up_multiples" "on: host" &&
	sed -i "s|^--- a/solutions/|--- a/labs/|" mutants/0-start/moves-up.patch &&
	test_expect_code 1 check mutants &&
	says broken "it is no patch of something right in the lab"
'

test_expect_success 'a patch that applies only if its surroundings are ignored is broken' '
	plant_mistake "catches: align_up_multiples" "on: host" &&
	sed -i "s/^ 	.*End of your code.*/ 	something else/" \
		mutants/0-start/moves-up.patch &&
	test_expect_code 1 check mutants &&
	says broken "it does not apply"
'

test_expect_success 'a patch that names no test of the lab, or no machine, is broken' '
	plant_mistake "catches: align_up_multiples, align_sideways" "on: host" &&
	test_expect_code 1 check mutants &&
	says broken "takes tests of the lab, not align_sideways" &&
	plant_mistake "catches: align_up_multiples" "on: moon" &&
	test_expect_code 1 check mutants &&
	says broken "takes guest, judged and host, not moon" &&
	plant_mistake "on: host" &&
	test_expect_code 1 check mutants &&
	says broken "it does not say \"catches:\""
'

test_expect_success 'a mistake may be planted in another design' '
	mkdir -p a/grader/proof/variants/0-start b/grader/proof/variants/0-start &&
	variant=grader/proof/variants/0-start/modulo.c &&
	cp "$cairn/$variant" a/$variant &&
	sed "s/^	return/	return 1 +/" a/$variant >b/$variant &&
	rm mutants/0-start/* &&
	{
		printf "%s\n" "what: one too many" "on: judged" \
			"catches: align_down_between" "" &&
		! diff -u a/$variant b/$variant
	} >mutants/0-start/modulo.patch &&
	check mutants &&
	grep "^ok .*judged: failed align_down_between" report
'

test_expect_success 'a slice has a mistake for every fifth test, and says which have none' '
	plant_mistake "catches: align_up_multiples, align_up_steps" \
		"on: host judged" &&
	cp mutants/0-start/moves-up.patch mutants/0-start/again.patch &&
	sed "s/catches.*/catches: align_up_multiples/" \
		mutants/0-start/again.patch >mutants/0-start/only-one.patch &&
	sed "s/catches.*/catches: any_address/" \
		mutants/0-start/again.patch >mutants/0-start/other-part.patch &&
	sed "s/catches.*/catches: align_down_between/" \
		mutants/0-start/again.patch >mutants/0-start/third-part.patch &&
	check --slice mutants &&
	cat >expected <<-\EOT &&
	ok      mutants/0-start/only-one  judged: failed align_up_multiples
	mutants/0-start: none for align_down_multiples align_up_steps
	mutants/0-start: 1 of 5 graded, 1 as claimed
	EOT
	test_cmp expected report
'

test_expect_success 'in a slice, the test that a mistake is there for has to catch it' '
	plant_mistake "catches: any_address, align_up_multiples" "on: judged" &&
	check mutants &&
	test_expect_code 1 check --slice mutants &&
	tail -n 1 report | grep "mutants/0-start: any_address catches nothing"
'

# ---- Other designs --------------------------------------------------------------

# Right and wrong ones side by side, in a folder whose name has a blank.
variants="right and wrong/variants"

test_expect_success 'a wrong variant is noticed, and its report shown' '
	mkdir -p "$variants/0-start" &&
	cp "$right" "$variants/0-start/right.c" &&
	sed "s/(align - 1), align);/align, align);/" "$right" \
		>"$variants/0-start/too-far.c" &&
	! cmp "$right" "$variants/0-start/too-far.c" &&
	test_expect_code 1 check "$variants" &&
	grep "^ok .*0-start/right  both: passed$" report &&
	grep "^WRONG .*too-far  on both: the verdict is: failed; it should be: passed$" report &&
	grep "^ *| first failure: align_up_multiples$" report &&
	grep "2 of 2 graded, 1 as claimed" report &&
	check --slice "$variants" &&
	grep "^ok .*0-start/right  judged: passed$" report &&
	! grep "too-far" report &&
	test_expect_code 1 check --slice "$variants/0-start/too-far.c" &&
	grep "^WRONG .*too-far  on judged: the verdict is: failed" report
'

test_expect_success 'a wrong variant is refused with many seeds, too' '
	for on in host judged
	do
		test_expect_code 1 soak --seed 7 --on "$on" 3 "$cairn/solutions/0-start" \
			"$variants" &&
		grep "^on $on, seeds 7 to 9$" report &&
		grep "^0-start/solution: accepted, 3 seeds$" report &&
		grep "^0-start/right: accepted, 3 seeds$" report &&
		grep "^0-start/too-far: refused, seed 7: align_up_multiples$" report &&
		grep "^  | .*start-2" report || return 1
	done
'

# Wrong for one random address in 2^17: a few seeds of a hundred find that.
test_expect_success 'a mistake that few seeds find is found, and again with its seed' '
	rm "$variants/0-start"/* &&
	sed "/^uint64_t align_up/,/^}/s|^	return|	if (address >> 46 == 0x2345) return 0;\n&|" \
		"$right" >"$variants/0-start/rare.c" &&
	soak --seed 1 1 "$variants" &&
	test_expect_code 1 soak --seed 1 100 "$variants" &&
	found=$(sed -n "s|^0-start/rare: refused, seed \([0-9]*\): any_address$|\1|p" \
		report) &&
	test_expect_code 1 soak --seed "$found" 1 "$variants" &&
	test_expect_code 1 check --seed "$found" --on judged "$variants"
'

# ---- Hostile ones ---------------------------------------------------------------

# hostile LINE...: a submission with these lines for a claim; its text, or with
# `make` the script that makes it, from standard input.
hostile() {
	rm -rf hostile && mkdir -p hostile/0-start/it &&
		cat >"hostile/0-start/it/${make:-submission.c}" &&
		printf '%s\n' "$@" "why: It is a test." >hostile/0-start/it/expect
}

test_expect_success 'another verdict and other words are noticed' '
	hostile "verdict: passed" "says: no such words" \
		<"$cairn/labs/0-start/align.c" &&
	test_expect_code 1 check hostile &&
	says WRONG "the report does not say: no such words" &&
	grep "the verdict is: failed; it should be: passed" report &&
	hostile "verdict: failed" "says: 0 of 10 points" \
		<"$cairn/labs/0-start/align.c" &&
	check hostile &&
	hostile "verdict: failed" <"$cairn/labs/0-start/align.c" &&
	test_expect_code 1 check hostile &&
	says broken "it does not say \"says:\""
'

test_expect_success 'where the whole computer is in sight, the claim may be another' '
	hostile "verdict: passed" "says: none" "in sight verdict: failed" \
		"in sight says: 0 of 10 points" <"$cairn/labs/0-start/align.c" &&
	SANDBOX=limits check hostile
'

test_expect_success 'a slice has a hostile one on one machine, unless it takes both to show' '
	hostile "verdict: failed" "says: 0 of 10 points" \
		<"$cairn/labs/0-start/align.c" &&
	check --slice hostile &&
	grep "^ok .*/it  judged: failed" report &&
	hostile "verdict: failed" "says: 0 of 10 points" "on: both" \
		<"$cairn/labs/0-start/align.c" &&
	check --slice hostile &&
	grep "^ok .*/it  both: failed" report
'

test_expect_success 'harm is noticed: a file outside, and a folder that changes' '
	CANARY=$PWD/canary && export CANARY &&
	test_when_finished "unset CANARY" &&
	make=make hostile "verdict: failed" "says: 0 of 10" <<-\EOT &&
	mkdir given && cp "$1/labs/0-start/align.c" given &&
		: >"$CANARY"
	EOT
	test_expect_code 1 check hostile &&
	says WRONG "/canary is there" &&
	test_expect_code 2 check hostile &&
	grep "remove .*/canary" report &&
	rm canary &&
	make=make hostile "verdict: failed" "says: 0 of 10" <<-\EOT &&
	mkdir given && cp "$1/labs/0-start/align.c" given || exit
	{ until test -e said; do sleep 0.1; done; : >given/new; } >/dev/null 2>&1 &
	EOT
	test_expect_code 1 check hostile &&
	says WRONG "its own folder has changed"
'

# ---- Trouble and usage ----------------------------------------------------------

test_expect_success 'what cannot be graded is trouble, and neither right nor wrong' '
	plant_mistake "catches: align_up_multiples" "on: guest" &&
	CAIRN_QEMU=no-such-qemu test_expect_code 2 check mutants &&
	says trouble "the verdict is: not graded" &&
	grep "^ *| .*no-such-qemu is missing" report &&
	HOST_CC=no-such-compiler test_expect_code 2 soak 1 "$cairn/solutions/0-start" &&
	grep "^0-start/solution: trouble: .*not graded" report
'

test_expect_success 'wrong usage has its own exit status and one clear sentence' '
	mkdir -p none/mutants/0-start &&
	test_expect_code 3 check none &&
	grep "^check: there are no claims in none$" report &&
	test_expect_code 3 check no-such &&
	grep "^check: there is no no-such$" report &&
	test_expect_code 3 check &&
	test_expect_code 3 check --on moon mutants &&
	grep "^check: --on takes guest, judged or host$" report &&
	test_expect_code 3 check --seed seven mutants &&
	test_expect_code 3 check --seed &&
	test_expect_code 3 check --sed 7 mutants &&
	grep "^check: what is --sed?$" report &&
	test_expect_code 3 soak 0 "$variants" &&
	test_expect_code 3 soak --on guest 2 "$variants" &&
	test_expect_code 3 soak --seed 08 2 "$variants" &&
	test_expect_code 3 soak 2 no-such &&
	grep "^soak: there is no no-such$" report &&
	test_expect_code 3 soak 2 none &&
	grep "^soak: there are no designs of a lab in none$" report
'

test_done
