#!/bin/sh
# How boot and host run a program, with bounds; sourced by them.
#
# Transcript and debug output are the files serial and debug in the current folder.
# The system bounds what they may hold, so that nobody has to read along; a program
# whose transcript never ends is stopped soon.
#
# Uses from there: seconds, of wall time; work_seconds, of the processor's; and
# file_limit, in bytes.
#
# shellcheck disable=SC2034,SC2154 # these, and what run_bounded sets

transcript_limit=131072
look_seconds=1
most_looks_asleep=${CAIRN_ASLEEP:-20} # more than any machine that goes on again
status_of_work=152                    # 128 + SIGXCPU: its processor's time is used up

# Says in one sentence why no verdict can come of this run.
trouble() {
	echo "${0##*/}: $*" >&2
	exit 2
}

disk_full() {
	trouble "cannot write $PWD; is the disk full?"
}

# Becomes the command; what it writes, and how long it takes, is bounded.
# `timeout` makes a process group of it and ends it whole.
bounded() {
	exec prlimit --cpu="$work_seconds:$((work_seconds + 5))" \
		--fsize="$file_limit" --core=0 \
		timeout -s KILL "$seconds" "$@" </dev/null
}

is_endless() {
	[ "$(($(wc -c <serial)))" -gt "$transcript_limit" ]
}

# Sets looks_asleep: how many looks in a row have found every thread of QEMU asleep, and
# none that has worked since the look before.  A machine that only waits for time passes
# it at once (-icount sleep=off), so this one waits for what never comes.  A stopped
# process does not sleep, and one that waits for a disk or a processor does not, either.
look_at_sleep() {
	worked=0 all_sleep=yes
	read -r qemu_process <qemu.pid || return 0
	for thread in /proc/"$qemu_process"/task/*/stat; do
		read -r stat <"$thread" || return 0
		# shellcheck disable=SC2086 # numbers behind the name: proc(5)
		set -- ${stat##*) }
		[ "$1" = S ] || all_sleep=no
		worked=$((worked + ${12} + ${13}))
	done
	case $all_sleep:$worked in
	yes:"$worked_before") looks_asleep=$((looks_asleep + 1)) ;;
	*) looks_asleep=0 ;;
	esac
	worked_before=$worked
}

# Whether to stop the program now.  QEMU goes on where it may not write any more, and
# where nothing will ever wake it.
is_to_stop() {
	look_at_sleep
	[ "$looks_asleep" -lt "$most_looks_asleep" ] || : >stood-still
	[ -e stood-still ] || is_endless
}

# Who sleeps when the watcher is killed stays for a moment, and must not keep a file
# system busy.
stop_endless() {
	looks_asleep=0 worked_before=0
	while (cd / && exec sleep "$look_seconds") && kill -0 "$1"; do
		! is_to_stop || kill "$1"
	done
}

# Sets now, in seconds since the computer was started.
read_clock() {
	read -r now _ </proc/uptime
	now=${now%.*}
}

# run_bounded FUNCTION: runs what becomes the program by `bounded`, and sets status
# and elapsed.
run_bounded() {
	: >serial 2>debug || disk_full
	program=
	trap '[ -z "$program" ] || kill "$program"; exit 130' HUP INT TERM
	read_clock
	started=$now
	"$@" &
	program=$!
	stop_endless "$program" >/dev/null 2>&1 &
	watcher=$!
	wait "$program" 2>/dev/null
	status=$?
	program=
	kill "$watcher"
	wait "$watcher" 2>/dev/null
	read_clock
	elapsed=$((now - started))
}

# The word for how it ended, and no more of an endless transcript than can matter.
# QEMU does not say that a byte could not be written; but where there was no room
# for it, there is none for the word.
write_ended() {
	echo "$1" >ended || disk_full
	[ "$1" != endless-output ] ||
		{ head -c "$transcript_limit" serial >serial.cut &&
			mv serial.cut serial; } || disk_full
}
