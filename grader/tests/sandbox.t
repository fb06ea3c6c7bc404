#!/bin/sh

test_description='What the sandbox hides and bounds, at every level there is

Every test would fail outside: the first ones show that.'

. "$(dirname "$0")/lib.sh"

sandbox=$cairn/grader/sandbox
best=$("$sandbox" --level)

# The commands see the folder of this test only if it is shown to them.
mkdir shown && echo secret >hidden && echo text >text || exit 2
chmod 755 . shown
here=$PWD

# run LEVEL SCRIPT: a shell script in the sandbox.
run() {
	timeout 60 "$sandbox" "$1" run -- /bin/sh -c "$2"
}

compile() {
	timeout 60 "$sandbox" "$1" compile --read "$here/text" \
		--write "$here/shown" -- /bin/sh -c "$2"
}

# As another user, for whom the kernel counts processes.
as_user() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# Which levels work here: the best one and, if that is none of them, all below.
works() {
	[ "$(run "$1" "echo works" 2>/dev/null)" = works ]
}
for level in bubblewrap unshare uid limits; do
	! works "$level" || test_set_prereq "$level"
done

test_expect_success 'the level is one word, and works' '
	echo "$best" | grep -x "bubblewrap\|unshare\|uid\|limits" &&
	works "$best" && works auto
'

test_expect_success 'without bubblewrap there is another level' '
	mkdir tools && for tool in sh dash env cat setpriv prlimit id kill chroot \
		mount mkdir ln; do
		ln -s "$(command -v "$tool")" tools/ || return
	done 2>/dev/null
	PATH=$here/tools "$sandbox" --level >level &&
	grep -x "uid\|limits" level
'

test_expect_success 'what the tests below look for is there outside' '
	test -r /etc/passwd && test -e /proc/self && test -s hidden &&
	test -r "$cairn/solutions/5-list/list.c" &&
	test -r "$cairn/labs/5-list/expected.txt"
'

for level in bubblewrap unshare; do
	test_expect_success "$level" "$level: no /etc, /proc, /sys or home" "
		run $level 'ls -d /etc /proc/self /sys/kernel /home /root /var /dev/zero' >out 2>&1
		test_expect_code 1 grep '^/' out
	"

	test_expect_success "$level" "$level: of the project kernel/ only" "
		run $level 'ls' >out && echo kernel >expected &&
		test_cmp expected out &&
		run $level 'test -r kernel/machine.h'
	"

	test_expect_success "$level" "$level: the files of a compilation, and no others" "
		compile $level 'cat $here/text; cat $here/hidden' >out 2>&1
		grep text out && ! grep secret out
	"

	test_expect_success "$level" "$level: writes to that folder and /tmp only" "
		compile $level 'echo new >$here/shown/new; echo new >/tmp/new && cat /tmp/new
			for at in / /usr $cairn $cairn/kernel $here; do
				echo new >\$at/cairn-new && echo wrote \$at
			done' >out 2>&1
		test -e shown/new && grep -x new out && ! grep wrote out &&
		test ! -e /tmp/new && rm shown/new
	"

	test_expect_success "$level" "$level: the file that is read cannot be written" "
		compile $level 'echo changed >$here/text' 2>/dev/null
		echo text >expected && test_cmp expected text
	"

	test_expect_success "$level" "$level: no network, not even its own" "
		cp '$cairn/kernel/machine.h' . &&
		compile $level 'grep -c . /sys/class/net/lo/operstate; cat </dev/tcp/x/1' >out 2>&1
		unshared=\$(run $level 'readlink /proc/self/ns/net' 2>/dev/null)
		test -z \"\$unshared\"
	"

	test_expect_success "$level" "$level: sees no other processes, and leaves none" "
		run $level 'sleep 61 & echo \$!' >out &&
		test \"\$(cat out)\" -lt 10 &&
		! pgrep -f '^sleep 61\$'
	"

	test_expect_success "$level" "$level: has no rights left" "
		run $level 'mount -t tmpfs none /tmp || chown 1 /tmp || mknod /tmp/x c 1 5' >out 2>&1
		test_expect_code 1 run $level 'mount -t tmpfs none /tmp 2>/dev/null || exit 1'
	"
done

for level in bubblewrap unshare uid limits; do
	test_expect_success "$level" "$level: an empty environment and no input" "
		HOSTILE=yes run $level 'env; cat' <text >out &&
		! grep 'HOSTILE\|HOME\|text' out && grep ^PATH= out
	"

	test_expect_success "$level" "$level: processor time is bounded" "
		test_expect_code 152 run $level 'while :; do :; done'
	"

	test_expect_success "$level" "$level: memory is bounded" "
		run $level 'head -c 1000000000 /usr/bin/env /dev/zero | tail -n 1 >/dev/null; ulimit -v' >out
		test \"\$(tail -n 1 out)\" -le 1048576
	"

	test_expect_success "$level" "$level: the size of a file is bounded" "
		compile $level 'yes >$here/shown/big' 2>/dev/null
		test \$(wc -c <shown/big) -le 33554432 && rm -f shown/big
	"

	test_expect_success "$level" "$level: the status is the command's, or 128 and its signal" "
		test_expect_code 7 run $level 'exit 7' &&
		test_expect_code 139 run $level 'kill -SEGV \$\$' &&
		test_expect_code 137 run $level 'kill -KILL \$\$; sleep 1'
	"

	test_expect_success "$level" "$level: files 3 to 7 stay for run, and for run only" "
		run $level 'cat <&3; echo back >&7' 3<text 7>seven &&
		grep back seven &&
		! compile $level 'cat <&3' 3<text 2>/dev/null
	"

	test_expect_success "$level" "$level: a program of the work folder can be run" "
		printf '#!/bin/sh\necho it runs\n' >program && chmod +x program &&
		timeout 60 $sandbox $level run -- \"$here/program\" >out &&
		grep 'it runs' out
	"
done

test_expect_success 'bubblewrap: the number of processes is bounded for a user' '
	as_user "$sandbox" --level >level &&
	if grep -x "bubblewrap\|unshare\|uid" level; then
		as_user "$sandbox" "$(cat level)" run -- /bin/sh -c \
			"for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1 & done; wait" \
			>out 2>&1
		grep -i "fork" out
	fi
'

test_expect_success 'a sandbox that cannot start is no fault of the command' '
	mkdir broken && printf "#!/bin/sh\necho no >&2\nexit 1\n" >broken/bwrap &&
	chmod +x broken/bwrap &&
	PATH=$here/broken:$PATH test_expect_code 125 \
		"$sandbox" bubblewrap run -- /bin/true 2>errors &&
	tail -n 1 errors | grep "did not start"
'

test_expect_success 'and then another level is taken' '
	PATH=$here/broken:$PATH "$sandbox" --level >level &&
	! grep bubblewrap level
'

test_expect_success 'every level runs under busybox, too' '
	command -v busybox && for level in bubblewrap unshare limits; do
		! works "$level" ||
		test "$(busybox sh "$sandbox" "$level" run -- /bin/echo hello)" = hello ||
			return
	done
'

test_done
