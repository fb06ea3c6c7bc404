#!/bin/sh
# What the tests of the report's forms share; sourced behind lib.sh.
#
# Each form is read by a parser of others: jq, xmllint, prove.
#
# shellcheck disable=SC2154 # cairn comes from there

solution=$cairn/solutions/0-start/align.c
forms="text tap junit json gradescope"

# grade_in FORM FILE.c [OPTION...]: leaves the report in the file report.FORM.
grade_in() {
	form_of_report=$1
	file=$2
	shift 2
	timeout "$patience" "$cairn/grader/grade" --lab 0-start --seed 7 \
		--format "$form_of_report" --submission "$file" "$@" \
		>"report.$form_of_report" 2>errors
}

grader=$cairn/grader
# shellcheck source=../report/report.sh
. "$grader/report/report.sh"

# report_on FORM KEPT FILE.c: the report on what grade --keep has left in KEPT.
report_on() {
	build=ok
	test ! -e "$2/0-start/ours" || build=failed
	test -d "$2/0-start/submitted" || build=no-submission
	(
		REPORT_LAB=0-start
		REPORT_SEED=7
		REPORT_ON=both
		REPORT_BUILD=$build
		REPORT_COLOUR=no
		REPORT_SUBMISSION=$3
		REPORT_COPY=0-start/align.c
		REPORT_FOLDERS="$2/0-start/submitted/
${2#"$cairn/"}/0-start/submitted/
$2/0-start/
${2#"$cairn/"}/0-start/
$cairn/"
		LC_ALL=C
		export REPORT_LAB REPORT_SEED REPORT_ON REPORT_BUILD REPORT_COLOUR \
			REPORT_SUBMISSION REPORT_COPY REPORT_FOLDERS LC_ALL
		in_form "$1" kind=build "$2/0-start/build.log.text" \
			kind=records "$2/0-start/records" \
			kind=lines "$2/0-start/lines" \
			kind=debug "$2/0-start/debug.text"
	)
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
	# How to repeat it is not in what grade keeps.
	sed '$d; /^  again: /d' report.text >text && mv text report.text
	for form in $forms; do
		test_expect_code "$1" report_on $form "$kept" "$4" >written || return 1
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

# ---- Submissions to report on ---------------------------------------------------

sed "/^uint64_t align_up/,/^}/s|^	return.*|	return align_down(address + align, align);|" \
	"$solution" >mistake.c
with_mistake "*(volatile int *)0 = 1;" >crash.c
echo "uint64_t align_down(" >error.c

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
