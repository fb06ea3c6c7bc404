#!/bin/sh

test_description='Planted mistakes are caught, by the tests that are there for them

For every fifth test of a lab the first mistake that it is there for, on one of the
machines where it is claimed, in turn; what several tests may catch, on each of them.  All
of them, on all: `make mutants`.'

tests=$(dirname "$0")
. "$tests/lib.sh"

mutants=$cairn/grader/proof/mutants
labs=$(cd "$cairn/labs" && echo */points | sed 's,/points,,g')

for lab in $labs; do
	test_expect_success "$lab has mistakes enough" '
		case $lab in
		0-start) least=8 ;;
		3-heap) least=12 ;;
		*) least=25 ;;
		esac &&
		set -- "$mutants/$lab"/*.patch &&
		test $# -ge $least
	'

	test_expect_success "the tests of $lab catch the mistakes that they are there for" '
		"$cairn/grader/proof/check" --slice "$mutants/$lab"
	'
done

test_done
