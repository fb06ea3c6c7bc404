#!/bin/sh

test_description='No correct design is refused

Every variant gets all points, on the machine or judged in turn, and passes with
another seed on the host.  On both, and with many seeds: `make variants soak`.'

tests=$(dirname "$0")
. "$tests/lib.sh"

variants=$cairn/grader/proof/variants
labs=$(cd "$cairn/labs" && echo */points | sed 's,/points,,g')

for lab in $labs; do
	test_expect_success "$lab has at least three variants" '
		set -- "$variants/$lab"/*.c &&
		test $# -ge 3
	'

	test_expect_success "the variants of $lab tell their design and compile cleanly" '
		for variant in "$variants/$lab"/*.c
		do
			head -n 2 "$variant" | grep "^ \* Design: " &&
				grep "A test must not " "$variant" || return 1
			for compiler in gcc clang
			do
				$compiler -std=c17 -Og -Wall -Wextra -Werror -ffreestanding \
					-mgeneral-regs-only -I"$cairn/kernel" -I"$cairn/labs" -c "$variant" \
					-o /dev/null || return 1
			done
		done
	'

	test_expect_success "every variant of $lab gets all points" '
		"$cairn/grader/proof/check" --slice "$variants/$lab"
	'

	test_expect_success "so it does with another seed on the host, as our solution does" '
		"$cairn/grader/proof/soak" --seed 8 1 "$cairn/solutions/$lab" \
			"$variants/$lab"
	'
done

test_done
