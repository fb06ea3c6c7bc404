#!/bin/sh
# What was asked for on the command line of grade, which sources this and describes the
# options.
#
# shellcheck disable=SC2034,SC2154 # these come from there, or go there
#
# Uses from there: root, caller, wrong and usage; and labs.sh.

labs=
impl=labs
own=
seed=
only_test=
from_test=
to_test=
first=
last=
on=both
submission=
format=text
output=
result=
verbose=no
keep=no
ONCE=

# Sets path.
absolute() {
	case $1 in
	/*) path=$1 ;;
	*) path=$caller/$1 ;;
	esac
}

read_options() {
	while [ $# -gt 0 ]; do
		case $1 in
		--keep)
			keep=yes
			shift
			continue
			;;
		--once)
			ONCE=yes
			shift
			continue
			;;
		--verbose)
			verbose=yes
			shift
			continue
			;;
		--lab | --impl | --own | --seed | --on | --submission) ;;
		--test | --from | --to) ;;
		--format | --output | --result) ;;
		-h | --help) usage ;;
		*) wrong "what is $1?" ;;
		esac
		[ $# -ge 2 ] || wrong "$1 needs a value"
		case $1 in
		--lab) labs=$2 ;;
		--impl) impl=$2 ;;
		--own) own=$2 ;;
		--seed) seed=$2 ;;
		--test) only_test=$2 ;;
		--from) from_test=$2 ;;
		--to) to_test=$2 ;;
		--on) on=$2 ;;
		--submission) submission=$2 ;;
		--format) format=$2 ;;
		--output) output=$2 ;;
		--result) result=$2 ;;
		esac
		shift 2
	done
}

# Which tests to run: sets first and last if not all are.
check_part() {
	[ -n "$only_test$from_test$to_test" ] || return 0
	[ "$format$output$result" = text ] ||
		wrong "a part of the tests gives no points, so it takes text only"
	[ "$all" = no ] || wrong "--test, --from and --to need --lab"
	choose_tests "$labs" "$only_test" "$from_test" "$to_test"
	[ -z "$no_such_test" ] || wrong "$no_such_test"
}

# What a report is for: one lab, or, as text on the terminal, several.
check_report_options() {
	case $format in
	text | tap | junit | json | gradescope) ;;
	*) wrong "--format takes text, tap, junit, json or gradescope" ;;
	esac
	[ "$format$output$result" = text ] || [ -n "$labs" ] ||
		wrong "--format, --output and --result need --lab"
	case $output in
	'' | /*) ;;
	*) output=$caller/$output ;;
	esac
	[ ! -h "$output" ] || wrong "$output is a link"
	[ ! -e "$output" ] || [ -f "$output" ] || wrong "$output is not a file"
	[ -z "$output" ] || [ -d "${output%/*}/" ] ||
		wrong "no folder ${output%/*}"
}

check_options() {
	labs=${labs%/}
	labs=${labs#labs/}
	all=no
	[ -n "$labs" ] || {
		all=yes
		labs=$(all_labs)
	}
	for lab in $labs $own; do
		is_lab "$lab" || wrong "$(no_such_lab "$lab")"
	done
	lab=
	case $seed in
	'') seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ') ;;
	*[!0-9]*) wrong "the seed must be a whole number" ;;
	0?*) seed=$(echo "$seed" | sed 's/^0*\(.\)/\1/') ;;
	esac
	case $on in
	both) machines="guest judged" ;;
	guest | judged | host) machines=$on ;;
	*) wrong "--on takes both, guest, judged or host" ;;
	esac
	case $impl in
	labs | solutions) ;;
	*)
		absolute "$impl"
		impl=$path
		[ -d "$impl" ] || wrong "no folder $impl"
		;;
	esac
	[ -z "$submission" ] || [ "$all" = no ] ||
		wrong "--submission needs --lab"
}
