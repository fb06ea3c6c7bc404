#!/bin/sh
# What is claimed of a submission, and how the submission is made; sourced by check,
# whose usage describes the three kinds of claims.
#
# shellcheck disable=SC2034,SC2154 # some come from there, some go there
#
# Uses from there: root, only, slice, in_turn, SANDBOX, trouble, what labs.sh has,
# and the current folder, which belongs to this claim alone.

# read_id CLAIM: sets claim and, by its path, kind, lab, name, and id.
read_id() {
	claim=$1
	id=${1%/expect}
	id=${id%.patch}
	id=${id%.c}
	name=${id##*/}
	id=${id%/*}
	lab=${id##*/}
	id=${id%/*}
	kind=${id##*/}
	id=$kind/$lab/$name
}

# ---- What it says -------------------------------------------------------------

# key KEY: the value of a line above the patch, or of the file `expect`.
key() {
	sed -n "/^\$/q; s/^$1: *//p" "$claim" | head -n 1
}

# The same for a hostile claim, which may say something else where all is in sight.
expected() {
	value=
	case $SANDBOX in
	uid | limits) value=$(key "in sight $1") ;;
	esac
	printf '%s\n' "${value:-$(key "$1")}"
}

# in_turn MACHINE...: sets machines to them; in a slice, to the one whose turn it is.
in_turn() {
	machines=$*
	[ "$slice" = no ] || [ $# -eq 0 ] || {
		shift $((number % $#))
		machines=$1
	}
}

# last_of TEST...: the one of them that comes last in the lab.
last_of() {
	tests_of "$lab" | grep -xF "$(printf '%s\n' "$@")" | tail -n 1
}

# Sets verdict_claimed, catches (names of tests), last (the last of them), says, and
# machines.
read_claim() {
	catches='' says='' machines=${only:-both}
	case $kind in
	mutants)
		verdict_claimed=failed
		catches=$(key catches | tr -s ', ' ' ')
		# shellcheck disable=SC2086 # words without blanks
		last=$(last_of $catches)
		machines=
		for machine in $(key on); do
			[ "${only:-$machine}" != "$machine" ] || machines="$machines $machine"
		done
		# Which of several tests is the first may be the machine's doing.
		# shellcheck disable=SC2086 # words without blanks
		[ "$catches" != "${catches#* }" ] || in_turn $machines
		;;
	variants | right)
		verdict_claimed=passed
		[ "$slice$only" != yes ] || in_turn guest judged host
		;;
	wrong) verdict_claimed=failed ;;
	hostile)
		verdict_claimed=$(expected verdict)
		says=$(expected says)
		[ "$slice$only$(key on)" != yes ] || in_turn guest judged
		;;
	esac
}

# Says what the claim lacks, if it lacks something.
check_claim() {
	is_lab "$lab" || no_such_lab "$lab"
	case $kind in
	mutants) needed="what catches on" ;;
	hostile) needed="verdict says why" ;;
	*) needed= ;;
	esac
	for needed in $needed; do
		[ -n "$(key "$needed")" ] || echo "it does not say \"$needed:\""
	done
	for test in $catches; do
		awk -v "test=$test" '$2 == test { found = 1 }
			END { exit !found }' "$root/labs/$lab/points" ||
			echo "\"catches:\" takes tests of the lab, not $test"
	done
	[ "$kind" != mutants ] || for machine in $(key on); do
		case $machine in
		guest | judged | host) ;;
		*) echo "\"on:\" takes guest, judged and host, not $machine" ;;
		esac
	done
}

# ---- The submission -----------------------------------------------------------

# compile FILE OBJECT [OPTION]: without line numbers, and from standard input, so that only
# what the file does makes a difference.
compile() {
	"${CC:-gcc}" -std=c17 -O1 -w -I "$root/kernel" -I "$root/labs" \
		-Wno-builtin-macro-redefined -D__LINE__=0 \
		-x c -c -o "$2" ${3:+"$3"} - <"$1" 2>log
}

# Plants the mistake, beside the file right.c that it is planted in; says why that is not
# possible.
plant() {
	right=$(sed -n 's|^--- a/\([^	]*\).*|\1|p' "$claim" | head -n 1)
	case $right in
	"solutions/$lab"/*.c | "grader/proof/variants/$lab"/*.c) ;;
	"grader/proof/others/right/$lab"/*.c) ;;
	*) echo "it is no patch of something right in the lab" && return ;;
	esac
	mkdir planted && cp -R "$root/${right%/*}" planted || exit 2
	patch -F 0 -f -s -r - --no-backup-if-mismatch "planted/$lab/${right##*/}" \
		<"$claim" >log 2>&1 || {
		echo "it does not apply: $(head -n 1 log)"
		return
	}
	case $right in
	solutions/*)
		join_solution "$lab" "$root/solutions" >right.c &&
			join_solution "$lab" planted >"given/$(piece_of "$lab")" || exit 2
		;;
	*)
		cp "$root/$right" right.c &&
			cp "planted/$lab/${right##*/}" "given/$(piece_of "$lab")" || exit 2
		;;
	esac
}

# Says why what was planted, if anything was, is no mistake.
no_mistake() {
	[ -e right.c ] || return 0
	compile right.c right.o || trouble "right.c does not compile: $(head -n 1 log)"
	if ! compile "given/$(piece_of "$lab")" wrong.o; then
		echo "it does not compile: $(grep -m 1 error log)"
	elif cmp -s right.o wrong.o; then
		echo "it changes nothing"
	fi
}

# Makes the submission, as the .c of the folder given/; says why that is not possible.
give() {
	folder=${claim%/expect}
	if [ -e "$folder/make" ]; then
		sh "$folder/make" "$root" || echo "its \"make\" failed"
		return
	fi
	mkdir given || exit 2
	case $kind:$claim in
	mutants:*) plant ;;
	wrong:*.patch)
		plant
		no_mistake
		;;
	variants:* | right:* | wrong:*) cp "$claim" given || exit 2 ;;
	hostile:*)
		begins=$(key begins)
		cat ${begins:+"$folder/../../$begins"} "$folder/submission.c" \
			>given/submission.c || exit 2
		;;
	esac
}
