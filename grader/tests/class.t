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

test_expect_success 'who cannot be graded stops nobody, and has no points' '
	mkdir some &&
	cp "$solution" some/alice.c &&
	mkdir some/bob &&
	ln -s "$solution" some/carol.c &&
	echo >some/notes.txt &&
	mkfifo some/dan.c &&
	cp "$solution" some/eve.c && mkdir some/eve &&
	test_expect_code 2 grade_class some some.out &&
	row "alice,passed,10,10," some.out &&
	row "bob,not graded,,,there is no file align.c" some.out &&
	row "carol,not graded,,,the submission is a link" some.out &&
	row "dan,not graded,,,there is no file dan.c" some.out &&
	row "eve,not graded,,,there is eve and also eve.c" some.out &&
	row "notes.txt,not graded,,,neither a file NAME.c nor a folder" some.out &&
	test "$(wc -l <some.out/summary.csv)" = 7
'

test_expect_success 'trouble is nobody'\''s zero, and --resume makes up for it' '
	cp class/bob/align.c some/bob/ &&
	CAIRN_QEMU=no-such test_expect_code 2 grade_class --seed 3 class trouble &&
	test "$(grep -c ",not graded,,,.*no-such is missing" trouble/summary.csv)" = 4 &&
	row "dan,failed,0,10,build error" trouble &&
	cp trouble/dan.txt dan.before &&
	touch -d "2 days ago" trouble/dan.txt dan.before &&
	grade_class --resume class trouble &&
	test_cmp out/summary.csv trouble/summary.csv &&
	! test trouble/dan.txt -nt dan.before &&
	grep "seed 3$" trouble/alice.txt &&
	test "$(grep -c , printed)" = 5
'

a_report_is_written() {
	ls stopped/.report.* >/dev/null 2>&1
}

# Two processors, so that two gradings of five are under way.
test_expect_success '--resume takes up what an interrupted run has left' '
	mkdir bin &&
	printf "#!/bin/sh\necho 2\n" >bin/nproc &&
	chmod +x bin/nproc &&
	PATH=$PWD/bin:$PATH "$cairn/grader/grade-class" --lab 0-start --seed 5 \
		class stopped >stopped.log 2>&1 &
	pid=$!
	eventually a_report_is_written &&
	kill -TERM $pid
	wait $pid
	test $? = 2 &&
	grep "passed\|failed" stopped/summary.csv &&
	grep "not graded,,,the run was stopped" stopped/summary.csv &&
	grade_class --resume class stopped &&
	test_cmp out/summary.csv stopped/summary.csv
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
	grade_class --on host odd odd.out
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

test_expect_success 'every awk writes the same row' '
	ROW_STUDENT=$(printf "=\"zo\303\253\",\n\377\357\274\235\360\237\230\200\355\240\200\360\200\200\200")
	export ROW_STUDENT
	printf "%s\n" "\"'\''=\"\"zoë\"\",\\x0a\\xff＝😀\\xed\\xa0\\x80\\xf0\\x80\\x80\\x80\",,,," \
		>expected
	for awk in mawk gawk "busybox awk"
	do
		LC_ALL=C $awk -f "$cairn/grader/report/row.awk" >row &&
		test_cmp expected row || return 1
	done
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
	test_cmp before out/summary.csv &&
	test ! -e new && test ! -e class/new
'

test_done
