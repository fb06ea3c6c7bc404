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

unset MAKEFLAGS MAKELEVEL MFLAGS LAB IMPL OWN SEED IMAGE FIRMWARE CAIRN_FIRMWARE
NO_COLOR=1
export NO_COLOR

IMAGE=build/tests/image-$(basename "$0" .t)
mkdir -p "$cairn/$IMAGE"

# The compiled objects are shared, so one build at a time.
build() {
	flock "$cairn/build/lock" make -s -C "$cairn" "$@"
}
