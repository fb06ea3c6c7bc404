#!/bin/sh

test_description='The set-up check names what is missing and how to get it

On a PATH that lacks a tool, in folders that make cannot handle, with files that
an editor has converted.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# A folder with links to what the check looks for and runs, but the named ones.
path_without() {
	rm -rf bin && mkdir bin &&
		for program in make gcc ld addr2line nasm grub-mkrescue xorriso mformat \
			qemu-system-x86_64 gdb awk flock prlimit timeout pgrep git clang prove \
			shellcheck shfmt checkbashisms busybox gawk bwrap jq xmllint \
			dash env id sed ln rm apt-get sudo; do
			case " $* " in
			*" $program "*) ;;
			*) ln -s "$(command -v "$program" || echo /none)" "bin/$program" ;;
			esac
		done
}

# Copies what the check looks at into the folder.
copy_tree() {
	mkdir -p "$1/labs/1-test" &&
		cp -R "$cairn/grader" "$1" && cp "$cairn/Makefile" "$1" &&
		echo "1 first" >"$1/labs/1-test/points"
}

doctor=$cairn/grader/doctor

for shell in dash 'busybox sh'; do

	test_expect_success "$shell: it passes here, and says versions" '
	$shell "$doctor" --tests >says &&
	cat says &&
	grep "^ok .*GNU Make [0-9]" says &&
	grep "^ok .*NASM version [0-9]" says &&
	grep "^ok .*QEMU emulator version [0-9]" says &&
	grep "All is well" says
'

	test_expect_success "$shell: the quick check of a whole set-up says nothing" '
	$shell "$doctor" --quick --tests >says 2>&1 &&
	test ! -s says
'

	test_expect_success "$shell: a tool that is missing is named, with its command" '
	path_without nasm mformat &&
	test_expect_code 1 env PATH="$PWD/bin" $shell "$doctor" >says &&
	cat says &&
	grep "MISSING  nasm (package nasm)" says &&
	grep "MISSING  mformat (package mtools)" says &&
	grep "apt-get install .* nasm mtools\$" says
'

	test_expect_success "$shell: what only tests need is asked for only then" '
	path_without shfmt &&
	PATH="$PWD/bin" $shell "$doctor" &&
	test_expect_code 1 env PATH="$PWD/bin" $shell "$doctor" --tests >says &&
	grep "MISSING  shfmt" says
'

	test_expect_success "$shell: the check needs no tool itself" '
	mkdir -p empty && only=$(command -v ${shell%% *}) &&
	test_expect_code 1 env PATH="$PWD/empty" $only ${shell#${shell%% *}} \
		"$doctor" >says 2>errors &&
	cat says errors &&
	test ! -s errors &&
	grep "MISSING  gcc" says &&
	grep "sudo apt-get install .* gcc" says
'

	test_expect_success "$shell: the quick check of a part says what to do" '
	path_without nasm &&
	test_expect_code 1 env PATH="$PWD/bin" $shell "$doctor" --quick 2>says &&
	grep "missing: nasm; run: grader/doctor --install" says
'

	test_expect_success "$shell: without apt-get it prints the command and stops" '
	path_without nasm apt-get &&
	test_expect_code 2 env PATH="$PWD/bin" $shell "$doctor" --install \
		>says 2>errors </dev/null &&
	grep "Cairn needs these packages, which are not installed: nasm" says &&
	grep "no apt-get here" errors &&
	grep "^    \(sudo \)\{0,1\}apt-get install .* nasm\$" errors
'

	test_expect_success "$shell: neither root nor sudo: the same" '
	path_without nasm id sudo &&
	test_expect_code 2 env PATH="$PWD/bin" $shell "$doctor" --install \
		2>errors </dev/null &&
	grep "you are not root, and there is no sudo" errors &&
	grep "^    sudo apt-get install .* nasm\$" errors
'

	# Stands for an apt-get that has no network, and for one that works.
	write_apt_get() {
		rm -f bin/apt-get && cat >bin/apt-get && chmod +x bin/apt-get
	}

	test_expect_success "$shell: an apt-get that fails: the same" '
	path_without nasm apt-get &&
	write_apt_get <<-\EOT &&
	#!/bin/sh
	exit 100
	EOT
	test_expect_code 2 env PATH="$PWD/bin" $shell "$doctor" --install \
		2>errors </dev/null &&
	grep "is there a network?" errors &&
	grep "^    .*apt-get install .* nasm\$" errors
'

	test_expect_success "$shell: it installs what is missing, and nothing else" '
	path_without nasm apt-get sudo &&
	printf "#!/bin/sh\nexec \"\$@\"\n" >bin/sudo && chmod +x bin/sudo &&
	write_apt_get <<-EOT &&
	#!/bin/sh
	echo "\$*" >>"$PWD/apt-get-did"
	case "\$*" in
	*nasm*) ln -s /usr/bin/nasm "$PWD/bin/nasm" ;;
	esac
	EOT
	rm -f apt-get-did &&
	PATH="$PWD/bin" $shell "$doctor" --install </dev/null &&
	cat >expected <<-\EOT &&
	-q update
	-q install -y --no-install-recommends nasm
	EOT
	test_cmp expected apt-get-did &&
	rm apt-get-did &&
	PATH="$PWD/bin" $shell "$doctor" --install </dev/null >says &&
	test ! -e apt-get-did &&
	test ! -s says
'

	# As if typed: $1 is the answer, and the rest the command.  On a terminal of
	# its own.
	on_terminal() {
		answer=$1
		shift
		echo "$answer" | script -qec "$*" /dev/null | tr -d "\r" >says
		cat says
	}

	# An apt-get that works: it puts nasm on the PATH.
	working_apt_get() {
		write_apt_get <<-EOT
			#!/bin/sh
			echo "\$*" >>"$PWD/apt-get-did"
			case "\$*" in
			*install*) ln -s /usr/bin/nasm "$PWD/bin/nasm" ;;
			esac
		EOT
		rm -f apt-get-did
	}

	test_expect_success "$shell: on a terminal it asks, and heeds the answer" '
	path_without nasm apt-get id &&
	printf "#!/bin/sh\necho 0\n" >bin/id && chmod +x bin/id &&
	working_apt_get &&
	on_terminal n env PATH=bin $shell "$doctor" --install &&
	grep "Install them now" says &&
	grep "you said no" says &&
	test ! -e apt-get-did &&
	on_terminal "" env PATH=bin $shell "$doctor" --install &&
	grep "Install them now" says &&
	grep "install.* nasm" apt-get-did
'

	test_expect_success "$shell: without one it says what it does, and how to forbid it" '
	path_without nasm apt-get id &&
	printf "#!/bin/sh\necho 0\n" >bin/id && chmod +x bin/id &&
	working_apt_get &&
	PATH="$PWD/bin" $shell "$doctor" --install </dev/null >says &&
	grep "installed now; CAIRN_INSTALL=no forbids it" says &&
	grep "install.* nasm" apt-get-did
'

	test_expect_success "$shell: CAIRN_INSTALL decides in place of somebody" '
	path_without nasm apt-get id &&
	printf "#!/bin/sh\necho 0\n" >bin/id && chmod +x bin/id &&
	working_apt_get &&
	test_expect_code 2 env PATH="$PWD/bin" CAIRN_INSTALL=no $shell \
		"$doctor" --install </dev/null 2>errors &&
	grep "CAIRN_INSTALL=no forbids it" errors &&
	grep "^    apt-get install .* nasm\$" errors &&
	test_expect_code 3 env PATH="$PWD/bin" CAIRN_INSTALL=never $shell \
		"$doctor" --install </dev/null 2>errors &&
	grep "CAIRN_INSTALL must be yes or no" errors &&
	test ! -e apt-get-did &&
	on_terminal n env PATH=bin CAIRN_INSTALL=yes $shell "$doctor" \
		--install &&
	! grep "Install them now" says &&
	grep "install.* nasm" apt-get-did
'

	# Debian's own program for such names, on folders of ours; gawk is preferred
	# to mawk, as there.
	test_expect_success "$shell: a name like awk goes on to mean what it meant" '
	path_without nasm awk apt-get id &&
	printf "#!/bin/sh\necho 0\n" >bin/id && chmod +x bin/id &&
	rm -rf alternatives database && mkdir alternatives database &&
	cat >bin/update-alternatives <<-EOT &&
	#!/bin/sh
	exec $(command -v update-alternatives) --log /dev/null \
		--altdir "$PWD/alternatives" --admindir "$PWD/database" "\$@"
	EOT
	chmod +x bin/update-alternatives &&
	bin/update-alternatives --install "$PWD/bin/awk" awk /usr/bin/mawk 5 &&
	bin/update-alternatives --install "$PWD/bin/cc" cc /usr/bin/gcc 20 &&
	for status in 0 100
	do
		write_apt_get <<-EOT &&
		#!/bin/sh
		case "\$*" in
		*install*)
			ln -sf /usr/bin/nasm "$PWD/bin/nasm"
			update-alternatives --install "$PWD/bin/awk" awk /usr/bin/gawk 10
			exit $status
			;;
		esac
		EOT
		rm -f bin/nasm &&
		PATH="$PWD/bin" $shell "$doctor" --install </dev/null
		test "$(readlink -f bin/awk)" = "$(readlink -f /usr/bin/mawk)" || return 1
	done &&
	bin/update-alternatives --get-selections >meanings &&
	grep "^cc  *auto  */usr/bin/gcc$" meanings
'

	test_expect_success "$shell: what only instructors need is asked for only then" '
	path_without jq &&
	PATH="$PWD/bin" $shell "$doctor" >says &&
	! grep jq says &&
	test_expect_code 1 env PATH="$PWD/bin" $shell "$doctor" --quick --forms \
		2>says &&
	grep "missing: jq; run: grader/doctor --install --forms$" says
'

	test_expect_success "$shell: a QEMU that is too old is told" '
	path_without qemu-system-x86_64 &&
	cat >bin/qemu-system-x86_64 <<-\EOT &&
	#!/bin/sh
	echo "QEMU emulator version 5.2.0 (Debian 1:5.2+dfsg-11)"
	EOT
	chmod +x bin/qemu-system-x86_64 &&
	test_expect_code 1 env PATH="$PWD/bin" $shell "$doctor" >says &&
	grep "PROBLEM  QEMU 5.2.0 .* is too old" says
'

	test_expect_success "$shell: a folder with a blank in its name" '
	copy_tree "two words" &&
	test_expect_code 1 $shell "two words/grader/doctor" >says &&
	grep "PROBLEM  the folder .*two words has a blank" says &&
	test_expect_code 1 $shell "two words/grader/doctor" --quick 2>says &&
	grep "PROBLEM" says
'

	test_expect_success "$shell: a folder whose name means something to make" '
	copy_tree "a\$(b)" &&
	test_expect_code 1 $shell "a\$(b)/grader/doctor" >says &&
	grep "PROBLEM  the folder" says
'

	test_expect_success "$shell: sources with Windows line ends" '
	copy_tree converted && $shell converted/grader/doctor >says; ! grep CRLF says &&
	printf "1 first\r\n" >converted/labs/1-test/points &&
	test_expect_code 1 $shell converted/grader/doctor >says &&
	grep "PROBLEM  .*/labs/1-test/points has Windows line ends (CRLF)" says
'

	test_expect_success "$shell: an unknown option is bad usage" '
	test_expect_code 3 $shell "$doctor" --instal 2>says &&
	grep "usage: doctor" says
'

done

# Only where a folder of that name can be made, which is never a real drive.
if test -w /mnt && mkdir /mnt/z 2>/dev/null; then
	rmdir /mnt/z && test_set_prereq WINDOWS_DRIVE
fi

test_expect_success WINDOWS_DRIVE 'a Windows drive under WSL' '
	copy_tree /mnt/z/cairn &&
	test_expect_code 1 /mnt/z/cairn/grader/doctor >says &&
	rm -rf /mnt/z &&
	grep "PROBLEM  /mnt/z/cairn is on a Windows drive" says
'

test_done
