#!/bin/sh

test_description='No correct design is refused, and a wrong one is noticed

Every variant gets all points on the machine and in a process apart, and passes
with a few seeds more on the host.'

tests=$(dirname "$0")
. "$tests/lib.sh"

check_variants() {
	timeout 300 "$cairn/grader/proof/check-variants" "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

labs=$(cd "$cairn/labs" && echo */points | sed 's,/points,,g')

for lab in $labs; do
	test_expect_success "$lab has at least three variants" '
		set -- "$cairn/grader/proof/variants/$lab"/*.c &&
		test $# -ge 3
	'

	test_expect_success "the variants of $lab tell their design and compile cleanly" '
		for variant in "$cairn/grader/proof/variants/$lab"/*.c
		do
			head -n 2 "$variant" | grep "^ \* Design: " &&
				grep "A test must not " "$variant" || return 1
			for compiler in gcc clang
			do
				$compiler -std=c17 -Og -Wall -Wextra -Werror -ffreestanding \
					-mgeneral-regs-only -I"$cairn/kernel" -c "$variant" \
					-o /dev/null || return 1
			done
		done
	'

	test_expect_success "every variant of $lab gets all points" '
		check_variants "$lab" &&
		set -- "$cairn/grader/proof/variants/$lab"/*.c &&
		test "$(tail -n 1 report)" = "$lab: $# of $# accepted"
	'

	test_expect_success "so it does with five more seeds, as our solution does" '
		check_variants --seeds 5 "$lab" &&
		set -- "$cairn/grader/proof/variants/$lab"/*.c solution &&
		test "$(tail -n 1 report)" = "$lab: $# of $# accepted"
	'
done

# Right and wrong ones side by side, in a folder whose name has a blank.
wrong="$SHARNESS_TRASH_DIRECTORY/wrong ones"
solution=$cairn/solutions/0-start/align.c

test_expect_success 'a wrong variant is refused, and its report shown' '
	mkdir -p "$wrong/0-start" &&
	cp "$solution" "$wrong/0-start/right.c" &&
	sed "s/(align - 1), align);/align, align);/" "$solution" \
		>"$wrong/0-start/too-far.c" &&
	! cmp "$solution" "$wrong/0-start/too-far.c" &&
	test_expect_code 1 check_variants --seed 7 --variants "$wrong" &&
	grep "^on both, seed 7$" report &&
	grep "^0-start/right: accepted$" report &&
	grep "^0-start/too-far: refused$" report &&
	grep "^  | first failure: align_up_multiples$" report &&
	test "$(tail -n 1 report)" = "0-start: 1 of 2 accepted"
'

test_expect_success 'a wrong variant is refused with many seeds, too' '
	for on in host judged
	do
		test_expect_code 1 check_variants --seed 7 --seeds 3 --on "$on" \
			--variants "$wrong" 0-start &&
		grep "^0-start/right: accepted, 3 seeds$" report &&
		grep "^0-start/too-far: refused, seed [789]: align_up_multiples$" report &&
		grep "^  | .*start-2" report &&
		test "$(tail -n 1 report)" = "0-start: 2 of 3 accepted" || return 1
	done
'

# Wrong for one random address in 2^17: a few seeds of a hundred find that.
test_expect_success 'a mistake that few seeds find is found, and again with its seed' '
	rm "$wrong/0-start"/* &&
	sed "/^uint64_t align_up/,/^}/s|^	return|	if (address >> 46 == 0x1234) return 0;\n&|" \
		"$solution" >"$wrong/0-start/rare.c" &&
	check_variants --seed 1 --seeds 1 --variants "$wrong" 0-start &&
	test_expect_code 1 check_variants --seed 1 --seeds 100 --variants "$wrong" 0-start &&
	found=$(sed -n "s|^0-start/rare: refused, seed \([0-9]*\): any_address$|\1|p" report |
		head -n 1) &&
	test_expect_code 1 check_variants --seed "$found" --seeds 1 \
		--variants "$wrong" 0-start &&
	test_expect_code 1 check_variants --seed "$found" --on judged \
		--variants "$wrong" 0-start
'

test_expect_success 'what crashes, hangs or prints without end is refused' '
	for mistake in "*(volatile int *)0 = 1;" "for (volatile int i = 0;; i++);" \
		"extern void kprintf(const char *, ...); for (;;) kprintf(\"spam \");"
	do
		rm "$wrong/0-start"/* &&
		sed "/^uint64_t align_up/,/^}/s|^	return|$mistake\n&|" \
			"$solution" >"$wrong/0-start/broken.c" &&
		! cmp "$solution" "$wrong/0-start/broken.c" &&
		test_expect_code 1 check_variants --seeds 1 --variants "$wrong" 0-start &&
		grep "^0-start/broken: refused, seed [0-9]*: align_up_multiples$" report ||
			return 1
	done
'

test_expect_success 'one that does not compile is refused when graded, trouble otherwise' '
	rm "$wrong/0-start"/* &&
	echo "uint64_t align_down(" >"$wrong/0-start/no-program.c" &&
	test_expect_code 1 check_variants --variants "$wrong" &&
	grep "build error" report &&
	test_expect_code 2 check_variants --seeds 1 --variants "$wrong" &&
	grep "no-program cannot be built" report
'

test_expect_success 'trouble is no refusal' '
	CAIRN_QEMU=no-such-qemu test_expect_code 2 check_variants 0-start &&
	grep "could not be graded" report &&
	! grep "refused\|accepted" report
'

test_expect_success 'wrong usage has its own exit status' '
	test_expect_code 3 check_variants no-such-lab &&
	grep "no lab is called" report &&
	test_expect_code 3 check_variants --seeds 0 &&
	test_expect_code 3 check_variants --seeds 2 --on guest &&
	test_expect_code 3 check_variants --seed 08 &&
	test_expect_code 3 check_variants --variants "$wrong/none" &&
	grep "no folder" report
'

test_done
