#!/bin/sh
# What every test file begins with; sourced as `. "$(dirname "$0")/lib.sh"`.
#
# Sets cairn to the project's folder, and IMAGE to where this file's tests build
# (relative to it, for make knows no blanks in names).  Tests run in a folder of
# their own, which sharness makes and removes.

cairn=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
: "${test_description:?}"
SHARNESS_BUILD_DIRECTORY=$cairn/grader # sharness puts it into PATH
# shellcheck disable=SC1091 # Debian's package sharness
. /usr/share/sharness/sharness.sh

unset MAKEFLAGS MAKELEVEL MFLAGS LAB IMPL OWN SEED TEST FROM IMAGE FIRMWARE ALLOCATOR CAIRN_FIRMWARE
NO_COLOR=1
export NO_COLOR

IMAGE=build/tests/image-$(basename "$0" .t)
mkdir -p "$cairn/$IMAGE"

# The compiled objects are shared, so one build at a time.
build() {
	flock "$cairn/build/lock" make -s -C "$cairn" "$@"
}

# copy_project TREE: its files, and what has been built of them, so that little has to be
# built there.
copy_project() {
	mkdir -p "$1/build" &&
		(cd "$cairn" && git ls-files -z -c -o --exclude-standard |
			xargs -0 cp --parents -p -t "$1") &&
		(cd "$cairn/build" && find gcc api cairn.iso -maxdepth 0 -print0 2>/dev/null |
			xargs -0 -r flock lock cp -a -t "$1/build")
}

# Sets the prerequisite MOUNT where we may mount a file system, as on one that is soon
# full; in a plain container nobody may.
look_for_mount() {
	mkdir mounted && mount -t tmpfs none mounted 2>/dev/null &&
		eventually umount mounted && test_set_prereq MOUNT
	rmdir mounted
}

# For `timeout`: longer than anything takes on a computer that is very busy.
patience=900

# How long a machine may take that nothing but this ends; none does, unless a test
# says so.
CAIRN_SECONDS=300
export CAIRN_SECONDS

# eventually COMMAND...: waits until it succeeds; what takes longer than patience
# never will.
eventually() {
	started=$(date +%s)
	until "$@"; do
		[ $(($(date +%s) - started)) -lt "$patience" ] || {
			echo "not within $patience s: $*"
			return 1
		}
		sleep 0.1
	done
}

# Whether the process has ended.  Its parent may not have asked for its status yet.
has_ended() {
	! kill -0 "$1" 2>/dev/null ||
		grep -q '^State:	Z' "/proc/$1/status" 2>/dev/null
}
