#!/bin/sh
# What all submissions share; sourced by compile, and by what makes it once for many
# gradings: grade-class and proof/check.
#
# Uses from there: root, build, lab; and for make_shared, machines, and submitted, the
# pieces that are not ours, as LAB/NAME.
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

# share_recipe ON RECIPE LOG: the same for gradings of the lab's one piece; ON is what
# grade takes for it.
share_recipe() (
	case $1 in
	both) machines="guest judged" ;;
	*) machines=$1 ;;
	esac
	piece=$(piece_of "$lab")
	submitted=$lab/${piece%.c}
	make_shared "$2" "$3"
)
