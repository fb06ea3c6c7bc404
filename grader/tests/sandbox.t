#!/bin/sh

test_description='What the sandbox hides and bounds, at every level there is

The same attempts succeed outside, as the first tests show.'

tests=$(dirname "$0")
. "$tests/lib.sh"

sandbox=$cairn/grader/run/sandbox

# Where another user may read it, too, wherever this tree lies.
readable=$(mktemp -d /tmp/cairn-sandbox.XXXXXX)
trap 'rm -rf "$readable"' EXIT
cp -R "$cairn/grader" "$cairn/kernel" "$readable"
chmod -R a+rX "$readable"

best=$("$sandbox" --level)

# One file is shown to the commands, and one folder is theirs to write to.
here=$cairn/$IMAGE
rm -rf "$here"
mkdir -p "$here/theirs" && echo shown >"$here/shown" &&
	echo hidden >"$here/hidden" || exit 2

# run LEVEL SCRIPT, compile LEVEL SCRIPT: a shell script in the sandbox; LEVEL may
# be `none`, for what happens outside.
run() {
	case $1 in
	none) (cd "$cairn" && /bin/sh -c "$2") ;;
	*) timeout "$patience" "$sandbox" "$1" run -- /bin/sh -c "$2" ;;
	esac
}

compile() {
	case $1 in
	none) run "$@" ;;
	*)
		timeout "$patience" "$sandbox" "$1" compile --read "$here/shown" \
			--write "$here/theirs" -- /bin/sh -c "$2"
		;;
	esac
}

# As another user, for whom the kernel counts processes.
as_user() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# ---- What is tried --------------------------------------------------------------

sees_system() {
	run "$1" 'test -e /etc/passwd || test -e /proc/self || test -e /sys/kernel ||
		test -e /dev/zero || test -e /var || test -e /home'
}

sees_project() {
	run "$1" 'test -e solutions || test -e labs || test -e grader || test -e .git'
}

sees_hidden() {
	compile "$1" "cat '$here/hidden'" 2>/dev/null | grep hidden
}

changes_shown() {
	cp "$here/shown" saved
	compile "$1" "echo changed >'$here/shown'" 2>/dev/null
	! cmp "$here/shown" saved
	changed=$?
	cp saved "$here/shown"
	return "$changed"
}

writes_elsewhere() {
	compile "$1" "for at in / /usr '$cairn' '$cairn/kernel' '$here'; do
		! : >\"\$at/new\" || { rm \"\$at/new\"; echo wrote \$at; }
	done" 2>/dev/null | grep wrote
}

# A server outside, which ends with the first that comes, or is killed.
reaches_network() {
	perl -MIO::Socket::INET -e '
		$server = IO::Socket::INET->new(Listen => 1,
			LocalAddr => "127.0.0.1") or exit 1;
		open(F, ">port"); print F $server->sockport; close(F);
		alarm 900; $server->accept' &
	server=$!
	eventually test -s port
	run "$1" "perl -MIO::Socket::INET -e '
		exit !IO::Socket::INET->new(\"127.0.0.1:$(cat port)\")'"
	reached=$?
	rm port
	kill "$server" 2>/dev/null
	return "$reached"
}

sees_processes() {
	sleep "$patience" &
	outside=$!
	run "$1" "kill -0 $outside" 2>/dev/null
	seen=$?
	kill "$outside"
	return "$seen"
}

# A process that stays holds the pipe open.  Where none may, the end of file is waited
# for; without a sandbox it stays, and a second shows that as well as an hour.
leaves_processes() {
	rm -f held && mkfifo held
	cat held >/dev/null &
	reader=$!
	run "$1" 'sleep 1000 >/dev/null 2>&1 & echo $! >&6' 6>left 7>held
	if [ "$1" != none ]; then
		! eventually has_ended "$reader"
		return
	fi
	sleep 1
	kill -0 "$reader"
	stayed=$?
	kill "$(cat left)"
	return "$stayed"
}

has_rights() {
	run "$1" 'mkdir -p /tmp/cairn-rights && mount -t tmpfs none /tmp/cairn-rights &&
		umount /tmp/cairn-rights && rmdir /tmp/cairn-rights' 2>/dev/null
}

takes_memory() {
	run "$1" 'dd if=/usr/bin/env of=/dev/null bs=700M count=1' 2>/dev/null
}

makes_large_file() {
	compile "$1" "dd if=/dev/null of='$here/theirs/large' bs=1 seek=100M" \
		2>/dev/null
	rm "$here/theirs/large" && test "$1" = none
}

works_long() {
	compile "$1" 'while :; do :; done'
	test $? -ne 152
}

has_environment() {
	HOSTILE=yes run "$1" 'env' | grep HOSTILE
}

reads_input() {
	echo input | run "$1" 'cat' | grep input
}

# ---- The tests -----------------------------------------------------------------

works() {
	[ "$(run "$1" "echo works" 2>/dev/null)" = works ]
}

test_expect_success 'the level is one word, and works' '
	echo "$best" | grep -x "bubblewrap\|unshare\|uid\|limits" &&
	works "$best" && works auto
'

attempts_to_see="sees_system sees_project sees_hidden changes_shown
	writes_elsewhere reaches_network sees_processes leaves_processes"
attempts_to_take="takes_memory has_environment reads_input"

for attempt in $attempts_to_see $attempts_to_take; do
	test_expect_success "outside it succeeds: $attempt" "$attempt none"
done
# Root of a plain container has neither these rights nor the levels that take them.
if [ "$(id -u)" -eq 0 ] && { works bubblewrap || works unshare; }; then
	test_expect_success "outside it succeeds: has_rights" "has_rights none"
fi

for level in bubblewrap unshare; do
	works "$level" || continue
	for attempt in $attempts_to_see has_rights; do
		test_expect_success "$level stops: $attempt" "! $attempt $level"
	done
	test_expect_success "$level: what there is can be used" "
		run $level 'test -r kernel/machine.h && echo x >/tmp/x && cat /tmp/x' &&
		compile $level 'cat $here/shown >$here/theirs/copy' &&
		test_cmp $here/shown $here/theirs/copy
	"
done

for level in bubblewrap unshare uid limits; do
	works "$level" || continue
	for attempt in $attempts_to_take works_long; do
		test_expect_success "$level stops: $attempt" "! $attempt $level"
	done
	test_expect_success "$level: a file does not grow for ever" "
		test_expect_code 153 compile $level 'yes >$here/theirs/large' &&
		test \$(wc -c <$here/theirs/large) -le 33554432 &&
		rm -f $here/theirs/large
	"
	test_expect_success "$level: the status is the command's, or 128 and its signal" "
		test_expect_code 7 run $level 'exit 7' &&
		test_expect_code 139 run $level 'kill -SEGV \$\$' &&
		(CAIRN_WORK=2 && export CAIRN_WORK &&
			test_expect_code 152 run $level 'while :; do :; done')
	"
	test_expect_success "$level: files 3 to 7 are there for run, and only for run" "
		run $level 'cat <&3; echo back >&7' 3<$here/shown 7>seven &&
		grep back seven &&
		! compile $level 'cat <&3' 3<$here/shown
	"
	test_expect_success "$level: a program of the work folder can be run" "
		printf '#!/bin/sh\necho it runs\n' >$here/program &&
		chmod +x $here/program &&
		timeout $patience $sandbox $level run -- $here/program | grep 'it runs'
	"
	test_expect_success "$level: for a project below /tmp, too" "
		test \$($readable/grader/run/sandbox $level run -- /bin/echo hello) = hello
	"
	test_expect_success "$level: under busybox, too" "
		test \$(busybox sh $sandbox $level run -- /bin/echo hello) = hello
	"
done

test_expect_success 'the number of processes is bounded, but for root' '
	case $(as_user "$readable/grader/run/sandbox" --level) in
	limits) ;;
	*)
		as_user "$readable/grader/run/sandbox" auto run -- /bin/sh -c \
			"for i in 1 2 3 4 5 6 7 8 9 10; do sleep 60 & done; wait" \
			>out 2>&1
		grep -i fork out
		;;
	esac
'

test_expect_success 'a sandbox that cannot start is told from its command' '
	mkdir broken && printf "#!/bin/sh\necho no >&2\nexit 1\n" >broken/bwrap &&
	chmod +x broken/bwrap &&
	PATH=$PWD/broken:$PATH test_expect_code 125 \
		"$sandbox" bubblewrap run -- /bin/true 2>errors &&
	tail -n 1 errors | grep "did not start"
'

# Only root can be another user.
test_expect_success 'uid: a folder that others cannot enter is named, and what to do' '
	closed=$(mktemp -d) &&
	mkdir "$closed/theirs" && echo "int x;" >"$closed/shown" &&
	! works uid || test_expect_code 125 "$sandbox" uid compile \
		--read "$closed/shown" --write "$closed/theirs" -- /bin/true 2>errors &&
	{ ! works uid || grep "CAIRN_BUILD can name: $closed/shown" errors; } &&
	rm -rf "$closed"
'

test_expect_success 'and then it is another level' '
	PATH=$PWD/broken:$PATH "$sandbox" --level >level &&
	! grep bubblewrap level && works "$(cat level)"
'

test_done
