#!/bin/sh
# How the steps of building end; sourced by compile and link.
#
# Uses from there: work.
#
# shellcheck disable=SC2154

room_bytes=262144

trouble() {
	echo "$*"
	exit 2
}

disk_full() {
	trouble "cannot write $work; is the disk full?"
}

# The line of a build log that says most.
reason_in() {
	awk '/^make.*: \*\*\* .* Error [0-9]+$/ { next }
		reason == "" { reason = $0 }
		/[Ee]rror|FAILURE|No space|No such|No rule|not found|undefined reference|multiple definition/ {
			reason = $0
			exit
		}
		END { print reason }' "$1" | tr -c ' -~\n' '?'
}

# Tools do not always say that the disk is full.
check_room() {
	head -c "$room_bytes" /dev/zero >"$work/room.$$" 2>/dev/null || disk_full
	rm -f "$work/room.$$"
}

# not_built LOG: it does not compile, or cannot be linked.
not_built() {
	check_room
	reason_in "$1"
	exit 1
}
