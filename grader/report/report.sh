#!/bin/sh
# How grade reports; sourced by it.  What the forms look like is said in report/.
#
# shellcheck disable=SC2154 # these come from there
#
# Uses from there: root, grader, work, lab, impl, own, seed, on, submission, format,
# output, result, verbose, folder, and the ways to end a grading.

draft= # where a report is written before it takes its place

wants_colour() {
	[ -z "$output" ] && [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]
}

# shellcheck source=facts.sh
. "$grader/report/facts.sh"

# by_awk FORM FILE...: the report on the FILEs as text, JSON or one line; see
# report/read.awk.
by_awk() {
	form=$1
	shift
	awk -f "$grader/judge/escape.awk" -f "$grader/report/read.awk" \
		-f "$grader/report/describe.awk" \
		-f "$grader/report/$form.awk" "$@"
}

# by_jq FORM FILE...: in a form for programs of others, made from the JSON.
by_jq() {
	other_form=$1
	shift
	json=$(by_awk json "$@")
	status=$?
	printf '%s\n' "$json" |
		jq -r -L "$grader/report" -f "$grader/report/$other_form.jq" ||
		return 3
	return "$status"
}

# in_form FORM FILE...: returns the verdict as read.awk does.
in_form() {
	case $1 in
	tap | junit | gradescope) by_jq "$@" ;;
	*) by_awk "$@" ;;
	esac
}

# Some awks end a line at a NUL.
without_nul() {
	: >"$work/$1.text" || disk_full
	[ ! -s "$work/$1" ] ||
		tr '\000' '\001' <"$work/$1" >"$work/$1.text" || disk_full
}

# write_report FILE...: the report on the FILEs, whole or not at all, to where it
# was asked for.  Returns the verdict: 0, 1 or, for not graded, 2; and 3 if there
# is no report.  Awk's exit status alone is no evidence, for some have 1 or 2 for
# trouble of their own.
write_report() {
	text=$(in_form "$format" "$@")
	verdict=$?
	case $verdict${REPORT_NOT_GRADED:+, not graded} in
	0 | 1 | '2, not graded') ;;
	*) return 3 ;;
	esac
	[ -n "$text" ] || return 3
	if [ -n "$result" ]; then
		by_awk json "$@" >"$result.new"
		[ $? -eq "$verdict" ] && mv -f "$result.new" "$result" || return 3
	fi
	if [ -n "$output" ]; then
		printf '%s\n' "$text" >"$draft" && mv -f "$draft" "$output" ||
			return 3
		text=$(in_form summary "$@")
	fi
	printf '%s\n' "$text" || return 3
	return "$verdict"
}

# What report/read.awk wants to know from the environment.
describe_grading() {
	REPORT_LAB=$lab
	REPORT_SEED=$seed
	REPORT_ON=$on
	REPORT_VERBOSE=$verbose
	REPORT_SUBMISSION=$submission
	REPORT_COPY=$lab/$piece
	REPORT_FOLDERS="$work/submitted/
${work#"$root"/}/submitted/
$work/
${work#"$root"/}/
$root/"
	REPORT_PART=${last:+yes}
	REPORT_AGAIN=$(again_line)
	REPORT_COLOUR=no
	! wants_colour || REPORT_COLOUR=yes
	export REPORT_LAB REPORT_SEED REPORT_ON REPORT_VERBOSE \
		REPORT_SUBMISSION REPORT_COPY REPORT_FOLDERS REPORT_COLOUR REPORT_PART REPORT_AGAIN
	[ "$format$verbose$result" = textno ] || gather_facts
}

# report HOW: ok, failed (it did not build), refused, did-not-start or no-submission.
report() {
	describe_grading
	REPORT_BUILD=$1
	REPORT_NOT_GRADED=
	export REPORT_BUILD REPORT_NOT_GRADED
	without_nul build.log
	without_nul debug
	write_report kind=build "$work/build.log.text" \
		kind=records "$work/records" kind=lines "$work/lines" \
		kind=debug "$work/debug.text"
}

# report_not_graded STATUS: that there is no verdict, in a form that a machine
# reads; the reason is in `trouble`.
# shellcheck disable=SC2317 # finish calls it
report_not_graded() {
	lab=${lab:-$labs}
	work=$folder/$lab
	piece=$(piece_of "$lab")
	find_submission
	describe_grading
	REPORT_NOT_GRADED=${trouble#*" is not graded: "}
	: "${REPORT_NOT_GRADED:=the grading ended with status $1}"
	export REPORT_NOT_GRADED
	write_report /dev/null
	[ $? -eq 2 ] || echo "grade: the report could not be written" >&2
}

# Forms for programs of others need jq; without it there is no report at all.
check_form() {
	case $format in
	text | json) return ;;
	esac
	! command -v jq >/dev/null || return 0
	needs_jq="--format $format needs jq, which is not installed"
	format=text
	output=
	not_graded "$needs_jq; run: grader/doctor --install --forms"
}

# An older report must not be taken for this grading's.
prepare_output() {
	[ -z "$result" ] || rm -f "$result" || not_graded "cannot replace $result"
	[ -n "$output" ] || return 0
	rm -f "$output" || not_graded "cannot replace $output"
	draft=$(mktemp "${output%/*}/.report.XXXXXX") ||
		not_graded "cannot write the folder ${output%/*}"
	# As a file that a shell makes, and not for its owner only.
	chmod '=rw' "$draft" || not_graded "cannot change $draft"
}
