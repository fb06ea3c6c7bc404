#!/bin/sh

test_description='The table in the handout of lab 8, which heap finds which bug

Each row with a bug of guard/planted.c is what the program does on lab 5'"'"'s list alone,
on our guard, and under AddressSanitizer.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# The sanitizer's search for leaks needs rights that a container may not have.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS

list="kernel/memory/allocator.c solutions/0-start/align.c solutions/5-list/list.c
	grader/tests/guard/region.c"

# compile PROGRAM FLAGS HEAP SOURCES
compile() {
	(cd "$cairn" && gcc -std=c17 -g -Og -Wall -Wextra -Werror $2 -Ikernel -Ilabs \
		"grader/tests/guard/$1.c" "grader/tests/guard/heap_$3.c" $4 \
		-o "$SHARNESS_TRASH_DIRECTORY/$1-$3")
}

# Bug and three columns, a line for each row.
rows() {
	sed -n 's/^| `\([a-z-]*\)` | \(.*\) | \(.*\) | \(.*\) |$/\1:\2:\3:\4/p' \
		"$cairn/labs/8-guard/README.md"
}

# outcome HEAP BUG: in the words of the table.
outcome() {
	"./planted-$1" "$2" >said 2>&1
	if grep -q "found: poison" said; then
		echo "by its value"
	elif grep -q "^found: \|ERROR: AddressSanitizer" said; then
		echo found
	elif grep -q "^panic" said; then
		echo "a panic"
	else
		echo nothing
	fi
}

test_expect_success 'the programs compile for all three heaps' '
	for program in planted pairs
	do
		compile $program "" naked "$list" &&
		compile $program "" guard "$list solutions/8-guard/guard.c" &&
		compile $program -fsanitize=address malloc "" || return 1
	done
'

test_expect_success 'the table has every bug of the program, and no other' '
	sed -n "s/^	{ \"\([a-z-]*\)\", .*/\1/p" "$cairn/grader/tests/guard/planted.c" |
		sort >planted &&
	test -s planted &&
	rows | cut -d: -f1 | sort | test_cmp planted -
'

test_expect_success 'each heap finds what the table says' '
	rows | while IFS=: read -r bug naked guard sanitizer
	do
		[ "$bug" != leak ] || sanitizer=nothing
		echo "$bug: $naked, $guard, $sanitizer"
	done >expected &&
	rows | while IFS=: read -r bug rest
	do
		echo "$bug: $(outcome naked "$bug"), $(outcome guard "$bug"), $(outcome malloc "$bug")"
	done >actual &&
	test_cmp expected actual
'

test_expect_success 'a program without a bug gets no report' '
	for heap in naked guard malloc
	do
		test "$(outcome $heap none)" = nothing &&
		"./pairs-$heap" 1000 >said 2>&1 && test_must_be_empty said || return 1
	done
'

test_done
