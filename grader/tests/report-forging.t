#!/bin/sh

test_description='No form of the report can be broken or forged by a submission'

tests=$(dirname "$0")
. "$tests/lib.sh"
# shellcheck source=report.sh
. "$cairn/grader/tests/report.sh"

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
	grep -v "^  [| ] *\|^  [a-z.]" report.text >ours &&
	cat >expected <<-\EOT &&
	0-start on the machine, and in a process apart, seed 7
	Task 1: align_down
	Task 2: align_up
	next: Task 2: align_up

	first failure: align_up_multiples

	printed for debugging:
	0-start: 3 of 10 points
	EOT
	test_cmp expected ours
'

test_expect_success 'every awk writes the same' '
	mkdir -p any &&
	for form in text json
	do
		for awk in mawk gawk "busybox awk"
		do
			printf "#!/bin/sh\nexec %s \"\$@\"\n" "$awk" >any/awk &&
			chmod +x any/awk &&
			PATH=$PWD/any:$PATH test_expect_code 1 report_on $form \
				"$kept" nasty.c >"by ${awk%% *}" || return 1
		done
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

rm -rf "$kept"
test_done
