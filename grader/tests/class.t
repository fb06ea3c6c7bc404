#!/bin/sh

test_description='Grading a class: one seed, a report each, and one table

Students choose their names, and trouble may come at any time.'

tests=$(dirname "$0")
. "$tests/lib.sh"

solution=$cairn/solutions/0-start/align.c

grade_class() {
	timeout "$patience" "$cairn/grader/grade-class" --lab 0-start "$@" \
		>printed 2>errors
}

# Two processors; and a QEMU that does first what the file qemu-does says.
mkdir bin
cat >bin/nproc <<'EOT'
#!/bin/sh
echo 2
EOT
cat >bin/test-qemu <<'EOT'
#!/bin/sh
here=$PWD
test "$1" = --version || { cd "$FOLDER" && . ./qemu-does && cd "$here"; }
exec qemu-system-x86_64 "$@"
EOT
chmod +x bin/*
: >qemu-does
FOLDER=$PWD
PATH=$PWD/bin:$PATH
CAIRN_QEMU=test-qemu
CAIRN_SECONDS=3600
export FOLDER CAIRN_QEMU CAIRN_SECONDS

# The row of student $1 in $2/summary.csv, and nothing else.
row() {
	grep -cFx -e "$1" "$2/summary.csv" >count
	test "$(cat count)" = 1 || {
		cat "$2/summary.csv"
		return 1
	}
}

mkdir class class/bob
cp "$solution" class/alice.c
sed 's/^	return align_down.*/	return align_down(address + align, align);/' \
	"$solution" >class/bob/align.c
cp "$cairn/labs/0-start/align.c" class/carol.c
echo "int" >class/dan.c
sed 's/^	return align_down(/	*(volatile int *)0 = 1;\n&/' "$solution" \
	>class/eve.c

test_expect_success 'a class of five has five reports and a table' '
	grade_class --seed 5 class out &&
	cat >expected <<-\EOT &&
	student,verdict,points,possible,first failure
	alice,passed,10,10,
	bob,failed,3,10,align_up_multiples
	carol,failed,0,10,align_down_between
	dan,failed,0,10,build error
	eve,failed,3,10,align_up_multiples
	EOT
	test_cmp expected out/summary.csv &&
	ls out >files &&
	printf "%s\n" alice.txt bob.txt carol.txt dan.txt eve.txt summary.csv \
		>expected &&
	test_cmp expected files &&
	tail -n 1 out/bob.txt | grep "^0-start: 3 of 10 points"
'

test_expect_success 'all have the same seed, which is printed' '
	grep "^0-start, seed 5$" printed &&
	test "$(head -qn 1 out/*.txt | grep -c "seed 5$")" = 5 &&
	grade_class --format json class drawn &&
	seed=$(sed -n "s/^0-start, seed //p" printed) &&
	test "$(jq -r .seed drawn/*.json | sort -u)" = "$seed" &&
	test "$(jq -r .verdict drawn/*.json | grep -c .)" = 5
'

test_expect_success 'the points in the table are those of the reports' '
	jq -r "[.verdict, .points, .possible] | join(\",\")" drawn/*.json >points &&
	sed 1d drawn/summary.csv | cut -d, -f2-4 >rows &&
	test_cmp points rows
'

# What a student did wrong in handing in is the student's.
test_expect_success 'what is no submission has a verdict and a report of its own' '
	mkdir wrong wrong/bob wrong/dan wrong/fay wrong/gus &&
	cp "$solution" wrong/alice.c &&
	cp "$solution" "wrong/bob/align (1).c" &&
	: >wrong/dan/align.c &&
	: >wrong/eve.c &&
	cp "$solution" wrong/fay/align.zip &&
	cp "$solution" wrong/hal.zip &&
	grade_class wrong wrong.out &&
	row "alice,passed,10,10," wrong.out &&
	row "bob,no submission,0,10,there is no align.c; the folder has align (1).c" wrong.out &&
	row "dan,no submission,0,10,\"align.c is empty: it defines none of align_down, align_up\"" wrong.out &&
	row "eve,no submission,0,10,\"eve.c is empty: it defines none of align_down, align_up\"" wrong.out &&
	row "fay,no submission,0,10,there is no align.c; the folder has align.zip" wrong.out &&
	row "gus,no submission,0,10,there is no align.c; the folder is empty" wrong.out &&
	row "hal.zip,no submission,0,10,hal.zip is not a C file: its name must end in .c" wrong.out &&
	grep "^no submission:$" wrong.out/bob.txt &&
	grep "^  | there is no align.c; the folder has align (1).c$" wrong.out/bob.txt &&
	tail -n 1 wrong.out/bob.txt | grep "^0-start: 0 of 10 points$"
'

test_expect_success 'what is no plain file is refused, and reads nothing else' '
	mkdir some &&
	ln -s "$solution" some/carol.c &&
	mkfifo some/dan.c &&
	ln -s "$cairn/solutions/0-start" some/fay.c &&
	grade_class some some.out &&
	row "carol,failed,0,10,refused" some.out &&
	row "dan,failed,0,10,refused" some.out &&
	row "fay,failed,0,10,refused" some.out
'

test_expect_success 'who cannot be graded stops nobody, and has no points' '
	rm some/* &&
	cp "$solution" some/alice.c &&
	cp "$solution" some/eve.c && mkdir some/eve &&
	test_expect_code 2 grade_class some both.out &&
	row "alice,passed,10,10," both.out &&
	row "eve,not graded,,,there is eve and also eve.c" both.out &&
	test "$(wc -l <both.out/summary.csv)" = 3
'

test_expect_success 'what is hidden is named; folders may be given by links' '
	rm -r some/* &&
	cp "$solution" some/.x.c &&
	mkdir real && cp "$solution" real/align.c &&
	ln -s ../real some/linked &&
	ln -s some some.link &&
	grade_class --on judged some.link hidden.out &&
	grep "^grade-class: .x.c is hidden" errors &&
	row "linked,passed,10,10," hidden.out &&
	test "$(wc -l <hidden.out/summary.csv)" = 2
'

test_expect_success 'trouble is nobody'\''s zero, and --resume makes up for it' '
	echo "exit 1" >qemu-does &&
	test_expect_code 2 grade_class --seed 3 class trouble &&
	: >qemu-does &&
	test "$(grep -c ",not graded,,,." trouble/summary.csv)" = 4 &&
	row "dan,failed,0,10,build error" trouble &&
	cp trouble/dan.txt dan.before &&
	touch -d "2 days ago" trouble/dan.txt dan.before &&
	grade_class --resume class trouble &&
	test_cmp out/summary.csv trouble/summary.csv &&
	! test trouble/dan.txt -nt dan.before &&
	grep "seed 3$" trouble/alice.txt &&
	test "$(grep -c , printed)" = 5
'

test_expect_success '--resume keeps no row of another submission or version' '
	cp -R class changed &&
	cp -R out changed.out &&
	grade_class --resume changed changed.out &&
	test "$(cat printed)" = "0-start, seed 5" &&
	cp class/alice.c changed/dan.c &&
	grade_class --resume changed changed.out &&
	row "dan,passed,10,10," changed.out &&
	test "$(wc -l <printed)" = 2 &&
	CAIRN_MEMORY=160M grade_class --resume changed changed.out &&
	test "$(wc -l <printed)" = 6 &&
	test "$(jq -r .version changed.out/.class/results/*.json | sort -u | wc -l)" = 1
'

# A tree of its own, in which nothing is built.
test_expect_success 'the version is that of everything that decides a verdict' '
	mkdir tree &&
	(
		cd "$cairn" &&
		cp -R Makefile grub.cfg boot kernel grader labs solutions \
			"$SHARNESS_TRASH_DIRECTORY/tree"
	) &&
	version() {
		(
			grader=$PWD/tree/grader root=$PWD/tree lab=0-start
			. "$grader/take/labs.sh" && . "$grader/report/facts.sh" &&
			whole_version
		)
	}
	version >version.before &&
	grep "^[0-9a-f]\{64\}$" version.before &&
	for file in Makefile grub.cfg boot/kernel.ld kernel/main.c grader/grade \
		grader/judge/compare.awk labs/0-start/points labs/0-start/tests.c \
		labs/0-start/expected.txt solutions/2-paging/mapper.c
	do
		cp "tree/$file" kept && echo >>"tree/$file" &&
		version >version.after &&
		! cmp -s version.before version.after &&
		cp kept "tree/$file" || return 1
	done &&
	echo >>tree/labs/0-start/README.md &&
	echo >>tree/labs/0-start/align.c &&
	echo >>tree/grader/tests/run &&
	version >version.after &&
	test_cmp version.before version.after &&
	printf "#!/bin/sh\necho gcc 99\n" >bin/gcc && chmod +x bin/gcc &&
	version >version.after && rm bin/gcc &&
	! cmp -s version.before version.after &&
	CAIRN_SECONDS=3601 version >version.after &&
	! cmp -s version.before version.after
'

test_expect_success 'nobody waits for a slow one but who grades it' '
	echo "if mkdir first; then until test -e go; do sleep 0.1; done; fi" >qemu-does &&
	"$cairn/grader/grade-class" --lab 0-start --seed 5 --on guest class free \
		>free.log 2>&1 &
	pid=$!
	eventually sh -c "test \$(grep -c , free.log) = 5"
	in_time=$?
	: >go
	wait $pid &&
	test $in_time = 0 &&
	cut -d, -f1,2 out/summary.csv >expected &&
	cut -d, -f1,2 free/summary.csv >verdicts &&
	test_cmp expected verdicts
'

# One of the class is done, two are being graded by machines that never end, and two
# wait.
start_and_hang() {
	rm -rf has-run began && mkdir began
	echo "mkdir has-run || { : >began/\$\$; exec sleep 3600; }" >qemu-does
	"$cairn/grader/grade-class" --lab 0-start --seed 5 --on guest class "$1" \
		>printed 2>errors &
	pid=$!
	eventually sh -c "test \$(ls began | wc -l) = 2 &&
		test \$(grep -c , printed) = 2"
}

# Everything that the run has started has ended; its lock lives as long as a lane.
all_is_over() {
	: >qemu-does
	eventually flock -n "$1/.class/lock" true &&
		for machine in began/*; do
			eventually has_ended "${machine#began/}" || return 1
		done
}

test_expect_success 'only one run is at work in a folder' '
	start_and_hang stopped &&
	cp printed first.printed &&
	test_expect_code 4 "$cairn/grader/grade-class" --lab 0-start class stopped \
		2>errors &&
	grep "^grade-class: another run is at work in .*stopped" errors &&
	test_expect_code 4 "$cairn/grader/grade-class" --lab 0-start --resume class \
		stopped 2>errors &&
	test_cmp first.printed printed
'

test_expect_success 'when it is interrupted, all ends at once, but rows that are done stay' '
	kill -TERM $pid
	wait $pid
	test $? = 2 &&
	all_is_over stopped &&
	test "$(grep -c "not graded,,,the run was stopped" stopped/summary.csv)" = 4 &&
	test "$(grep -c "passed\|failed" stopped/summary.csv)" = 1 &&
	grep "passed\|failed" stopped/summary.csv >kept.row &&
	cp stopped/.class/rows/"$(cut -d, -f1 kept.row)" kept.before
'

test_expect_success '--resume takes up what an interrupted run has left' '
	grade_class --on guest --resume class stopped &&
	test "$(grep -c , printed)" = 5 &&
	! grep -F -f kept.row printed &&
	cut -d, -f1,2 out/summary.csv >expected &&
	cut -d, -f1,2 stopped/summary.csv >verdicts &&
	test_cmp expected verdicts
'

test_expect_success 'nothing goes on when it is killed' '
	start_and_hang killed &&
	kill -KILL $pid
	wait $pid
	all_is_over killed &&
	test ! -e killed/summary.csv &&
	test "$(ls killed/.class/rows | wc -l)" = 1 &&
	grade_class --on guest --resume class killed &&
	test "$(grep -c , printed)" = 5 &&
	cut -d, -f1,2 killed/summary.csv >verdicts &&
	test_cmp expected verdicts &&
	test "$(ls -A killed/.class | tr "\n" " ")" = "lock results rows settings "
'

# Names are bytes; students choose them.
test_expect_success 'odd names keep their reports, and break no table' '
	mkdir odd &&
	for name in "zoë müller" "-x" "--lab" "=cmd()" "+1" "@here" \
		"comma, \"quote\" and '\''" "\$(touch x)" "*" "back\\slash\\n"
	do
		cp "$cairn/labs/0-start/align.c" "odd/$name.c" || return 1
	done &&
	cp "$solution" "odd/$(printf "new\nline\t\033[2J").c" &&
	cp "$solution" "odd/$(printf "bad\377\302\233\342\200\256").c" &&
	grade_class --on judged odd odd.out
	test $? = 0 &&
	for entry in odd/*
	do
		name=${entry#odd/} &&
		grep "points$" "odd.out/${name%.c}.txt" || return 1
	done &&
	for line in "zoë müller" "'\''-x" "'\''--lab" "'\''=cmd()" "'\''+1" \
		"'\''@here" "\"comma, \"\"quote\"\" and '\''\"" "\$(touch x)" "*" \
		"back\\slash\\n"
	do
		row "$line,failed,0,10,align_down_between" odd.out || return 1
	done &&
	row "new\\x0aline\\x09\\x1b[2J,failed,0,10,refused" odd.out &&
	row "bad\\xff\\xc2\\x9b\\xe2\\x80\\xae,passed,10,10," odd.out &&
	test "$(wc -l <odd.out/summary.csv)" = 13 &&
	test ! -e x
'

test_expect_success 'busybox sh grades the same class the same' '
	timeout "$patience" busybox sh "$cairn/grader/grade-class" --lab 0-start --seed 5 \
		class busybox.out &&
	test_cmp out/summary.csv busybox.out/summary.csv
'

test_expect_success 'every awk makes a name harmless in the same way' '
	NAME=$(printf "=\"zo\303\253\",\n\377\357\274\235\360\237\230\200\355\240\200\360\200\200\200")
	export NAME
	printf "%s\n" "=\"zoë\",\\x0a\\xff＝😀\\xed\\xa0\\x80\\xf0\\x80\\x80\\x80" >expected &&
	for awk in mawk gawk "busybox awk"
	do
		LC_ALL=C $awk -f "$cairn/grader/report/name.awk" >name &&
		test_cmp expected name || return 1
	done
'

test_expect_success 'a row is no formula, and its fields are quoted' '
	for name in "=1" "+1" "-1" "@x" "＝1"
	do
		echo "{\"verdict\": \"failed\", \"first_failure\": \"a, \\\"b\\\"\"}" |
			jq -r --arg student "$name" -f "$cairn/grader/report/row.jq" >row &&
		printf "%s\n" failed "'\''$name,failed,,,\"a, \"\"b\"\"\"" >expected &&
		test_cmp expected row || return 1
	done
'

test_expect_success '--help says how it is used' '
	grade_class --help &&
	grep "^usage: grade-class" printed &&
	test ! -s errors
'

test_expect_success 'wrong usage is told, and touches nothing' '
	cp out/summary.csv before &&
	test_expect_code 3 grade_class class out &&
	test_expect_code 3 grade_class --resume --seed 6 class out &&
	test_expect_code 3 grade_class --resume --format tap class out &&
	test_expect_code 3 grade_class --resume class no-such &&
	test_expect_code 3 grade_class no-such new &&
	test_expect_code 3 grade_class --format xml class new &&
	test_expect_code 3 grade_class class class/new &&
	test_expect_code 3 grade_class class &&
	test "$(wc -l <errors)" = 1 &&
	test_cmp before out/summary.csv &&
	test ! -e new && test ! -e class/new
'

test_done
