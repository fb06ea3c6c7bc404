#!/bin/sh

test_description='Every planted mistake is caught, by the test that is there for it

All of them, on every machine on which they can be seen, with one seed: two to
three minutes on two idle cores.  Other seeds are for `grader/proof/check-mutants
--seed N`.'

tests=$(dirname "$0")
. "$tests/lib.sh"

check_mutants() {
	"$cairn/grader/proof/check-mutants" "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

labs=$(cd "$cairn/labs" && echo */points | sed 's,/points,,g')

for lab in $labs; do
	test_expect_success "$lab has mistakes enough" '
		case $lab in
		0-start) least=8 ;;
		3-heap) least=12 ;;
		*) least=25 ;;
		esac &&
		set -- "$cairn/grader/proof/mutants/$lab"/*.patch &&
		test $# -ge $least
	'

	test_expect_success "every mistake of $lab is caught" '
		check_mutants $lab
	'
done

# ---- What check-mutants says of patches that are no good ------------------

# plant NAME SCRIPT: a patch of the solution of 0-start by a sed script, with
# what stands above it from standard input.  Takes the place of those before.
plant() {
	rm -rf patches a b &&
		mkdir -p patches/0-start a/solutions/0-start b/solutions/0-start &&
		cp "$cairn/solutions/0-start/align.c" a/solutions/0-start &&
		sed "$2" a/solutions/0-start/align.c >b/solutions/0-start/align.c &&
		{
			cat
			diff -u a/solutions/0-start/align.c \
				b/solutions/0-start/align.c || :
		} >"patches/0-start/$1.patch"
}

# A mistake that align_up_multiples catches, whatever is said above it.
plant_mistake() {
	plant moves-up 's/address + (align - 1), align/address + align, align/'
}

# says PATTERN: so says the line about the mistake, which does not count as caught.
says() {
	test_expect_code 1 check_mutants --patches patches --on host &&
		grep "$1" report &&
		grep "^0-start: 0 of 1 caught\$" report
}

test_expect_success 'a mistake that is caught has a line with its machines and test' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples, align_up_steps
	on: host guest

	EOT
	check_mutants --patches patches &&
	cat >expected <<-\EOT &&
	caught   0-start/moves-up  host guest  align_up_multiples
	0-start: 1 of 1 caught
	EOT
	test_cmp expected report
'

test_expect_success 'a mistake that another test meets first is not caught' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_steps, any_address
	on: host

	EOT
	says "^missed .*first failure on host: align_up_multiples; it should be: align_up_steps any_address"
'

test_expect_success 'a mistake that no test notices is not caught' '
	plant harmless "s/address \& ~(align - 1)/address - address % align/" <<-\EOT &&
	what: nothing, for it gives the same numbers
	catches: any_address
	on: host

	EOT
	says "^missed .*every test passes on: host"
'

test_expect_success 'a patch that changes a comment only is broken' '
	plant comment "s|your code here|a comment\n	 * of two lines|" <<-\EOT &&
	what: nothing
	catches: any_address
	on: host

	EOT
	grep "^+.*of two lines" patches/0-start/comment.patch &&
	says "^broken .*it changes nothing"
'

test_expect_success 'a patch that does not apply is broken' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: host

	EOT
	sed "s/^-	return/-	return 1 +/" patches/0-start/moves-up.patch >other &&
	mv other patches/0-start/moves-up.patch &&
	says "^broken .*it does not apply"
'

test_expect_success 'a patch that applies only if its surroundings are ignored is broken' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: host

	EOT
	sed "s/^ 	.*End of your code.*/ 	something else/" \
		patches/0-start/moves-up.patch >other &&
	mv other patches/0-start/moves-up.patch &&
	says "^broken .*it does not apply"
'

test_expect_success 'a patch that does not compile is broken' '
	plant no-c "s/(align - 1)/(align -)/" <<-\EOT &&
	what: this is not C
	catches: any_address
	on: host

	EOT
	says "^broken .*it does not compile: .*error"
'

test_expect_success 'a patch that names no test of the lab, or no machine, is broken' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples, align_sideways
	on: host

	EOT
	says "^broken .*takes tests of the lab, not align_sideways" &&
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: moon

	EOT
	says "^broken .*takes guest, judged and host" &&
	plant_mistake <<-\EOT &&
	what: multiples move up
	on: host

	EOT
	says "^broken .*takes tests of the lab"
'

test_expect_success 'what cannot be graded is trouble, and not a mistake missed' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: guest

	EOT
	CAIRN_QEMU=no-such-qemu test_expect_code 2 \
		check_mutants --patches patches &&
	grep "^trouble .*not graded" report &&
	grep "^0-start: 0 of 1 caught\$" report
'

test_expect_success 'where it cannot be seen, a mistake is not counted' '
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: guest

	EOT
	cp patches/0-start/moves-up.patch guest.patch &&
	plant_mistake <<-\EOT &&
	what: multiples move up
	catches: align_up_multiples
	on: host

	EOT
	cp guest.patch patches/0-start/guest-only.patch &&
	check_mutants --patches patches --on host &&
	grep "^0-start: 1 of 1 caught\$" report
'

test_expect_success 'no mistakes at all is no success' '
	rm -rf patches && mkdir -p patches/0-start &&
	test_expect_code 1 check_mutants --patches patches &&
	grep "^0-start: 0 of 0 caught\$" report
'

test_expect_success 'wrong usage has its own exit status and one clear sentence' '
	test_expect_code 3 check_mutants no-such-lab &&
	grep "no lab is called \"no-such-lab\"; there are: 0-start" report &&
	test_expect_code 3 check_mutants --patches . 0-start &&
	grep "there are no mistakes of a lab \"0-start\"" report &&
	test_expect_code 3 check_mutants --on moon &&
	grep "takes guest, judged or host" report &&
	test_expect_code 3 check_mutants --seed seven &&
	grep "the seed must be a whole number" report &&
	test_expect_code 3 check_mutants --patches no-such-folder &&
	grep "no folder no-such-folder" report &&
	test_expect_code 3 check_mutants --seed &&
	test_expect_code 3 check_mutants --sed 7 &&
	grep "what is --sed" report
'

test_done
