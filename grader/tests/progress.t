#!/bin/sh

test_description='A hang shows itself while it hangs, to whoever sits at a terminal'

tests=$(dirname "$0")
. "$tests/lib.sh"

# Looks many times a second.
mkdir bin
cat >bin/sleep <<-EOT
	#!/bin/sh
	exec $(command -v sleep) 0.05
EOT
chmod +x bin/sleep

# stands MACHINE RUN TEXT: all of the transcript of that run.
stands() {
	mkdir -p "work/on-$1/run.$2" && printf %b "$3" >"work/on-$1/run.$2/serial"
}

# What is said about work/ from now on is in the file said.
follow() {
	PATH="$PWD/bin:$PATH" "$cairn/grader/run/progress" work $$ 2>said &
	following=$!
}

said() {
	eventually grep "$1" said
}

test_expect_success 'a test that stands there is named, once for each machine' '
	stands guest 1 "cairn: lab\nmap... [ok]\nholes... " &&
	stands host 1 "cairn: lab\nover... [ok]\n" &&
	stands judged 1 "cairn: lab\nmap...\n  0 of 3\nmap... [ok]\nresized... " &&
	follow &&
	said "test holes has not returned yet on the machine" &&
	said "test resized has not returned yet in the judged run" &&
	stands guest 1 "map... [ok]\nholes... [hang]\nlater... " &&
	said "test later has not returned yet on the machine" &&
	stands guest 2 "last... \n  shows a line\n" &&
	said "test last has" &&
	kill "$following" &&
	test $(grep -c . said) = 4
'

test_expect_success 'what was printed by a submission is not' '
	rm -rf work && stands host 1 "holes... \n\033[2J... \nLINE... \n" &&
	follow &&
	said "test holes has not returned yet on this computer" &&
	kill "$following" &&
	test $(grep -c . said) = 1 && ! grep "LINE\|2J" said
'

test_expect_success 'before there is a test, it says so; and ends with who began it' '
	rm -rf work && mkdir work &&
	sh -c "PATH=\"$PWD/bin:$PATH\" \"$cairn/grader/run/progress\" work \$\$ 2>said &
		echo \$! >following; until grep building said; do sleep 0.1; done" &&
	read -r following <following &&
	eventually has_ended "$following"
'

# Hangs in its first test, on every machine.
cat >align.c <<-EOT
	#include "memory/align.h"
	uint64_t align_down(uint64_t address, uint64_t align)
	{
		for (volatile int i = 0; i >= 0; i += 2 * (i < 8) - (i > 4) * 2);
		return address + align;
	}
	uint64_t align_up(uint64_t address, uint64_t align) { return address + align; }
EOT

grade="$cairn/grader/grade --lab 0-start --seed 7 --on host --submission align.c"

test_expect_success 'grade says it on a terminal, above the report' '
	test_expect_code 1 env PATH="$PWD/bin:$PATH" script -qec "$grade" /dev/null \
		</dev/null >said &&
	cat said &&
	grep -n "has not returned yet on this computer" said >progress &&
	grep -n "^first failure" said >report &&
	test $(sed "s/:.*//;q" progress) -lt $(sed "s/:.*//" report)
'

test_expect_success 'and nowhere else' '
	test_expect_code 1 $grade >report 2>errors && test ! -s errors &&
	! grep "not returned" report
'

test_done
