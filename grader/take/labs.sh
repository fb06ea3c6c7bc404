#!/bin/sh
# Which labs there are, and the one file that is theirs; sourced by the scripts
# that take a lab's name.
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
	echo "no lab is called \"$1\"; there are:" "$(all_labs | tr '\n' ' ')"
}

# The name of a lab's piece, such as list.c.
piece_of() {
	sed -n "s|^piece: *\([a-z0-9_]*\.c\)$|\1|p" "$root/labs/$1/api"
}
