#!/bin/sh
# Which version a page of measurements is of; sourced by evidence and mistakes.
#
# shellcheck disable=SC2154 # from there: root, grader

# What is measured, and with what.
version() {
	commit=$(git -C "$root" log -1 --format="commit %h" 2>/dev/null) ||
		commit="a tree without commits"
	[ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] ||
		commit="$commit, with changes that are not committed"
	echo "Of $commit, on $(date +%Y-%m-%d), by $(${CC:-gcc} --version | head -n 1) and"
	echo "$(qemu-system-x86_64 --version | head -n 1); sandbox level" \
		"$("$grader/run/sandbox" --level), $(nproc) processors."
}
