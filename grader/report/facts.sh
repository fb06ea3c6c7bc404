#!/bin/sh
# What a verdict depends on, for the record; sourced by report.sh, and by grade-class
# for what is the same for a whole class.
#
# shellcheck disable=SC2154 # these come from there
#
# Uses from there: root, grader, lab, and for one grading: own, impl, seed, on,
# piece, submission, and copy_of().

# The variables of the environment that decide, too.
deciding="CC HOST_CC CAIRN_QEMU CAIRN_QEMU_EXTRA CAIRN_MEMORY CAIRN_SECONDS
	CAIRN_FIRMWARE"

# value_of VARIABLE: sets value; returns 1 if it has none.
value_of() {
	case $1 in
	CC) value=${CC:-} ;;
	HOST_CC) value=${HOST_CC:-} ;;
	CAIRN_QEMU) value=${CAIRN_QEMU:-} ;;
	CAIRN_QEMU_EXTRA) value=${CAIRN_QEMU_EXTRA:-} ;;
	CAIRN_MEMORY) value=${CAIRN_MEMORY:-} ;;
	CAIRN_SECONDS) value=${CAIRN_SECONDS:-} ;;
	CAIRN_FIRMWARE) value=${CAIRN_FIRMWARE:-} ;;
	esac
	[ -n "$value" ]
}

# The first line of what a program says about itself; nothing if there is none.
version_of() {
	# shellcheck disable=SC2086 # CC="ccache gcc" is two words
	$1 --version 2>/dev/null </dev/null | head -n 1
}

# What decides a verdict on the lab's side, as one hash.
lab_version() {
	(
		cd "$root/labs/$lab" || exit
		for file in points expected.txt tests.c tests/*; do
			[ ! -f "$file" ] || sha256sum "./$file"
		done
	) 2>/dev/null | sha256sum | sed 's/ .*//'
}

# All else that decides one, but for the submission and the options, as one hash: the
# project without what people read, what students write, and what proves it; what the
# tools say of themselves; and what the environment asks for.
whole_version() {
	{
		(
			cd "$root" || exit
			find Makefile grub.cfg boot kernel solutions grader "labs/$lab" \
				-path grader/tests -prune -o -path grader/proof -prune -o \
				-path "labs/$lab/$(piece_of "$lab")" -o -name '*.md' -o \
				-type f -print | sort | xargs sha256sum
		)
		for tool in "${CC:-gcc}" "${HOST_CC:-gcc}" ld objcopy grub-mkrescue \
			"${CAIRN_QEMU:-qemu-system-x86_64}"; do
			version_of "$tool"
		done
		nasm -v
		for variable in $deciding; do
			value_of "$variable"
			echo "$variable=$value"
		done
	} 2>/dev/null | sha256sum | sed 's/ .*//'
}

# What is the same for all gradings of a lab on this computer, in the environment of
# the awk that writes the record; a class has it made once.
gather_common_facts() {
	: "${SANDBOX:=$("$grader/run/sandbox" --level)}"
	: "${REPORT_COMPILER:=$(version_of "${CC:-gcc}")}"
	: "${REPORT_HOST_COMPILER:=$(version_of "${HOST_CC:-gcc}")}"
	: "${REPORT_QEMU:=$(version_of "${CAIRN_QEMU:-qemu-system-x86_64}")}"
	: "${REPORT_LAB_VERSION:=$(lab_version)}"
	: "${REPORT_VERSION:=$(whole_version)}"
	export SANDBOX REPORT_COMPILER REPORT_HOST_COMPILER REPORT_QEMU \
		REPORT_LAB_VERSION REPORT_VERSION
}

# Of the submission, and of earlier labs behind it if they are its author's own, too.
# Nothing for one that was not even copied.
hash_of_submission() {
	copy_of "$lab"
	[ -f "$copy" ] || return 0
	for part in "$lab" $own; do
		copy_of "$part"
		cat "$copy"
	done 2>/dev/null | sha256sum | sed 's/ .*//'
}

# A word as a shell reads it back.
quoted() {
	case $1 in
	'' | *[!A-Za-z0-9_./,:=+-]*)
		printf "'"
		printf '%s' "$1" | sed "s/'/'\\\\''/g"
		printf "'"
		;;
	*) printf '%s' "$1" ;;
	esac
}

# What to type in the project's folder for the same verdict.
command_line() {
	for variable in $deciding; do
		value_of "$variable" || continue
		printf '%s=%s ' "$variable" "$(quoted "$value")"
	done
	printf 'grader/grade --lab %s --seed %s --on %s' "$lab" "$seed" "$on"
	[ -z "$own" ] || printf ' --own %s' "$(quoted "$own")"
	case $impl in
	labs | solutions) ;;
	*) [ -z "$own" ] || printf ' --impl %s' "$(quoted "$impl")" ;;
	esac
	if [ -n "$submission" ]; then
		printf ' --submission %s' "$(quoted "${submission#"$root"/}")"
	else
		printf ' --impl %s' "$(quoted "$impl")"
	fi
}

# The beginning of a command for the same report, up to the name of a test alone: what
# a student types, where that graded this file.
again_line() {
	case $submission in
	"$root/labs/$lab/"*)
		target=grade
		[ "$on" != host ] || target=check
		printf 'make %s LAB=%s SEED=%s' "$target" "$lab" "$seed"
		for variable in CC HOST_CC; do
			value_of "$variable" || continue
			[ "$value" = gcc ] || printf ' %s=%s' "$variable" "$(quoted "$value")"
		done
		[ -z "$own" ] || printf ' OWN=%s' "$(quoted "$own")"
		printf ' TEST='
		;;
	*) printf '%s --test ' "$(command_line)" ;;
	esac
}

# All of them.
gather_facts() {
	gather_common_facts
	REPORT_SUBMISSION_SHA256=$(hash_of_submission)
	REPORT_SANDBOX=$SANDBOX
	REPORT_COMMAND=$(command_line)
	export REPORT_SUBMISSION_SHA256 REPORT_SANDBOX REPORT_COMMAND
}
