#!/bin/sh
# What all submissions share; sourced by compile, and by grade-class, which makes it
# once for a whole class.
#
# Uses from there: root, build, lab, machines, and submitted, the pieces that are not
# ours, as LAB/NAME.
#
# shellcheck disable=SC2154

# A last resort; the sandbox bounds the processor's time.
make_seconds=600

# make_shared RECIPE LOG: makes it, under the lock of the folder build/, and leaves the
# commands for the rest in RECIPE, as kernel/build.mk prints them.
#
# Environment: CC and HOST_CC, the compilers; OWN, the earlier labs.
make_shared() (
	recipe=$1 log=$2
	set -- "LAB=$lab" "OWN=${OWN:-}" "SUBMITTED=$submitted" "FOR=$machines"
	[ -z "${CC:-}" ] || set -- "CC=$CC" "$@"
	[ -z "${HOST_CC:-}" ] || set -- "HOST_CC=$HOST_CC" "$@"
	# Which make would ask a shell for.
	[ "$build" != "$root/build" ] || set -- CAIRN_BUILD=build "$@"
	processors=$(nproc 2>/dev/null) || processors=1
	flock "$build/lock" timeout --foreground -k 5 "$make_seconds" \
		make -s -C "$root" -j "$processors" "$@" recipe \
		</dev/null >"$recipe" 2>"$log"
)
