#!/bin/sh
# Which labs there are, what is missing in one, and the one file that is handed in;
# sourced by the scripts that take a lab's name.
#
# shellcheck disable=SC2154 # root, the project's folder, comes from there

all_labs() {
	for points in "$root"/labs/*/points; do
		points=${points%/points}
		[ ! -d "$points" ] || printf '%s\n' "${points##*/}"
	done | sort -n
}

is_lab() {
	case $1 in
	'' | *[!a-z0-9-]*) return 1 ;;
	esac
	[ -f "$root/labs/$1/points" ]
}

# Where everything is built and graded, for make, too: in the project's folder, or, where
# that is a shared installation that one cannot write, in the system's cache, or else in
# one's own.  Who may write the first graded as another user, too, who can enter it.
# shellcheck disable=SC2034 # who sources this uses it
build_folder() {
	build=$root/build
	if [ -n "${CAIRN_BUILD:-}" ]; then
		build=$CAIRN_BUILD
	elif [ ! -w "$root" ] && [ ! -w "$build" ]; then
		build=/var/cache/cairn
		[ -w /var/cache ] ||
			build=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/cairn
		CAIRN_BUILD=$build
		export CAIRN_BUILD
	fi
}

# Says so in one sentence, if it is none.
no_such_lab() {
	if [ -n "$1" ] && [ -f "$root/labs/$1/api" ]; then
		echo "labs/$1 has no file points yet; docs/add-a-lab.md says what is in it"
		return
	fi
	echo "no lab is called \"$1\"; there are:" "$(all_labs | tr '\n' ' ')"
}

# The name of a lab's piece, such as list.c.
piece_of() {
	said_in_api piece: "$1"
}

# said_in_api WORD LAB: what stands behind the word, if anything does.
said_in_api() {
	while read -r word value; do
		[ "$word" != "$1" ] || printf '%s\n' "$value"
	done <"$root/labs/$2/api"
}

# The machine that the lab's tests ask for, which grader/run/machine.sh makes: for most
# labs the usual one.
choose_processors() {
	CAIRN_PROCESSORS=$(said_in_api processors: "$1")
	export CAIRN_PROCESSORS
}

# join_solution LAB FOLDER: our solution in that folder, of the form of solutions/, as
# the one file that a student hands in.
join_solution() {
	part_of=$(said_in_api part: "$1")
	awk 'FNR == 1 && NR > 1 { print "" } { print }' "$2/$1/$(piece_of "$1")" \
		${part_of:+"$2/$1/$part_of"}
}

# lab_lacks LAB [yes]: sets lacking to why it cannot be graded, in one sentence, or to
# nothing if all of its parts are there and fit each other; with `yes`, apart from
# expected.txt.
# shellcheck disable=SC2034 # what it sets
lab_lacks() {
	folder_of_lab=$root/labs/$1
	set -- "lab=$1" "but_expected=${2:-}"
	for part in "$folder_of_lab"/api "$folder_of_lab"/points \
		"$folder_of_lab"/expected.txt "$folder_of_lab"/tests.c \
		"$folder_of_lab"/tests/*.c; do
		[ ! -f "$part" ] || set -- "$@" "$part"
	done
	lacking=$(awk -f "$grader/take/lab.awk" "$@" </dev/null 2>/dev/null) ||
		lacking="the files of labs/${folder_of_lab##*/} cannot be read"
}

# The names of a lab's tests, in their order.
tests_of() {
	awk '{ sub(/#.*/, "") } NF == 2 { print $2 }' "$root/labs/$1/points"
}

# number_of_test LAB TEST: the number, from 1, of the test of that name or number.  If
# there is none, says so in one sentence, and returns 1.
number_of_test() {
	tests_of "$1" | awk -v lab="$1" -v wanted="$2" '
		{ names = names " " $0 }
		$0 == wanted || NR "" == wanted { found = NR }
		END {
			if (found)
				print found
			else
				print lab " has no test \"" wanted "\"; it has 1 to " \
					NR ":" names
			exit !found
		}'
}

# choose_tests LAB TEST FROM [TO]: sets first and last to the numbers of the tests that
# are asked for: the one, or all from one to another, which are the first and the last
# if they have no name.  If there is none such, sets no_such_test to a sentence that
# says so.
# shellcheck disable=SC2034 # what it sets
choose_tests() {
	no_such_test=
	if [ -n "$2" ] && [ -n "$3${4:-}" ]; then
		no_such_test="one test, or all from one on, but not both"
		return
	fi
	first=$(number_of_test "$1" "${2:-${3:-1}}") || no_such_test=$first
	last=${2:-${4:-$(tests_of "$1" | awk 'END { print NR }')}}
	last=$(number_of_test "$1" "$last") || no_such_test=$last
	[ -n "$no_such_test" ] || [ "$first" -le "$last" ] ||
		no_such_test="$3 comes behind $4"
}
