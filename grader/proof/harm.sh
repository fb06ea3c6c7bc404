#!/bin/sh
# What a hostile submission must not have done when its grading is over; sourced by
# check.
#
# shellcheck disable=SC2154 # these come from there
#
# Uses from there: kept, the folder that the grading left, if any; canary, a file that
# only a hostile submission makes; and the current folder, with the submission in
# given/ and what was printed in report.

work_limit=60      # seconds of a processor for one grading
report_limit=65536 # bytes
disk_limit=65536   # KiB

# What the submission's folder holds; only plain files can be read, and of one that is
# far larger than a submission may be, its beginning and size are enough.
listing() {
	ls -ln given
	for file in given/*; do
		[ ! -f "$file" ] || [ -L "$file" ] || head -c 2097152 "$file" | cksum
	done
}

# Sets seconds: of a processor, of all children of this shell that have ended.
read_seconds() {
	times >worked
	seconds=$(sed -n '2s/[ms]/ /gp' worked |
		awk '{ print int($1 * 60 + $2 + $3 * 60 + $4) }')
}

# Sets before and makes given.before, which harm compares with.
before_harm() {
	read_seconds
	before=$seconds
	listing >given.before
}

# Whether a process with the folder in its command is there, and does not end.  The
# pattern goes the way that leaves grep itself out.
process_stays_in() {
	for _ in $(seq 600); do
		printf '%s\n' "$1" |
			grep -qlF -f /dev/stdin /proc/[0-9]*/cmdline 2>/dev/null ||
			return 1
		sleep 0.1
	done
}

# What is not as it should be after a grading of something hostile.
harm() {
	read_seconds
	[ $((seconds - before)) -le "$work_limit" ] ||
		echo "it took $((seconds - before)) s of a processor"
	[ "$(wc -c <report)" -le "$report_limit" ] || echo "the report is long"
	[ "$(tr -d ' -~\n' <report | wc -c)" -eq 0 ] ||
		echo "the report has bytes that are no printable text"
	listing | cmp -s - given.before || echo "its own folder has changed"
	[ ! -e "$canary" ] || echo "$canary is there"
	[ -n "$kept" ] || return
	! process_stays_in "$kept" || echo "processes are left"
	[ "$(du -sk "$kept" | cut -f 1)" -le "$disk_limit" ] ||
		echo "its work takes $(du -sk "$kept" | cut -f 1) KiB"
}
