#!/bin/sh

test_description='No correct design is refused

Every third variant gets all points, on the machine, judged or on the host, in turn.  All
of them, on all, and with many seeds: `make variants soak`.'

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

	test_expect_success "every third variant of $lab gets all points" '
		"$cairn/grader/proof/check" --slice "$variants/$lab"
	'
done

test_done
