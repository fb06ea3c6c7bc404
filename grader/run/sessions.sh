#!/bin/sh
# The steps of a grading that build a submission and run the tests, each in a session of
# its own; sourced by grade.
#
# shellcheck disable=SC2154 # these come from there
#
# Uses from there: grader, work, lab, seed, machines, sessions, and the ways to end a
# grading.

# start COMMAND...: in a session of its own, which can be stopped as a whole; what runs
# in the background does not hear of Ctrl-C.
start() {
	setsid "$@" &
	session=$!
	sessions="$sessions $session"
}

# shellcheck disable=SC2317 # the trap calls it
stop_all() {
	for session in $sessions; do
		kill -s TERM -- "-$session" 2>/dev/null || kill "$session"
	done 2>/dev/null
	wait
	exit 130
}

# compile_submission: returns 1 if it does not compile, or is refused.
compile_submission() {
	# shellcheck disable=SC2086 # words without blanks
	start "$grader/build/compile" "$work" "$lab" $machines >"$work/compile.said"
	wait "$session"
	end_of_step $? "$work/compile.said" || return
	read -r SANDBOX <"$work/sandbox" || disk_full
	export SANDBOX
}

# end_of_step STATUS FILE: what a step of building came to; FILE is what it said.
end_of_step() {
	[ "$1" != 0 ] || return 0
	reason=$(tail -n 1 "$2" | tr -c ' -~\n' '?')
	case $1 in
	1)
		[ -n "$reason" ] || disk_full
		return 1
		;;
	4)
		cp "$2" "$work/refused" || disk_full
		return 1
		;;
	*) not_graded "${reason:-it could not be built}" ;;
	esac
}

# Link for every machine and run the tests there, all at once: the machine boots while
# the rest is linked.  What the linker came to is in WORK/MACHINE.linked, and what the
# run did in WORK/MACHINE.ran; what they said, beside it.  Returns 1 if it cannot be
# linked, or is refused.
link_and_run() {
	# shellcheck disable=SC2016 # for the shell inside
	both='grader=$0 work=$1 lab=$2 machine=$3 seed=$4
		shift 4
		"$grader/build/link" "$work" "$machine" >"$work/$machine.link-said"
		echo $? >"$work/$machine.linked"
		read -r status <"$work/$machine.linked" && [ "$status" = 0 ] || exit
		"$grader/run/tests" "$machine" "$work" "$lab" "$seed" "$@" \
			>"$work/$machine.trouble"
		echo $? >"$work/$machine.ran"'
	ways=
	for machine in $machines; do
		start /bin/sh -c "$both" "$grader" "$work" "$lab" "$machine" "$seed" \
			${last:+"$first" "$last"}
		ways="$ways $session"
	done
	for session in $ways; do
		wait "$session"
	done
	for machine in $machines; do
		read -r status <"$work/$machine.linked" || disk_full
		[ ! -s "$work/link.$machine.log" ] ||
			cat "$work/link.$machine.log" >>"$work/build.log"
		end_of_step "$status" "$work/$machine.link-said" || return
	done
}

# Whether the tests began everywhere; ends the grading where there was trouble.
tests_began() {
	for machine in $machines; do
		read -r status <"$work/$machine.ran" || disk_full
		case $status in
		0) ;;
		1)
			reason=$(cat "$work/$machine.trouble")
			return 1
			;;
		*)
			reason=$(cat "$work/$machine.trouble")
			not_graded "${reason:-the tests could not be run}"
			;;
		esac
	done
}

# Once more, before it is blamed: a computer that stood still may be behind it.
run_again() {
	for machine in $machines; do
		rm -rf "$work/on-$machine"
		start "$grader/run/tests" "$machine" "$work" "$lab" "$seed" \
			${last:+"$first" "$last"} >"$work/$machine.trouble"
		wait "$session"
		echo $? >"$work/$machine.ran"
	done
}
