#!/bin/sh

test_description='The source text keeps its own rules

shell scripts are clean, headers compile alone, stubs differ from solutions in
the marked places only, and nothing a student or instructor runs is Python.'

tests=$(dirname "$0")
. "$tests/lib.sh"

cd "$cairn" || exit 1

scripts=$(git ls-files grader | xargs grep -l '^#!/bin/sh\|shellcheck shell=sh')

test_expect_success 'every script is clean under shellcheck' '
	shellcheck -x -P SCRIPTDIR $scripts
'

test_expect_success 'every script is formatted as shfmt would' '
	shfmt -d -ln posix $scripts
'

test_expect_success 'no script needs bash' '
	checkbashisms -f $scripts
'

test_expect_success 'every script is read by dash and by busybox sh' '
	for script in $scripts
	do
		dash -n "$script" && busybox sh -n "$script" || return 1
	done
'

test_expect_success 'nothing is Python' '
	! git ls-files | grep "\.py$" &&
	! git grep -lE "^#!.*(python|perl)|(^|[ /])python3? " -- "*.sh" grader \
		Makefile labs boot kernel ":!grader/tests/source.t"
'

test_expect_success 'no two files of the kernel have the same name' '
	git ls-files kernel boot | sed "s|.*/||" | sort | uniq -d >"$SHARNESS_TRASH_DIRECTORY/twice" &&
	test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/twice"
'

# What students read: boot/ with its linker script, the top of kernel/, three rooms.
students_read=$(git ls-files boot kernel |
	grep -E '^(boot|kernel|kernel/(lib|memory|machine))/[^/]*\.(c|h|asm|ld)$')

test_expect_success 'students read at most 3,500 lines of the kernel' '
	cat $students_read >"$SHARNESS_TRASH_DIRECTORY/read" &&
	lines=$(wc -l <"$SHARNESS_TRASH_DIRECTORY/read") &&
	echo "$lines lines" &&
	test "$lines" -gt 3000 && test "$lines" -le 3500
'

# machine_exit stops the watchdog, and main.c begins the tests.
test_expect_success 'what students read depends on no room of the tests' '
	! grep -nE "^#include .(test|runner|host)/" $students_read &&
	grep -lE "^#include .guest/" $students_read >"$SHARNESS_TRASH_DIRECTORY/guests" &&
	printf "%s\n" kernel/machine/doors.c kernel/main.c |
		diff - "$SHARNESS_TRASH_DIRECTORY/guests"
'

for compiler in gcc clang; do
	test_expect_success "every kernel header compiles alone with $compiler" '
		for header in $(git ls-files "kernel/*.h")
		do
			$compiler -std=c17 -Wall -Wextra -Werror -ffreestanding \
				-Ikernel -fsyntax-only -x c "$header" \
				-Wno-unused-function || return 1
		done
	'
done

# A file without what stands between the markers of a region.
without_regions() {
	awk '
		/\/\* Your own types, variables and helpers: here\. \*\// ||
		/\/\* Lab [0-9]+, task [0-9]+: .*\. \*\// {
			print; inside = 1
		}
		/\/\* End of your (own|code)\. \*\// { inside = 0 }
		!inside
		END { if (inside) print "a region is not closed" }
	' "$1"
}

root=$cairn
. "$cairn/grader/take/labs.sh"
for lab in $(all_labs); do
	stub=labs/$lab/$(piece_of "$lab")
	test_expect_success "outside the regions $stub is its solution" '
		without_regions "$stub" >"$SHARNESS_TRASH_DIRECTORY/stub" &&
		join_solution "$lab" solutions >"$SHARNESS_TRASH_DIRECTORY/joined" &&
		without_regions "$SHARNESS_TRASH_DIRECTORY/joined" \
			>"$SHARNESS_TRASH_DIRECTORY/solution" &&
		grep -q "End of your code" "$stub" &&
		diff -u "$SHARNESS_TRASH_DIRECTORY/solution" \
			"$SHARNESS_TRASH_DIRECTORY/stub"
	'
done

# Of a lab's optional half there is a stub, too.
test_expect_success 'outside the regions the stub of guard pages is its solution' '
	without_regions labs/8-guard/pages.c >"$SHARNESS_TRASH_DIRECTORY/stub" &&
	without_regions solutions/8-guard/pages.c >"$SHARNESS_TRASH_DIRECTORY/solution" &&
	diff -u "$SHARNESS_TRASH_DIRECTORY/solution" "$SHARNESS_TRASH_DIRECTORY/stub"
'

test_expect_success 'every rule a test can name has an anchor in the handout' '
	for lab in labs/*/points
	do
		lab=$(dirname "$lab")
		find "$lab" -name "*.[ch]" -exec grep -ohE "\"[a-z]+-[0-9]+\"" {} + |
			tr -d \" >"$SHARNESS_TRASH_DIRECTORY/ids"
		test -s "$SHARNESS_TRASH_DIRECTORY/ids" || {
			echo "$lab has no rules"
			return 1
		}
		while read -r id
		do
			find "$lab" -name README.md -exec grep -q "id=\"$id\"" {} + || {
				echo "no handout of $lab has an anchor $id"
				return 1
			}
		done <"$SHARNESS_TRASH_DIRECTORY/ids"
	done
'

test_expect_success 'every handout links to terms, which the glossary has' '
	for handout in labs/*/README.md
	do
		grep -o "docs/glossary\.md#[a-z0-9-]*" "$handout" | sed "s/.*#//" \
			>"$SHARNESS_TRASH_DIRECTORY/terms"
		test -s "$SHARNESS_TRASH_DIRECTORY/terms" || { echo "$handout has none"; return 1; }
		while read -r term
		do
			grep -q "<a id=\"$term\">" docs/glossary.md ||
				{ echo "$handout: no term $term"; return 1; }
		done <"$SHARNESS_TRASH_DIRECTORY/terms"
	done
'

test_expect_success 'every test has points and an expected line, and vice versa' '
	(root=$cairn grader=$cairn/grader && . grader/take/labs.sh &&
	for lab in $(all_labs)
	do
		lab_lacks $lab && printf "%s" "$lacking"
	done) >"$SHARNESS_TRASH_DIRECTORY/lacks" &&
	test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/lacks"
'

test_done
