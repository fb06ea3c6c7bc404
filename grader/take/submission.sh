#!/bin/sh
# What is graded, and its copy in the work folder, where all of the rest looks; sourced
# by grade.
#
# shellcheck disable=SC2034,SC2154 # these come from there
#
# Uses from there: root, grader, caller, work, lab, piece, impl, own, submission, and the ways to
# end a grading; and labs.sh and find.sh.

# Where the pieces of earlier labs come from, if they are the student's own.
folder_of_own() {
	case $impl in
	labs | solutions) echo "$root/labs" ;;
	*) echo "$impl" ;;
	esac
}

# Whether there is a ready object in the place of that source: of ours only.
is_object_only() {
	case $1 in
	"$root/labs"/* | "$root/solutions"/*) ;;
	*) return 1 ;;
	esac
	[ ! -e "$1" ] && [ -e "${1%.c}.o" ]
}

# The file that is graded, whoever names it: what stands in the folder of the
# implementation, unless there is an object in its place.
find_submission() {
	[ -z "$submission" ] || return 0
	case $impl in
	labs | solutions) file=$root/$impl/$lab/$piece ;;
	*) file=$impl/$lab/$piece ;;
	esac
	is_object_only "$file" || submission=$file
	[ "$impl" = solutions ] && [ -f "$submission" ] || return 0
	submission=$work/$piece
	join_solution "$lab" "$root/solutions" >"$submission" || disk_full
}

# Whether something was handed in; what was found in a folder is the submission.
is_handed_in() {
	[ -n "$submission" ] || return 0 # a ready object
	absolute "$submission"
	find_handed_in "$path" "$lab" "$piece"
	in=${handed_in%/*}
	[ -d "$in" ] || not_graded "there is no folder $in"
	if [ ! -r "$in" ] || [ ! -x "$in" ]; then
		not_graded "cannot read the folder $in"
	fi
	! is_folder "${submission%/}" || submission=${submission%/}/${handed_in##*/}
	[ -z "$no_submission" ]
}

# copy_of LAB: sets copy to that of its piece, in a folder of the same form as labs/.
copy_of() {
	copy=$work/submitted/$1/$piece
	[ "$1" = "$lab" ] || copy=$work/submitted/$1/$(piece_of "$1")
}

# take_piece LAB FILE: returns 1 if the file is refused; WORK/refused says why.
take_piece() {
	copy_of "$1"
	mkdir -p "${copy%/*}" || disk_full
	[ -e "$2" ] || [ -h "$2" ] || not_graded "there is no file $2"
	reason=$("$grader/take/take" "$2" "$copy")
	case $?$reason in
	0) return ;;
	1?*)
		[ "$1" = "$lab" ] || reason="in the piece of $1: $reason"
		echo "$reason" >"$work/refused" || disk_full
		return 1
		;;
	esac
	not_graded "${reason:-$2 cannot be taken in}"
}

# take_object LAB SOURCE: the ready object in its place.
take_object() {
	copy_of "$1"
	mkdir -p "${copy%/*}" || disk_full
	cp "${2%.c}.o" "${copy%.c}.o" || disk_full
}

# All that the student wrote: the lab's piece, and those of the labs in `own`.
take_submission() {
	if [ -n "$submission" ]; then
		absolute "$submission"
		take_piece "$lab" "$path" || return
	elif [ "$impl" != solutions ]; then # which make takes
		take_object "$lab" "$file"
	fi
	for own_lab in $own; do
		file=$(folder_of_own)/$own_lab/$(piece_of "$own_lab")
		if [ "$own_lab" = "$lab" ]; then
			continue
		elif is_object_only "$file"; then
			take_object "$own_lab" "$file"
		else
			take_piece "$own_lab" "$file" || return
		fi
	done
}

# Our own solution in place of the submission, to tell whose fault it is that
# something went wrong.
take_ours() {
	impl=solutions own='' OWN='' submission=''
	work=$work/ours
	mkdir -p "$work" || disk_full
	find_submission
	take_submission || not_graded "our own solution is refused"
}
