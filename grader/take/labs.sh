#!/bin/sh
# Which labs there are, what is missing in one, and the one file that is handed in;
# sourced by the scripts that take a lab's name.
#
# shellcheck disable=SC2154 # root, the project's folder, comes from there

all_labs() {
	for points in "$root"/labs/*/points; do
		points=${points%/points}
		[ ! -d "$points" ] || printf '%s\n' "${points##*/}"
	done
}

is_lab() {
	case $1 in
	'' | *[!a-z0-9-]*) return 1 ;;
	esac
	[ -f "$root/labs/$1/points" ]
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

# join_solution LAB FOLDER: our solution in that folder, of the form of solutions/, as
# the one file that a student hands in.
join_solution() {
	part_of=$(said_in_api part: "$1")
	awk 'FNR == 1 && NR > 1 { print "" } { print }' "$2/$1/$(piece_of "$1")" \
		${part_of:+"$2/$1/$part_of"}
}

# lab_lacks LAB [yes]: why it cannot be graded, in one sentence, or nothing if all of
# its parts are there and fit each other; with `yes`, apart from expected.txt.
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
	[ -z "$lacking" ] || echo "$lacking"
}
