#!/bin/sh
# The score that a lab shows (10-summit), as one line; sourced by grade.
#
# shellcheck disable=SC2154 # root, work and lab come from there

# The lab is one in which speed counts.
has_score() {
	while read -r word _; do
		[ "$word" != fast ] || return 0
	done <"$root/labs/$lab/api"
	return 1
}

# Says how the submission fares, if its lab has a score and the machine got that far.
show_score() {
	has_score || return 0
	cat "$work"/on-guest/run.*/transcript 2>/dev/null | awk '
		/^  per mille of the heap in use: / { split($0, use, /[:,] /) }
		/^  instructions of alloc and / { split($0, pair, /[:,] /) }
		/^  instructions of the longest / { split($0, longest, /[:,] /) }
		/^  score: [0-9]+$/ { score = $2 }
		END {
			if (score != "")
				printf "score: %d; in use %.1f %%, alloc and " \
					"dealloc %d instructions, the longest %d\n",
					score, use[2] / 10, pair[2], longest[2]
		}'
}
