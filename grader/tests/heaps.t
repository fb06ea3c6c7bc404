#!/bin/sh

test_description='The reference allocator of 10-summit holds, and costs what is said

Its own check of its books after every few calls of the benchmarks'"'"' traces; and its
counts in the kernel, which repeat exactly where the compiler is the same.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# checked SUMMIT.c [PROGRAM...]: plays the traces on it, a check of its books in between.
checked() {
	piece=$1
	shift
	flags="-std=c17 -O1 -Wall -Wextra -Werror -fsanitize=undefined
		-fno-sanitize-recover=all -I$cairn/kernel -I$cairn/labs -I$cairn/grader/proof/heap"
	gcc $flags -include "$piece" -c "$cairn/grader/proof/heap/checked.c" -o checked.o &&
		gcc $flags checked.o "$cairn/kernel/test/allocator/traces.c" \
			"$cairn/kernel/memory/allocator.c" \
			"$cairn/grader/proof/heap/programs.c" -o checked &&
		./checked "$@"
}

test_expect_success 'its books are whole on every trace, of programs, too' '
	for program in cc1 sqlite3 bash
	do
		gzip -dc "$cairn/grader/proof/heap/traces/$program.gz" >$program || return 1
	done &&
	checked "$cairn/solutions/10-summit/summit.c" cc1 sqlite3 bash >calls &&
	test "$(wc -l <calls)" -eq 10
'

test_expect_success 'its check notices a joined block that stays in its bin' '
	sed "s/take_out(start + size);/{}/" \
		"$cairn/solutions/10-summit/summit.c" >wrong.c &&
	! checked "$PWD/wrong.c" 2>said &&
	grep "is in no bin" said
'

counts=$cairn/grader/proof/heap/counts
[ "$(gcc --version | head -n 1)" != "$(head -n 1 "$counts")" ] ||
	test_set_prereq SAME_COMPILER

test_expect_success SAME_COMPILER 'calls cost what grader/proof/heap/counts says' '
	"$cairn/grader/proof/bench-heap" guest >counted &&
	diff -u "$counts" counted
'

test_expect_success 'what no allocator is called gets one sentence' '
	test_expect_code 3 "$cairn/grader/proof/bench-heap" table nonsense 2>said &&
	grep "^bench-heap: no allocator is called \"nonsense\"; there are: bump" said &&
	test "$(wc -l <said)" -eq 1
'

test_expect_success 'what is no way to compare them gets one, and a name where the way takes none' '
	test_expect_code 3 "$cairn/grader/proof/bench-heap" --guest 2>said &&
	grep "^bench-heap: the first word is table, longest, guest or write, not \"--guest\"$" said &&
	test_expect_code 3 "$cairn/grader/proof/bench-heap" write bump 2>said &&
	grep "^bench-heap: write takes no allocator: it has its own$" said
'

test_expect_success 'what is no number of MiB gets one, too' '
	test_expect_code 3 "$cairn/grader/proof/bench-pages" 0x 2>said &&
	grep "^bench-pages: \"0x\" is no number of MiB" said &&
	test "$(wc -l <said)" -eq 1
'

test_expect_success 'a leaderboard has the highest score first, and says what was not built' '
	mkdir class &&
	cp "$cairn/solutions/4-bump/bump.c" class/bob.c &&
	cp "$cairn/solutions/10-summit/summit.c" class/cleo.c &&
	echo "int alloc" >class/anna.c &&
	"$cairn/grader/leaderboard" class >table &&
	sed "1,2d" table | cut -d " " -f 2 >names &&
	printf "%s\n" cleo bob anna | diff -u - names &&
	grep "^| anna | 0 of 40, build error |" table &&
	test_expect_code 3 "$cairn/grader/leaderboard" none 2>said &&
	test_cmp - said <<-\EOT
	leaderboard: there is no folder none
	EOT
'

test_done
