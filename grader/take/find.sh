#!/bin/sh
# Finds what somebody has handed in, or says why it is none; sourced by grade, for
# one submission, and by grade-class, for each of a class.
#
# shellcheck disable=SC2034,SC2154 # they use what is set here; root and grader come
# from there, as for labs.sh
#
# What a student did wrong in handing in (a wrong name, an archive, nothing) is the
# student's, and no trouble of the grader: it has a verdict of its own.

# What is in a folder, for a sentence: up to three names.
said_of_folder() {
	names=
	number=0
	for name in "$1"/*; do
		[ -e "$name" ] || [ -h "$name" ] || continue
		number=$((number + 1))
		[ "$number" -gt 3 ] || names="${names:+$names, }${name##*/}"
	done
	[ "$number" -le 3 ] || names="$names and others"
	printf '%s' "the folder ${names:+has }${names:-is empty}" | tr '\n\t' '  '
}

# Whether the submission is in a folder.  What is called like a submission may be a
# link that its author made, to somebody else's folder: it is none.
is_folder() {
	case $1 in
	*.c) [ -d "$1" ] && [ ! -h "$1" ] ;;
	*) [ -d "$1" ] ;;
	esac
}

# find_handed_in PATH LAB PIECE: sets handed_in to the C file that was handed in as PATH:
# this file, or in a folder the one that is called like the lab's piece.  Sets
# no_submission to the reason why there is none, or to nothing.
find_handed_in() {
	handed_in=${1%/}
	! is_folder "$handed_in" || handed_in=$handed_in/$3
	no_submission=
	if [ ! -e "$handed_in" ] && [ ! -h "$handed_in" ]; then
		no_submission="there is no ${handed_in##*/}; $(said_of_folder "${handed_in%/*}")"
		return
	fi
	case $handed_in in
	*.c) ;;
	*) no_submission="${handed_in##*/} is not a C file: its name must end in .c" ;;
	esac
	if [ -f "$handed_in" ] && [ ! -s "$handed_in" ]; then
		no_submission="${handed_in##*/} is empty: it defines none of$(
			"$grader/build/api" functions "$2" | sed 's/^/ /; $!s/$/,/' |
				tr -d '\n'
		)"
	fi
}
