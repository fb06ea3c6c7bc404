#!/bin/sh

test_description='The table in the handout of lab 8, which heap finds which bug

Each row with a bug of guard/planted.c is what the program does on lab 5'"'"'s list alone,
on our guard, on our guard pages in the kernel, and under AddressSanitizer.

Guard pages have tests of their own, which run on the host and in the kernel, and mistakes
planted in them, guard/mistakes: for each of the tests the first by name; with MISTAKES=all
in the environment all of them.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# The sanitizer's search for leaks needs rights that a container may not have.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS

guard=grader/tests/guard
handout=$cairn/labs/8-guard/README.md
list="kernel/memory/allocator.c solutions/0-start/align.c solutions/5-list/list.c"
pages="kernel/memory/allocator.c solutions/0-start/align.c kernel/memory/mapper.c
	solutions/2-paging/mapper.c solutions/8-guard/pages.c kernel/test/page_walk.c
	$guard/host_frames.c"

# compile PROGRAM FLAGS HEAP SOURCES
compile() {
	(cd "$cairn" && gcc -std=c17 -g -Og -Wall -Wextra -Werror $2 -Ikernel -Ilabs \
		$1 "$guard/host.c" "$guard/heap_$3.c" $4 \
		-o "$SHARNESS_TRASH_DIRECTORY/$(basename "${1##* }" .c)-$3")
}

# Bug and four columns, a line for each row.
rows() {
	sed -n 's/^| `\([a-z-]*\)` | \(.*\) | \(.*\) | \(.*\) | \(.*\) |$/\1:\2:\3:\4:\5/p' \
		"$handout"
}

# What the kernel says of a bug.
section() {
	awk -v "bug=$1..." '/^[a-z-]*\.\.\. / || /^cairn:/ { inside = $1 == bug } inside' \
		planted/serial
}

# outcome HEAP BUG: in the words of the table.
outcome() {
	case $1 in
	pages) section "$2" >said ;;
	*) "./planted-$1" "$2" >said 2>&1 ;;
	esac
	if grep -q "found: poison" said; then
		echo "by its value"
	elif grep -q "exception: page fault" said; then
		echo "a fault"
	elif grep -q "found: \|ERROR: AddressSanitizer" said; then
		echo found
	elif grep -q "^panic" said; then
		echo "a panic"
	else
		echo nothing
	fi
}

test_expect_success 'the programs compile for all heaps' '
	planted="$guard/host_planted.c $guard/planted.c" &&
	for program in "$planted" "$guard/pairs.c"
	do
		compile "$program" "" naked "$list" &&
		compile "$program" "" guard "$list solutions/8-guard/guard.c" &&
		compile "$program" -fsanitize=address malloc "" || return 1
	done &&
	compile "$guard/pairs.c" "" pages "$pages"
'

# image NAME TESTS [TARGET]: the kernel, with guard pages and these tests.
image() {
	build image $3 LAB=8-guard IMPL=solutions OPTIONAL=8-guard/pages \
		IMAGE="$IMAGE-$1" LAB_TESTS="$2"
}

# boot NAME WORD...: the transcript is in NAME/serial.
boot() {
	mkdir -p "$1" && "$cairn/grader/run/boot" "$cairn/$IMAGE-$1/cairn.iso" "$@"
}

test_expect_success 'guard pages in the kernel run all of them' '
	image planted "$guard/planted.c $guard/heap_pages.c" &&
	boot planted cairn test stay &&
	cat planted/serial &&
	grep "cairn: end of tests" planted/serial
'

test_expect_success 'the table has every bug of the program, and no other' '
	sed -n "/none/d; s/^	{ \"\([a-z-]*\)\", .*/\1/p" "$cairn/$guard/planted.c" |
		sort >bugs &&
	test -s bugs &&
	rows | cut -d: -f1 | sort | test_cmp bugs -
'

test_expect_success 'each heap finds what the table says' '
	rows | while IFS=: read -r bug naked guard pages sanitizer
	do
		[ "$bug" != leak ] || sanitizer=nothing
		echo "$bug: $naked, $guard, $pages, $sanitizer"
	done >expected &&
	rows | while IFS=: read -r bug rest
	do
		echo "$bug: $(outcome naked "$bug"), $(outcome guard "$bug"), $(
			outcome pages "$bug"), $(outcome malloc "$bug")"
	done >actual &&
	test_cmp expected actual
'

test_expect_success 'and as many as it says' '
	for column in 2 3 4 5
	do
		rows | cut -d: -f$column | grep -vc "^nothing$"
	done | paste -s -d " " >actual &&
	sed -n "s/^| found, of 12 | \(.*\) |$/\1/p" "$handout" | tr -d "|" | tr -s " " >expected &&
	test_cmp expected actual
'

# stands_at BUG STATEMENT: where the kernel says that it faults, there it stands.
stands_at() {
	address=$(section "$1" | sed -n "s/^  at [a-z_]*+.*(\(0x[0-9a-f]*\))$/\1/p" | head -n 1) &&
		line=$(addr2line -e "$cairn/$IMAGE-planted/kernel.elf.debug" "$address") &&
		sed -n "${line##*:}p" "$cairn/$guard/planted.c" | grep -F "$2"
}

test_expect_success 'each fault is at the very instruction that is wrong' '
	stands_at overflow-by-one "one[24] = 1;" &&
	stands_at write-after-free "one[3] = 1;" &&
	stands_at read-after-free "if (one[0] == (char)GUARD_FREED)"
'

test_expect_success 'the handout shows what the kernel says of one' '
	awk "/^    overflow-by-one/ { inside = 1 } !/^    / { inside = 0 }
		inside { print substr(\$0, 5) }" "$cairn/labs/8-guard/pages/README.md" >quoted &&
	test $(wc -l <quoted) -ge 4 &&
	section overflow-by-one | head -n $(wc -l <quoted) | test_cmp quoted -
'

test_expect_success 'a program without a bug gets no report' '
	for heap in naked guard malloc
	do
		test "$(outcome $heap none)" = nothing &&
		"./pairs-$heap" 1000 >said 2>&1 && test_must_be_empty said || return 1
	done &&
	test "$(outcome pages none)" = nothing &&
	./pairs-pages 1000 >said 2>&1 && test_must_be_empty said
'

! command -v valgrind >/dev/null || test_set_prereq VALGRIND

# A tenth more or less: it depends on the compiler and on the C library.
test_expect_success VALGRIND 'it costs as many instructions as the table says' '
	for heap in naked guard pages
	do
		valgrind --tool=callgrind --toggle-collect=counted \
			--callgrind-out-file=/dev/null "./pairs-$heap" 1000 2>&1 |
			sed -n "s/.*Collected : \([0-9]*\)/\1/p" || return 1
	done | paste -s -d " " >actual &&
	sed -n "s/^| instructions .* use | \(.*\) | not.*/\1/p" "$handout" |
		tr -d "|," | tr -s " " >expected &&
	cat expected actual &&
	awk "NR == FNR { split(\$0, said); next }
		{ for (i = 1; i <= 3; i++) {
			off = \$i / 1000 / said[i] - 1
			if (off > 0.1 || off < -0.1) exit 1
		} }" expected actual
'

# ---- The tests of guard pages ---------------------------------------------------

page_tests=$(cd "$cairn" && echo labs/8-guard/pages/*.c)

test_expect_success 'guard pages pass their tests on the host and in the kernel' '
	image pages "$page_tests" host &&
	"$cairn/$IMAGE-pages/host" >host-said &&
	boot pages cairn test &&
	grep "^[a-z_]*\.\.\. \[ok\]$" host-said >expected &&
	test $(wc -l <expected) = 13 &&
	tail -n 1 host-said | grep "end of tests" &&
	sed "1,2d; \$d" pages/serial | test_cmp expected -
'

# library FILE: guard pages from which the program `host` takes them.
library() {
	${HOST_CC:-gcc} -shared -fPIC -std=c17 -Og -w -I"$cairn/kernel" -I"$cairn/labs" \
		"$1" -o pages.so
}

# first_failure FILE: the first test that does not pass with this, and how it ends.
first_failure() {
	library "$1" &&
		timeout "$patience" ./host 2>host-errors |
		sed -n "s/^\([a-z_]*\)\.\.\. \[\([^o].*\)\]$/\1 \2/p" | head -n 1
}

test_expect_success 'the untouched stub is unfinished' '
	objects=$(tr " " "\n" <"$cairn/$IMAGE-pages/host.from" |
		grep -v "watched\.o\|8-guard/pages\.o") &&
	cp "$cairn/labs/8-guard/pages.c" . &&
	library pages.c &&
	here=$PWD &&
	(cd "$cairn" && ${HOST_CC:-gcc} -fsanitize=address,undefined -no-pie -rdynamic $objects \
		"$here/pages.so" -o "$here/host") &&
	first_failure pages.c >said &&
	echo "first_pages unfinished" | test_cmp - said
'

# Of each mistake: the test that is there for it, and its file.
mistakes() {
	(cd "$cairn/$guard/mistakes" && grep "^catches: " -- *.patch) |
		sed "s/^\(.*\):catches: \(.*\)/\2 \1/" |
		awk -v "all=${MISTAKES:-}" "all || (!seen[\$1]++ && n++ % 3 == 0)"
}

test_expect_success 'what is planted in guard pages is caught by the test for it' '
	mistakes >planted-mistakes &&
	test $(wc -l <planted-mistakes) -ge 4 &&
	while read -r test patch; do
		cp "$cairn/solutions/8-guard/pages.c" . &&
		patch -F 0 -f -s pages.c <"$cairn/$guard/mistakes/$patch" &&
		first=$(first_failure pages.c) && echo "$patch: $first" &&
		test "${first%% *}" = "$test" || return 1
	done <planted-mistakes
'

test_done
