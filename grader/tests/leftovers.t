#!/bin/sh

test_description='What one grading leaves, or meets, harms no other'

tests=$(dirname "$0")
. "$tests/lib.sh"

# A folder to build in, for these tests alone, where make can handle the path.
folder=$(mktemp -d)
chmod a+x "$folder"
trap 'rm -rf "$folder"' EXIT

grade() {
	timeout "$patience" "$cairn/grader/grade" --lab 0-start --seed 7 \
		--impl solutions "$@" >report 2>&1
	status=$?
	cat report
	return "$status"
}

building() {
	[ -d "$folder/build/gcc/guest" ]
}

none_runs() {
	! pgrep -fa "$folder"
}

# To a grading that does not ignore it like all in the background.
test_expect_success 'Ctrl-C while all is built ends make, and frees its lock' '
	CAIRN_BUILD=$folder/build setsid env --default-signal=INT \
		"$cairn/grader/grade" --lab 0-start --impl solutions >said 2>&1 &
	grading=$! &&
	eventually building &&
	kill -s INT -- "-$grading" &&
	test_expect_code 130 wait "$grading" &&
	eventually none_runs &&
	test ! -e "$folder/build/gcc/host/judge/0-start" &&
	flock -n "$folder/build/lock" true
'

test_expect_success 'the next one builds on' '
	CAIRN_BUILD=$folder/build grade --on guest &&
	grep "10 of 10 points" report
'

test_expect_success 'the work of a killed grading is swept away, and of no other' '
	read -r computer </proc/sys/kernel/hostname &&
	killed=$folder/build/grade.$computer-999999999.x &&
	other=$folder/build/grade.$computer-$$.x &&
	mkdir "$killed" "$other" &&
	CAIRN_BUILD=$folder/build grade --on guest &&
	test ! -e "$killed" &&
	test -d "$other"
'

test_expect_success 'a stray file of dependencies is read by nobody' '
	for at in . gcc/guest gcc/guest/kernel gcc/guest/rest
	do
		echo "no rule at all (((" >"$folder/build/$at/stray.d" || return 1
	done &&
	CAIRN_BUILD=$folder/build grade --on guest
'

# The machine gets no disk the first time, so that GRUB finds no kernel.
test_expect_success 'tests that do not begin are tried once more before anybody is blamed' '
	cat >"$folder/qemu" <<-\EOT &&
	#!/bin/sh
	if [ ! -e "$0.tried" ]; then
		: >"$0.tried"
		for word; do
			shift
			case $word in
			*kernel.elf*) word=if=none,id=nothing ;;
			esac
			set -- "$@" "$word"
		done
	fi
	exec qemu-system-x86_64 "$@"
	EOT
	chmod +x "$folder/qemu" &&
	CAIRN_QEMU=$folder/qemu CAIRN_BUILD=$folder/build grade --on guest &&
	test -e "$folder/qemu.tried"
'

test_done
