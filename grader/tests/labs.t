#!/bin/sh

test_description='Every solution gets all points, every untouched stub none

On a real boot by one compiler, on the host by the other, in turn; and without a network.'

tests=$(dirname "$0")
. "$tests/lib.sh"

grade() {
	timeout "$patience" "$cairn/grader/grade" "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

labs=$(cd "$cairn/labs" && echo */points | sed 's,/points,,g')

# What the untouched stub of a lab says first.
first_task() {
	cat "$cairn/labs/$1"/*.c | grep -o "lab [0-9]*, task 1: [a-z_]*" | head -n 1
}

# says_points LAB GOT POSSIBLE: whether the report says so.  Of the points that are
# for the machine only, a host gives none, and says that they are left out.
says_points() {
	grep "^$1: " report | tail -n 1 | sed -E "s/^$1: ([0-9]+) of ([0-9]+) points(, and ([0-9]+) on the machine only)?$/\1 \2 \4/" >points &&
		read -r got of elsewhere <points &&
		{ [ -z "$elsewhere" ] || echo "| $1 | $elsewhere of $3 |" >>elsewhere; } &&
		test "$((of + ${elsewhere:-0}))" = "$3" &&
		case $2 in all) test "$got" = "$of" ;; *) test "$got" = "$2" ;; esac
}

# Each lab the other way round than the one before.
other_compiler() {
	case $compiler in
	gcc) compiler=clang ;;
	*) compiler=gcc ;;
	esac
}

compiler=gcc
for lab in $labs; do
	possible=$(awk '!/^#/ { for (i = 1; i <= 2; i++) if ($i ~ /^[0-9]+$/) n += $i }
		END { print n }' "$cairn/labs/$lab/points")
	for on in guest host; do
		test_expect_success "$lab: the solution gets all points ($on, $compiler)" '
			CC=$compiler HOST_CC=$compiler \
				grade --lab $lab --impl solutions --on $on &&
			says_points $lab all $possible &&
			! grep -i "warning" report
		'
		test_expect_success "$lab: the stub gets none in one run, and no noise ($on)" '
			test_expect_code 1 grade --lab $lab --on $on --keep &&
			kept=$(sed -n "s/^kept: //p" report) &&
			sed -i "/^kept: /d" report &&
			boots=$(ls "$kept/$lab/on-$on" | grep -c "^run\.") &&
			rm -r "$kept" &&
			echo "next: $(first_task $lab)" >expected &&
			sed "1d;\$d" report >actual &&
			test_cmp expected actual &&
			says_points $lab 0 $possible &&
			test "$boots" = 1
		'
		other_compiler
	done
	other_compiler
done

test_expect_success 'instructors are told which points rest on the machine alone' '
	sort -u elsewhere >expected &&
	sed -n "s/^  \(| [0-9].* |\)$/\1/p" "$cairn/docs/instructor.md" | sort >actual &&
	test_cmp expected actual
'

test_expect_success 'the showcase on the stub of 5-list stops with the layout' '
	build image LAB=5-list IMPL=labs IMAGE=$IMAGE &&
	mkdir -p out &&
	"$cairn/grader/run/boot" "$cairn/$IMAGE/cairn.iso" out cairn &&
	grep "allocation error: Layout { size: 4, align: 4 }" out/serial
'

test_expect_success 'a lab can stand on earlier labs of the student' '
	test_expect_code 1 grade --lab 3-heap --impl solutions --own 2-paging &&
	grep "next: lab 2, task 1: map_to" report
'

test_expect_success 'an earlier lab of the student is screened and sandboxed like the last' '
	mkdir -p theirs/2-paging theirs/3-heap &&
	cp "$cairn/solutions/3-heap/heap.c" theirs/3-heap &&
	cp "$cairn/solutions/2-paging/mapper.c" theirs/2-paging &&
	grade --lab 3-heap --impl theirs --own 2-paging &&
	echo "__asm__(\"nop\");" >>theirs/2-paging/mapper.c &&
	test_expect_code 1 grade --lab 3-heap --impl theirs --own 2-paging &&
	grep "in the piece of 2-paging: .*assembly" report &&
	echo "an object" >theirs/2-paging/mapper.o &&
	rm theirs/2-paging/mapper.c &&
	test_expect_code 2 grade --lab 3-heap --impl theirs --own 2-paging
'

test_expect_success 'a piece can be given as an object, without its source' '
	copy_project "$SHARNESS_TRASH_DIRECTORY/tree" &&
	build image LAB=5-list IMPL=labs IMAGE=$IMAGE &&
	for piece in 1-frames/frame_allocator 2-paging/mapper 3-heap/heap
	do
		cp "$cairn/build/gcc/guest/pieces/solutions/$piece.o" \
			"tree/solutions/$piece.o" &&
		rm "tree/solutions/$piece.c" || return 1
	done &&
	timeout "$patience" tree/grader/grade --lab 5-list --impl solutions &&
	cp tree/solutions/2-paging/mapper.o tree/labs/2-paging &&
	rm tree/labs/2-paging/mapper.c &&
	timeout "$patience" tree/grader/grade --lab 3-heap --impl solutions --own 2-paging
'

# What a submission could print: all that is in its machine's memory, or its process's.
test_expect_success 'where its tests call no other lab, a submission finds no solution of one' '
	for lab in 0-start 2-paging
	do
		for other in $labs
		do
			test "$other" = $lab || "$cairn/grader/build/api" functions "$other"
		done | sort -u >theirs.names &&
		grade --lab $lab --impl solutions --test 1 --keep &&
		kept=$(sed -n "s/^kept: //p" report) &&
		for program in kernel.elf.debug player
		do
			nm "$kept/$lab/$program" | sed "s/.* //" | sort -u >names &&
			test $(wc -l <names) -gt 50 &&
			comm -12 names theirs.names >found &&
			test_must_be_empty found || return 1
		done &&
		rm -r "$kept" || return 1
	done
'

# In a plain container nobody may take the network from a program.
unshare -n true 2>/dev/null && test_set_prereq WITHOUT_NETWORK

test_expect_success WITHOUT_NETWORK 'after set-up nothing needs a network' '
	timeout "$patience" unshare -n "$cairn/grader/grade" --lab 2-paging --impl solutions
'

test_done
