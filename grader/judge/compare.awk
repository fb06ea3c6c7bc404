# usage: awk -f escape.awk -f transcript.awk -f compare.awk lab=LAB seed=SEED \
#            kind=points FILE kind=expected FILE \
#            kind=run from=1 ended=triple-fault FILE \
#            kind=run from=5 ended=exited FILE ...
#
# Compare what the runs of a lab's tests printed with what they should have
# printed.  docs/transcript.md describes the transcript and expected.txt.  A
# points file has a line `POINTS test_name` for each test, in their order.
# `ended` is boot's word for how a run ended, `from` the number of its first
# test.  With first=N and last=N before them, only tests of these numbers are asked for.
#
# Prints one record for each test, its fields separated by tabs:
#
#   test  NAME  VERDICT  POINTS  POSSIBLE
#
# with the verdicts passed, cannot (as expected: docs/transcript.md), failed,
# unfinished, guest-only, crashed, hang, mismatch (its lines are not the expected
# ones), not-reached, and, for a test during which the machine went down, boot's
# word.  It is followed by
#
#   task      TEXT        the comment `# Task 1: TEXT` of points that it stands below
#
# and if it has not passed, by
#
#   because   why, in words; of an unfinished test, which task
#   rule      ID  TEXT        the rule that was broken
#   expected  a line          each one that should have been printed
#   actual    a line          each one that was
#   more      N           so many lines are left out here
#
# and the last record is
#
#   announced  a line        the first line of a transcript that is of other tests
#   next      N               the number of the test to go on with in another
#                             run; 0 if all is done; no-tests if the last run
#                             never got to its tests
#
# Nothing in the records but tabs and newlines of ours is a control character.
# Exit status: 0, or 2 if points and expected.txt do not fit each other.

function trouble(text) {
	print "compare: " text | "cat >&2"
	in_trouble = 1
	exit 2
}

# ---- The points file and expected.txt --------------------------------------

function read_points(    name, value) {
	if (/^# Task [0-9]+: ./)
		heading = substr($0, 3)
	sub(/#.*/, "")
	if (NF == 0)
		return
	value = $1
	name = $2
	if (NF != 2 || name !~ /^[a-z][a-z0-9_]*$/ || value !~ /^[0-9]+$/)
		trouble(FILENAME ":" FNR ": expected `POINTS test_name`")
	if (name in number)
		trouble(FILENAME ":" FNR ": " name " comes twice")
	names[++test_count] = name
	number[name] = test_count
	possible[name] = value
	heading_of[name] = heading
}

function read_expected(    name) {
	if ($0 == "" && expecting == "")
		return
	name = name_of($0)
	if (name != "" && name != expecting) {
		if (name in expected_count)
			trouble(FILENAME ":" FNR ": " name " comes twice")
		expecting = name
	}
	if (expecting == "")
		trouble(FILENAME ":" FNR ": this line belongs to no test")
	expected[expecting, ++expected_count[expecting]] = $0
}

function check_files_fit(    i, name) {
	files_checked = 1
	if (!last)
		last = test_count
	for (i = 1; i <= test_count; i++) {
		name = names[i]
		if (!(name in expected_count))
			trouble("expected.txt has no lines for " name)
		if (expects_cannot(name) && possible[name] > 0)
			trouble(name " cannot be done, so it has no points")
	}
	for (name in expected_count)
		if (!(name in number))
			trouble("the points file does not list " name)
}

# ---- The transcript ---------------------------------------------------------

# The name that the line begins with, but only of a test that the points file lists.
function begun_name(line,    name) {
	name = name_of(line)
	return name in number ? name : ""
}

function first_line() {
	return "cairn: lab " lab ", seed " seed ", tests " from " to " \
		last " of " test_count
}

function begin_run() {
	in_run = FILENAME
	inside = over = blanks = 0
	current = ""
	last_begun = from - 1
	run_ended = ended
	run_from = from
}

function begin_test(name) {
	if (name in actual_count)
		repeated[name] = 1
	else if (number[name] <= last_begun)
		disordered[name] = 1
	else
		last_begun = number[name]
	current = name
}

function read_run(    name) {
	if (!inside) {
		inside = !over && $0 == first_line()
		if (!inside && /^cairn: lab ./)
			announced = $0
		return
	}
	if ($0 == "cairn: end of tests" && last_begun == last) {
		inside = 0
		over = 1
		return
	}
	if ($0 == "") {
		blanks++
		return
	}
	for (; blanks > 0; blanks--)
		add_line("")
	name = begun_name($0)
	if (name != "" && (name != current || (name in verdict_word)))
		begin_test(name)
	add_line($0)
	read_details()
}

# Keeps the beginning and the end of a test's lines, more than any comparison and
# the report need.
function add_line(line,    count) {
	if (current == "")
		return
	count = ++actual_count[current]
	actual[current, count] = line
	if (count > 300)
		delete actual[current, count - 100]
}

# What a line says about the test that is running.  A verdict that gives no
# points may stand behind whatever a submission has printed.
function read_details(    colon) {
	if (current == "")
		return
	if (begun_name($0) == current && /\.\.\. \[ok\]$/)
		set_verdict("ok")
	else if (match($0, /\[(cannot|failed|unfinished|guest only|crashed|hang)\]$/))
		set_verdict(substr($0, RSTART + 1, RLENGTH - 2))
	else if (/^  unfinished: ./) {
		if (!(current in task))
			task[current] = substr($0, 15)
	} else if (/^  rule [a-z]+-[0-9]+: ./ && !(current in rule_id)) {
		colon = index($0, ":")
		rule_id[current] = substr($0, 8, colon - 8)
		rule_text[current] = substr($0, colon + 2)
	}
}

function set_verdict(word) {
	if (!(current in verdict_word))
		verdict_word[current] = word
}

function end_run() {
	if (in_run == "")
		return
	if (inside && current != "")
		cut_short[current] = run_ended
	if (over || (inside && last_begun >= last))
		next_test = 0
	else if (!inside)
		next_test = "no-tests"
	else if (last_begun < run_from && run_from < last)
		next_test = run_from + 1
	else if (last_begun < run_from)
		next_test = 0
	else
		next_test = last_begun + 1
	in_run = ""
}

# ---- The verdict ------------------------------------------------------------

# The number of the first line of the test that is not as expected, or 0.
function first_difference(name,    i, most) {
	split("", captured)
	most = expected_count[name]
	if (actual_count[name] > most)
		most = actual_count[name]
	for (i = 1; i <= most; i++)
		if (i > expected_count[name] || i > actual_count[name] || \
		    !line_fits(expected[name, i], actual[name, i]))
			return i
	return 0
}

# Whether the test shows what this lab's design cannot do.  One that can is as right.
function expects_cannot(name) {
	return expected[name, 1] == name "... [cannot]"
}

function is_plain_ok(name) {
	return actual_count[name] == 1 && actual[name, 1] == name "... [ok]"
}

# Sets `because`.
function judge(name,    difference, word) {
	because = ""
	if (!(name in actual_count))
		return "not-reached"
	difference = first_difference(name)
	word = verdict_word[name]
	if (name in repeated) {
		because = "its name was printed for a second test"
		return "failed"
	}
	if (name in disordered) {
		because = "its name was printed out of order"
		return "failed"
	}
	if (!difference)
		return word == "cannot" ? "cannot" : "passed"
	if (expects_cannot(name) && is_plain_ok(name))
		return "passed"
	if (word == "cannot") {
		because = "the allocator had no memory for it"
		return "failed"
	}
	if (word == "unfinished")
		because = task[name]
	if (word ~ /^(failed|unfinished|crashed|hang)$/)
		return word
	if (word == "guest only")
		return "guest-only"
	if (name in cut_short)
		return cut_short[name]
	because = "line " difference " is not the expected one"
	return "mismatch"
}

function print_lines(kind, lines, name, count,    i) {
	for (i = 1; i <= count; i++)
		if (i <= 20 || i > count - 20)
			print kind "\t" escape(lines[name, i])
		else if (i == 21)
			print "more\t" (count - 40)
}

function print_record(name,    verdict) {
	verdict = judge(name)
	print "test\t" name "\t" verdict "\t" \
		(verdict == "passed" ? possible[name] : 0) "\t" possible[name]
	if (heading_of[name] != "")
		print "task\t" escape(heading_of[name])
	if (verdict ~ /^(passed|guest-only|not-reached)$/)
		return
	if (because != "")
		print "because\t" escape(because)
	if (name in rule_id)
		print "rule\t" escape(rule_id[name]) "\t" escape(rule_text[name])
	if (verdict == "cannot")
		return
	print_lines("expected", expected, name, expected_count[name])
	print_lines("actual", actual, name, actual_count[name])
}

BEGIN {
	next_test = "no-tests"
}

# Blanks at the end of a line do not count, nor does a carriage return in a file
# of the lab that some editor has converted.
{ sub(kind == "run" ? "[ \t]+$" : "[ \t\r]+$", "") }

kind == "points" { read_points(); next }
kind == "expected" { read_expected(); next }
kind == "run" && !files_checked { check_files_fit() }
kind == "run" && FNR == 1 { end_run(); begin_run() }
kind == "run" { read_run() }

END {
	if (in_trouble)
		exit 2
	if (!files_checked)
		check_files_fit()
	if (in_trouble)
		exit 2
	end_run()
	for (i = first ? first : 1; i <= last; i++)
		print_record(names[i])
	if (next_test == "no-tests" && announced)
		print "announced\t" escape(announced)
	print "next\t" next_test
}
