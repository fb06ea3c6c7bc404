#!/bin/sh

test_description='Trouble of the grader itself is never a zero and never a pass

Each kind of trouble is real: a QEMU that is killed, a disk that is full, a user
who may start no more processes, a file that cannot be read.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# A tree of its own, which belongs to somebody without privileges; its path has
# no blanks.
tree=$(mktemp -d /tmp/cairn-trouble.XXXXXX)
trap 'umount "$tree/build" 2>/dev/null; rm -rf "$tree"' EXIT
copy_project "$tree"
chown -R nobody "$tree"
chmod 755 "$tree"

as_nobody() {
	timeout "$patience" setpriv --reuid=nobody --regid=nogroup --clear-groups \
		env HOME="$tree" "$@"
}

# The grading must end as not graded, with these words, and give no points.
not_graded() {
	cat report
	test "$status" = 2 &&
		grep "not graded" report &&
		grep -e "$1" report &&
		! grep "of 10 points" report
}

grade_as_nobody() {
	as_nobody "$@" "$tree/grader/grade" --lab 0-start \
		--impl solutions --seed 7 >report 2>&1
	status=$?
}

test_expect_success 'without trouble the solution passes here' '
	grade_as_nobody &&
	cat report &&
	grep "0-start: 10 of 10 points" report
'

test_expect_success 'a sandbox that does not start, or not in time' '
	build judged LAB=0-start IMPL=solutions IMAGE="$IMAGE" &&
	for player in "/bin/sleep 1000" /bin/false /no/such
	do
		test_expect_code 75 timeout "$patience" "$cairn/$IMAGE/judge" \
			-- $player >transcript 2>said &&
		grep "the player or its sandbox did not start$" said || return 1
	done
'

test_expect_success 'a QEMU that is not installed' '
	grade_as_nobody env CAIRN_QEMU=no-such-qemu
	not_graded "no-such-qemu is missing"
'

# Sets victim to the machine of this test, once it has begun; its log is where it runs.
victim_runs() {
	for victim in $(pgrep -f "qemu-system.*-name victim-of-$$"); do
		grep -qs "CPU Reset" "/proc/$victim/cwd/qemu-log" &&
			grep -q "^Name:	qemu" "/proc/$victim/status" && return
	done
	return 1
}

test_expect_success 'a QEMU that is killed in the middle' '
	sed "s/^	return/	for (;;);\n&/" "$cairn/solutions/0-start/align.c" >hang.c &&
	(CAIRN_QEMU_EXTRA="-name victim-of-$$" timeout "$patience" "$cairn/grader/grade" --lab 0-start --on guest \
		--submission hang.c >report 2>&1; echo $? >status) &
	eventually victim_runs &&
	kill -KILL "$victim"
	wait
	status=$(cat status)
	not_graded "stopped from outside"
'

# A shell that cannot fork says so itself, and ends with the status of trouble.
for pids in 1 4 8; do
	test_expect_success "no more than $pids processes" '
		grade_as_nobody prlimit --nproc=$pids
		cat report
		test "$status" = 2 &&
		grep -i "not graded\|cannot fork" report &&
		! grep "of 10 points" report
	'
done

test_expect_success 'a shared installation that one cannot write' '
	rm -rf "$tree/build" &&
	home=$(mktemp -d) &&
	chown -R root "$tree" &&
	chown nobody "$home" &&
	find "$tree" | sort >before &&
	grade_as_nobody env HOME="$home"
	as_nobody env HOME="$home" make -s -C "$tree" image LAB=0-start >made 2>&1
	made=$?
	find "$tree" | sort | cmp - before &&
	chown -R nobody "$tree" &&
	cat report made &&
	grep "0-start: 10 of 10 points" report &&
	test "$made" = 0 &&
	test -s "$home/.cache/cairn/image/0-start-labs/kernel.elf" &&
	rm -rf "$home"
'

for file in grader/judge/compare.awk labs/0-start/points labs/0-start/expected.txt \
	grader/run/tests boot/kernel.ld; do
	test_expect_success "$file cannot be read" '
		chmod 000 "$tree/$file" &&
		grade_as_nobody
		chmod 755 "$tree/$file" &&
		not_graded .
	'
done

look_for_mount

for size in 0 64 1024 2048; do
	test_expect_success MOUNT "a disk with $size KiB left" '
		as_nobody make -s -C "$tree" judged image LAB=0-start \
			IMPL=solutions &&
		rm -rf "$tree/build.full" &&
		mkdir "$tree/build.full" &&
		mount -t tmpfs -o size=24m tmpfs "$tree/build.full" &&
		cp -a "$tree/build/gcc" "$tree/build.full/" &&
		mount --move "$tree/build.full" "$tree/build" &&
		chown nobody "$tree/build" &&
		free=$(df -k --output=avail "$tree/build" | tail -n 1) &&
		head -c $(((free - $size) * 1024)) /dev/zero >"$tree/build/full" &&
		grade_as_nobody
		eventually umount "$tree/build" &&
		not_graded "disk full\|[Ff]ree space\|No space\|cannot write"
	'
done

test_done
