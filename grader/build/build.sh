#!/bin/sh
# How grade builds what it runs; sourced by it.
#
# shellcheck disable=SC2154 # these come from there
#
# Uses from there: root, grader, caller, work, lab, impl, own, submission, machines,
# processors, what labs.sh has, and the ways to end a grading.

build_seconds=120
build_log_limit=262144
submission_limit=1048576

# Where the pieces of earlier labs come from, if they are the student's own.
folder_of_own() {
	case $impl in
	labs | solutions) echo "$root/labs" ;;
	*) echo "$impl" ;;
	esac
}

# Whether there is a ready object in the place of that source.
is_object_only() {
	[ ! -e "$1" ] && [ -e "${1%.c}.o" ]
}

# The file that is graded, whoever names it: what stands in the folder of the
# implementation, unless there is an object in its place.
find_submission() {
	[ -z "$submission" ] || return 0
	case $impl in
	labs | solutions) file=$root/$impl/$lab/$(piece_of "$lab") ;;
	*) file=$impl/$lab/$(piece_of "$lab") ;;
	esac
	is_object_only "$file" || submission=$file
	[ "$impl" = solutions ] && [ -f "$submission" ] || return 0
	submission=$work/$(piece_of "$lab")
	join_solution "$lab" "$root/solutions" >"$submission" || disk_full
}

# The copy of a lab's piece that make takes, in a folder of the same form as labs/.
submitted() {
	echo "$work/submitted/$1/$(piece_of "$1")"
}

# copy_piece LAB FILE: as one that make can handle, with nothing but text in it.
# False if the file is refused; WORK/refused says why.
copy_piece() {
	[ -e "$2" ] || [ -h "$2" ] || not_graded "there is no file $2"
	reason=$("$grader/build/screen" --source "$2" 2>&1)
	status=$?
	# A reason is one sentence; more lines are a shell's that lacks something.
	case $reason in
	*"
"*) status=2 ;;
	esac
	case $status in
	0) ;;
	1)
		[ "$1" = "$lab" ] || reason="in the piece of $1: $reason"
		echo "$reason" >"$work/refused" || disk_full
		return 1
		;;
	*) not_graded "$reason" ;;
	esac
	[ -r "$2" ] || not_graded "cannot read $2"
	mkdir -p "$work/submitted/$1" || disk_full
	head -c "$submission_limit" <"$2" >"$(submitted "$1")" || disk_full
}

# All that the student wrote: the lab's piece, and those of the labs in `own`.  Make
# finds ready objects by itself, but in labs/ only: own_objects.
copy_submission() {
	[ -z "$submission" ] ||
		copy_piece "$lab" "$(absolute "$submission")" || return
	own_objects=
	for own_lab in $own; do
		file=$(folder_of_own)/$own_lab/$(piece_of "$own_lab")
		if [ "$own_lab" = "$lab" ]; then
			continue
		elif [ "$(folder_of_own)" = "$root/labs" ] &&
			is_object_only "$file"; then
			own_objects="$own_objects $own_lab"
		else
			copy_piece "$own_lab" "$file" || return
		fi
	done
}

# build LOG [VARIABLE=VALUE...]: build for this lab, leave what the tools say in
# LOG.  Objects are shared with other gradings in this tree, so the lock.
build() {
	log=$1
	shift
	[ -z "${CC:-}" ] || set -- "CC=$CC" "$@"
	[ -z "${HOST_CC:-}" ] || set -- "HOST_CC=$HOST_CC" "$@"
	for machine in $machines; do
		case $machine in
		guest) set -- "$@" image ;;
		*) set -- "$@" "$machine" ;;
		esac
	done
	{
		flock "$root/build/lock" timeout -k 5 "$build_seconds" \
			make -s -C "$root" -j "$processors" "LAB=$lab" "$@" \
			</dev/null
		echo $? >"$work/build.status"
	} 2>&1 | head -c "$build_log_limit" >"$log" 2>/dev/null || disk_full
	read -r build_status <"$work/build.status" || build_status=1
	return "$build_status"
}

# The line of a build log that says most: what a compiler or linker calls an error, and
# no line of make's, which says only that there was one.
reason_in() {
	awk '/^make.*: \*\*\* .* Error [0-9]+$/ { next }
		reason == "" { reason = $0 }
		/[Ee]rror|FAILURE|No space|No such|No rule|not found|undefined reference|multiple definition/ {
			reason = $0
			exit
		}
		END { print reason }' "$1" | tr -c ' -~\n' '?'
}

# What screen-build says besides: that the submission is refused, or that it is not
# to blame.
build_submission() {
	set -- "IMPL=$impl" "OWN=$own_objects" "IMAGE=${work#"$root"/}"
	build "$work/build.log" "$@" && return
	# Once more, one step at a time: what was said must not depend on which
	# step was faster.
	processors=1
	rm -f "$work/refused" "$work/trouble"
	build "$work/build.log" "$@"
}

# Our own solution in place of the submission, to tell whose fault it is that
# something went wrong: built in WORK/ours, and perhaps run there.
build_ours() {
	mkdir -p "$work/ours" || disk_full
	build "$work/ours/build.log" IMPL=solutions OWN= "IMAGE=${work#"$root"/}/ours" ||
		not_graded "not even our solution builds here:" \
			"$(reason_in "$work/ours/build.log")"
}
