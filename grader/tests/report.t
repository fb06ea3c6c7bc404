#!/bin/sh

test_description='Every form of the report says the same'

tests=$(dirname "$0")
. "$tests/lib.sh"
# shellcheck source=report.sh
. "$cairn/grader/tests/report.sh"

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
	agree 1 3 3 mistake.c &&
	grep "Failed tests:  3-5" proved &&
	jq -e ".first_failure == \"align_up_multiples\"" report.json &&
	jq -e ".tests[2].rule.id == \"start-2\"" report.json &&
	xpath "string(//testcase[3]/failure)" | grep "  rule start-2: " &&
	jq -r ".tests[2].output" report.gradescope | grep "  rule start-2: " &&
	grep "^#   rule start-2: " report.tap
'

test_expect_success 'forms agree on a crash' '
	agree 1 3 3 crash.c &&
	jq -e ".tests[2].verdict == \"crashed\"" report.json &&
	xpath "string(//testcase[3]/failure/@type)" | grep "^crashed$"
'

test_expect_success 'forms agree on a build error, and show the compiler' '
	agree 1 0 5 error.c &&
	jq -e ".build != \"ok\" and .first_failure == null" report.json &&
	jq -r ".compiler_output[]" report.json | grep "^error.c:1" &&
	xpath "string(//system-out)" | grep "  | error.c:1" &&
	jq -r .output report.gradescope | grep "  | error.c:1" &&
	grep "^#   | error.c:1" report.tap
'

test_expect_success 'forms agree on what is no submission, and say why' '
	mkdir handed-in &&
	: >handed-in/other.zip &&
	agree 1 0 5 handed-in &&
	jq -e ".verdict == \"no submission\" and .first_failure == null and
		.reason == \"there is no align.c; the folder has other.zip\"" report.json &&
	xpath "string(//failure/@type)" | grep "^no submission$" &&
	xpath "string(//system-out)" | grep "there is no align.c; the folder has other.zip" &&
	jq -e ".score == 0 and .extra_data.verdict == \"no submission\"" report.gradescope &&
	jq -r .output report.gradescope | grep "there is no align.c; the folder has other.zip" &&
	grep "^# no submission:" report.tap &&
	grep "^no submission:" report.text &&
	: >empty.c &&
	test_expect_code 1 grade_in text empty.c &&
	grep "empty.c is empty: it defines none of align_down, align_up$" report.text &&
	test_expect_code 2 grade_in text no-such/align.c &&
	grep "is not graded: there is no folder .*no-such" errors
'

test_expect_success 'each form records what the verdict depends on' '
	test_expect_code 1 grade_in json mistake.c &&
	jq -r .submission_sha256 report.json >hash &&
	test "$(cat hash)" = "$(sha256sum <mistake.c | cut -d" " -f1)" &&
	jq -e "(.lab_version, .version | test(\"^[0-9a-f]{64}$\")) and
		.lab == \"0-start\" and .seed == \"7\" and
		.machines == \"both\" and (.sandbox | length > 0) and
		(.compiler | test(\"gcc\")) and (.qemu | test(\"QEMU\"))" \
		report.json &&
	for form in tap junit gradescope
	do
		jq -r -L "$grader/report" -f "$grader/report/$form.jq" report.json \
			>report.$form &&
		grep "$(cat hash)" report.$form &&
		grep "$(jq -r .version report.json)" report.$form &&
		grep "grader/grade --lab 0-start --seed 7 --on both" report.$form ||
			return 1
	done &&
	test_expect_code 1 grade_in text mistake.c &&
	! grep "$(cat hash)" report.text &&
	test_expect_code 1 grade_in text mistake.c --verbose &&
	grep "$(cat hash)" report.text
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
	for file in "$solution" mistake.c error.c nasty.c no-such.c
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
