#!/bin/sh

test_description='Every form of the report says the same, and none can be forged

Each form is read by a parser of others: jq, xmllint, prove.'

tests=$(dirname "$0")
. "$tests/lib.sh"

solution=$cairn/solutions/0-start/align.c
forms="text tap junit json gradescope"

# grade_in FORM FILE.c [OPTION...]: leaves the report in the file report.FORM.
grade_in() {
	form_of_report=$1
	file=$2
	shift 2
	timeout 100 "$cairn/grader/grade" --lab 0-start --seed 7 \
		--format "$form_of_report" --submission "$file" "$@" \
		>"report.$form_of_report" 2>errors
}

# in_form FORM KEPT FILE.c: the report on what grade --keep has left in KEPT.
in_form() {
	build=ok
	test ! -e "$2/0-start/ours" || build=failed
	REPORT_LAB=0-start REPORT_SEED=7 REPORT_ON=both REPORT_BUILD=$build \
		REPORT_COLOUR=no REPORT_SUBMISSION=$3 REPORT_COPY=0-start/align.c \
		REPORT_FOLDERS="$2/0-start/submitted/
${2#"$cairn/"}/0-start/submitted/
$2/0-start/
${2#"$cairn/"}/0-start/
$cairn/" LC_ALL=C ${awk:-awk} -f "$cairn/grader/escape.awk" \
		-f "$cairn/grader/report/read.awk" \
		-f "$cairn/grader/report/describe.awk" \
		-f "$cairn/grader/report/json_text.awk" \
		-f "$cairn/grader/report/$1.awk" \
		kind=build "$2/0-start/build.log.text" \
		kind=records "$2/0-start/records" kind=lines "$2/0-start/lines" \
		kind=debug "$2/0-start/debug.text"
}

# The solution with $1 put in front of what align_up returns: 3 of 10 points, if
# that is a mistake.
with_mistake() {
	sed "/^uint64_t align_up/,/^}/s|^	return|$1\n&|" "$solution"
}

is_printable() {
	test "$(tr -d "\n -~" <"$1" | wc -c)" = 0
}

xpath() {
	xmllint --xpath "$1" report.junit
}

# parses FORM: whether the others' parser takes it.  prove fails for tests that
# fail, but the report itself must have no errors.
parses() {
	is_printable "report.$1" || return 1
	case $1 in
	tap)
		prove -v -e cat report.tap >proved 2>&1
		sed "s/^/  /" proved
		! grep -iE "parse errors|no plan|bad plan|dubious" proved
		;;
	junit) xmllint --noout report.junit ;;
	json | gradescope) jq -e . "report.$1" >/dev/null ;;
	esac
}

# What the form says: points, possible points, and the tests that failed.
says() {
	case $1 in
	text)
		sed -n "\$s/^0-start: \([0-9]*\) of \([0-9]*\) points$/\1 \2/p" \
			report.text
		;;
	tap)
		sed -n "s/^\(not \)*ok.*(\([0-9]*\) of \([0-9]*\) points)$/\2 \3/p" \
			report.tap |
			awk "{ got += \$1; all += \$2 } END { print got, all }"
		;;
	junit)
		echo "$(xpath "sum(//testcase//property[@name=\"points\"]/@value)")" \
			"$(xpath "sum(//testcase//property[@name=\"possible\"]/@value)")"
		;;
	json) jq -r '"\(.points) \(.possible)"' report.json ;;
	gradescope)
		jq -r '"\(.score) \([.tests[].max_score] | add)"' report.gradescope
		;;
	esac
}

failed_tests() {
	case $1 in
	tap) sed -n "s/^not ok [0-9]* - \([a-z_]*\) .*/\1/p" report.tap ;;
	junit) xpath "//testcase[failure]/@name" | sed "s/.*\"\(.*\)\"/\1/" ;;
	json) jq -r '.tests[] | select(.result == "failed").name' report.json ;;
	gradescope)
		jq -r '.tests[] | select(.status == "failed").name' \
			report.gradescope
		;;
	esac
}

# agree STATUS POINTS FAILED FILE.c: all forms of one grading end with this status,
# parse, have the points of 10, and as many failed tests.  The text is grade's own.
agree() {
	rm -rf "${kept:-}"
	test_expect_code "$1" grade_in text "$4" --keep || return 1
	kept=$(sed -n '$s/^kept: //p' report.text)
	sed '$d' report.text >text && mv text report.text
	for form in $forms; do
		test_expect_code "$1" in_form $form "$kept" "$4" >written || return 1
		test $form != text || test_cmp written report.text || return 1
		mv written report.$form &&
			parses $form &&
			says $form >said && sed "s/^/  /" said &&
			test "$(cat said)" = "$2 10" || return 1
		test $form = text ||
			test "$(failed_tests $form | wc -l)" = "$3" || return 1
	done
	test "$(jq "[.tests[].score] | add" report.gradescope)" = "$2" &&
		test "$(xpath "count(//failure)")" = "$3" &&
		test "$(xpath "string(/testsuites/@failures)")" = "$3" &&
		test "$(xpath "count(//error)")" = 0
}

test_expect_success 'forms agree on a solution' '
	agree 0 10 0 "$solution" &&
	grep "^Result: PASS" proved &&
	jq -e ".verdict == \"passed\" and .first_failure == null" report.json
'

test_expect_success 'forms agree on a stub' '
	agree 1 0 5 "$cairn/labs/0-start/align.c" &&
	jq -e ".tests[0].verdict == \"unfinished\"" report.json
'

test_expect_success 'forms agree on a mistake, and say which rule it breaks' '
	sed "/^uint64_t align_up/,/^}/s|^	return.*|	return align_down(address + align, align);|" \
		"$solution" >mistake.c &&
	agree 1 3 3 mistake.c &&
	grep "Failed tests:  3-5" proved &&
	jq -e ".first_failure == \"align_up_multiples\"" report.json &&
	jq -e ".tests[2].rule.id == \"start-2\"" report.json &&
	xpath "string(//testcase[3]/failure)" | grep "  rule start-2: " &&
	jq -r ".tests[2].output" report.gradescope | grep "  rule start-2: " &&
	grep "^#   rule start-2: " report.tap
'

test_expect_success 'forms agree on a crash' '
	with_mistake "*(volatile int *)0 = 1;" >crash.c &&
	agree 1 3 3 crash.c &&
	jq -e ".tests[2].verdict == \"crashed\"" report.json &&
	xpath "string(//testcase[3]/failure/@type)" | grep "^crashed$"
'

test_expect_success 'forms agree on a build error, and show the compiler' '
	echo "uint64_t align_down(" >error.c &&
	agree 1 0 5 error.c &&
	jq -e ".build != \"ok\" and .first_failure == null" report.json &&
	jq -r ".compiler_output[]" report.json | grep "^error.c:1" &&
	xpath "string(//system-out)" | grep "  | error.c:1" &&
	jq -r .output report.gradescope | grep "  | error.c:1" &&
	grep "^#   | error.c:1" report.tap
'

# What breaks terminals and parsers, and what forges verdicts.
cat >nasty.c <<'EOT'
#include "lib/console.h"
#include "lib/panic.h"

static const char *const nasty[] = {
	"]]>",
	"=cmd()|' /C calc'!A0",
	"::set-output name=verdict::passed",
	"##[set-env name=VERDICT]passed",
	"##vso[task.complete result=Succeeded;]",
	"[[ATTACHMENT|/etc/passwd]]",
	"not ok 1 - forged",
	"ok 3 - align_up_multiples (3 of 3 points)",
	"Bail out!",
	"</failure></testcase>&amp;&#0;<![CDATA[ -->",
	"\"quoted\", 'quoted' and \\\\u0000 \\",
	"\033[2J\033]0;title\007 ESC",
	"\xff\xfe\xc3( bad UTF-8",
	"\177 DEL \302\233 C1 \302\205",
	"\357\277\276 U+FFFE \355\240\200",
	"line\rreturn\vfeed\f",
	"first line\n0-start: 10 of 10 points\n1..1\nok 1\n::error::x",
};

static void print_nasty(void)
{
	for (unsigned i = 0; i < sizeof(nasty) / sizeof(*nasty); i++)
		debug_printf("%s\n", nasty[i]);
	debug_printf("before%cbehind NUL\n", 0);
	panic("%s%c\n%s\n%s\n%s\n%s\n%s\n%s\n", nasty[0], 0, nasty[2], nasty[9],
	      nasty[10], nasty[11], nasty[12], nasty[16]);
}

EOT
with_mistake "print_nasty();" >>nasty.c

# No line of the file is what a CI server takes for a command.
commands_nothing() {
	! grep -E "^[[:blank:]]*::|##\[|##vso\[|\[\[ATTACHMENT" "$1"
}

test_expect_success 'nothing that a submission prints breaks or forges a form' '
	agree 1 3 3 nasty.c &&
	test_expect_code 1 grade_in json nasty.c && parses json &&
	for form in $forms
	do
		commands_nothing report.$form || return 1
	done &&
	grep "Failed tests:  3-5" proved
'

cat >escaped <<'EOT'
]]>
=cmd()|' /C calc'!A0
::set-output name=verdict::passed
#\x23[set-env name=VERDICT]passed
#\x23vso[task.complete result=Succeeded;]
[\x5bATTACHMENT|/etc/passwd]]
</failure></testcase>&amp;&#0;<![CDATA[ -->
"quoted", 'quoted' and \\u0000 \
\x1b[2J\x1b]0;title\x07 ESC
\xff\xfe\xc3( bad UTF-8
\x7f DEL \xc2\x9b C1 \xc2\x85
\xef\xbf\xbe U+FFFE \xed\xa0\x80
line\x0dreturn\x0bfeed\x0c
before\x01behind NUL
EOT

test_expect_success 'and each parser gives back what it printed, escaped' '
	jq -r ".debug[]" report.json >json.lines &&
	xpath "string(//system-out)" >junit.lines &&
	jq -r ".output" report.gradescope >gradescope.lines &&
	for form in json junit gradescope
	do
		while read -r line
		do
			grep -F "align_up_multiples: $line" $form.lines >/dev/null || {
				printf "%s\n" "in $form no $line"
				return 1
			}
		done <escaped || return 1
	done &&
	jq -r ".tests[2].actual[]" report.json | grep "panic: \]\]>" &&
	grep -F "  | align_up_multiples: ]]>" report.text
'

test_expect_success 'the lines of ours in a text are the ones that we wrote' '
	grep -v "^  [| ] *\|^  [a-z]" report.text >ours &&
	cat >expected <<-\EOT &&
	0-start on the machine, and in a process apart, seed 7

	first failure: align_up_multiples

	printed for debugging:
	0-start: 3 of 10 points
	EOT
	test_cmp expected ours
'

test_expect_success 'every awk writes the same' '
	for form in $forms
	do
		for awk in mawk gawk "busybox awk"
		do
			test_expect_code 1 in_form $form "$kept" nasty.c \
				>"by ${awk%% *}" || return 1
		done
		unset awk
		test_cmp "by mawk" "by gawk" &&
		test_cmp "by mawk" "by busybox" || return 1
	done
'

test_expect_success 'nor does anything in the text of a submission' '
	printf "#line 1 \"\033[2J]]>##[x].c\"\n#error ::x ]]> <\"&\\\\ \033[2J \377 \302\233 \177\n##[y]\n" >error.c &&
	agree 1 0 5 error.c &&
	for form in $forms
	do
		commands_nothing report.$form || return 1
	done
'

test_expect_success 'nor the file names that it gives its lines' '
	awk "/^uint64_t align_up/ { printf \"#line 1 \\\"%c[2J]]>##[x]%c.c\\\"\\n\", 27, 155 } 1" \
		crash.c >line.c &&
	grep "^#line 1 .*x" line.c &&
	agree 1 3 3 line.c &&
	grep "at align_up.*x1b.2J" report.text &&
	for form in $forms
	do
		commands_nothing report.$form || return 1
	done
'

test_expect_success 'nor the name of its file, and the command line repeats it' '
	name="$PWD/it'\''s \"<&]]>  \\ \$(x) ##[y] $(printf "\303\253").c" &&
	cp mistake.c "$name" &&
	agree 1 3 3 "$name" &&
	commands_nothing report.json &&
	name="$PWD/it'\''s \"<&]]>  \\ \$(x).c" &&
	cp mistake.c "$name" &&
	test_expect_code 1 grade_in json "$name" &&
	command=$(jq -r .command report.json) &&
	(cd "$cairn" && test_expect_code 1 sh -c "$command") >again &&
	grep "^0-start: 3 of 10 points" again &&
	grep "seed 7$" again
'

test_expect_success 'each form records what the verdict depends on' '
	test_expect_code 1 grade_in json mistake.c &&
	jq -r .submission_sha256 report.json >hash &&
	test "$(cat hash)" = "$(sha256sum <mistake.c | cut -d" " -f1)" &&
	jq -e "(.lab_version | test(\"^[0-9a-f]{64}$\")) and
		.lab == \"0-start\" and .seed == \"7\" and
		.machines == \"both\" and (.sandbox | length > 0) and
		(.compiler | test(\"gcc\")) and (.qemu | test(\"QEMU\"))" \
		report.json &&
	for form in tap junit gradescope
	do
		test_expect_code 1 grade_in $form mistake.c &&
		grep "$(cat hash)" report.$form &&
		grep "$(jq -r .lab_version report.json)" report.$form &&
		grep "grader/grade --lab 0-start --seed 7 --on both" report.$form ||
			return 1
	done &&
	test_expect_code 1 grade_in text mistake.c &&
	! grep "$(cat hash)" report.text &&
	test_expect_code 1 grade_in text mistake.c --verbose &&
	grep "$(cat hash)" report.text
'

test_expect_success 'not graded is neither a zero nor a pass, in any form' '
	CAIRN_QEMU=no-such
	export CAIRN_QEMU
	for form in $forms
	do
		test_expect_code 2 grade_in $form "$solution" --on guest &&
		grep "not graded: no-such is missing" errors || return 1
	done
	unset CAIRN_QEMU
	test ! -s report.text &&
	parses json && parses junit && parses gradescope &&
	jq -e ".verdict == \"not graded\" and (.reason | test(\"no-such\"))
		and (has(\"points\") or has(\"tests\") | not)" report.json &&
	jq -e "(has(\"score\") or has(\"tests\") | not) and
		(.output | test(\"not graded: no-such\"))" report.gradescope &&
	test "$(xpath "count(//testcase/error)")" = 1 &&
	test "$(xpath "count(//testcase)")" = 1 &&
	test "$(xpath "string(/testsuites/@errors)")" = 1 &&
	test_must_fail prove -e cat report.tap >proved 2>&1 &&
	grep "Bailout called.  Further testing stopped:  0-start is not graded" proved
'

# Records by hand, as in_form reads them.
records() {
	mkdir -p "by hand/0-start" &&
		: >"by hand/0-start/build.log.text" &&
		: >"by hand/0-start/lines" &&
		: >"by hand/0-start/debug.text" &&
		printf "%b" "$1" >"by hand/0-start/records"
}

test_expect_success 'records that are cut off, or do not add up, are no pass' '
	records "" &&
	test_expect_code 3 in_form text "by hand" x.c &&
	records "test\tfirst\tpassed\t2\t2\n" &&
	test_expect_code 3 in_form text "by hand" x.c &&
	records "test\tfirst\tpassed\t1\t2\nnext\t0\n" &&
	test_expect_code 3 in_form text "by hand" x.c &&
	records "test\tfirst\tpassed\t2\t2\nnext\t0\n" &&
	in_form text "by hand" x.c
'

test_expect_success 'a test that calls itself machine only, on the machine, has failed' '
	records "test\tfirst\tguest-only\t0\t2\nnext\t0\n" &&
	test_expect_code 1 in_form summary "by hand" x.c >said &&
	grep "failed, 0 of 2 points, first failure: first" said
'

test_expect_success 'a missing tool of the grader is not graded either' '
	mkdir bin &&
	ln -s /usr/bin/* bin/ &&
	rm bin/flock &&
	(
		PATH=$PWD/bin
		test_expect_code 2 grade_in json "$solution"
	) &&
	jq -e ".verdict == \"not graded\" and (.reason | test(\"flock\"))" report.json
'

# To a file.

write_to() {
	timeout 100 "$cairn/grader/grade" --lab 0-start --seed 7 "$@" \
		>printed 2>errors
}

test_expect_success 'into a file goes what would be printed, and the verdict is printed' '
	for form in text junit
	do
		test_expect_code 1 grade_in $form mistake.c &&
		test_expect_code 1 write_to --format $form --output "a file" \
			--submission mistake.c &&
		test_cmp report.$form "a file" || return 1
	done &&
	echo "0-start: failed, 3 of 10 points, first failure: align_up_multiples" \
		>expected &&
	test_cmp expected printed
'

test_expect_success 'an older report does not outlive trouble' '
	for form in text junit
	do
		write_to --format $form --output old --impl solutions &&
		CAIRN_QEMU=no-such test_expect_code 2 write_to --format $form \
			--output old --impl solutions &&
		grep "not graded" old &&
		! grep "10 of 10" old || return 1
	done
'

test_expect_success 'a grading that is interrupted leaves no half report' '
	with_mistake "for (;;);" >hang.c &&
	"$cairn/grader/grade" --lab 0-start --format json --output killed \
		--submission hang.c >/dev/null 2>&1 &
	pid=$!
	sleep 1
	kill -TERM $pid
	wait $pid
	test_expect_code 0 test $? -ge 2 &&
	jq -e ".verdict == \"not graded\"" killed &&
	test "$(ls -A | grep -c "^\.report")" = 0
'

test_expect_success 'a full disk leaves no half report' '
	mkdir full &&
	mount -t tmpfs -o size=4k tmpfs full &&
	head -c 4096 /dev/zero >full/filler
	test_expect_code 2 write_to --format json --output full/report \
		--impl solutions
	ls -A full >left
	umount full
	echo filler >expected &&
	test_cmp expected left &&
	grep "not graded" errors
'

test_expect_success 'wrong usage is told' '
	for usage in "--format xml" "--format json --lab" "--output no-such/x" \
		"--output ." "--output /dev/null"
	do
		test_expect_code 3 write_to $usage || return 1
	done &&
	ln -s "$solution" link &&
	test_expect_code 3 write_to --output link &&
	test -h link &&
	test_expect_code 3 "$cairn/grader/grade" --format json &&
	test_expect_code 3 "$cairn/grader/grade" --output x
'

# Without a validator at hand: names, kinds and what is required.
test_expect_success 'the JSON form is as its schema says' '
	schema=$cairn/docs/report.schema.json &&
	fits() {
		jq -e --slurpfile schema "$schema" "
			def kind: if type == \"number\" then \"integer\" else type end;
			def fits(s): (s.type | if type == \"array\" then . else [.] end) as \$types
				| (kind as \$kind | \$types | index(\$kind) != null)
				and (s.enum == null or (. as \$value | s.enum | index(\$value) != null))
				and (s.pattern == null or test(s.pattern))
				and (if type == \"object\" then
					. as \$object | (s.required - keys == []) and (keys - (s.properties | keys) == [])
					and all(keys[]; . as \$key | \$object[\$key] | fits(s.properties[\$key]))
				elif type == \"array\" then all(.[]; fits(s.items))
				else true end);
			fits(\$schema[0])" "$1"
	} &&
	for file in "$solution" mistake.c error.c nasty.c
	do
		grade_in json "$file"
		fits report.json || return 1
	done &&
	CAIRN_QEMU=no-such test_expect_code 2 grade_in json "$solution" &&
	fits report.json &&
	jq ".seed = 7" report.json >wrong &&
	test_must_fail fits wrong &&
	jq ".other = 7" report.json >wrong &&
	test_must_fail fits wrong
'

rm -rf "$kept"
test_done
