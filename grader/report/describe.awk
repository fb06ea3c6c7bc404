# What all forms of the report say in the same words.  Loaded behind read.awk,
# whose variables it uses.
#
# Whatever a submission printed comes out of here as printable ASCII and behind
# a bar.

BEGIN {
	place_of["both"] = "on the machine, and in a process apart"
	place_of["guest"] = "on the machine"
	place_of["judged"] = "in a process apart"
	place_of["host"] = "on this computer"
	build_title["failed"] = "build error"
	build_title["refused"] = "refused"
	build_title["no-submission"] = "no submission"
	build_title["did-not-start"] = "with this submission the tests never begin"
	words["passed"] = "passed"
	words["cannot"] = "cannot"
	words["failed"] = "failed"
	words["unfinished"] = "unfinished"
	words["guest-only"] = "machine only"
	words["crashed"] = "crashed"
	words["hang"] = "hang"
	words["mismatch"] = "other output"
	words["not-reached"] = "not reached"
	words["exited"] = "ended early"
	words["reset"] = "reset"
	words["triple-fault"] = "triple fault"
	words["endless-output"] = "endless output"
	words["timeout"] = "timeout"
	reason["not-reached"] = "the tests ended before this one began"
	reason["crashed"] = "the processor reported an exception"
	reason["hang"] = "the test did not end; here is where it was"
	reason["exited"] = "the kernel left before the test had a verdict"
	reason["reset"] = "the machine was reset, or switched off, in this test"
	reason["triple-fault"] = "triple fault: an exception, and twice another " \
		"while the processor tried to report it"
	reason["endless-output"] = "it printed so much that it was stopped"
	reason["timeout"] = "it was stopped after a long time"
	if (on_host) {
		reason["crashed"] = "the program was stopped in this test"
		reason["exited"] = "the program left before the test had a verdict"
	}
}

# ---- Making text harmless ---------------------------------------------------

function replaced(text, old, new,    at, result) {
	while (old != "" && (at = index(text, old))) {
		result = result substr(text, 1, at - 1) new
		text = substr(text, at + length(old))
	}
	return result text
}

# Servers look for commands in what a job prints: GitHub for `##[`, Azure for
# `##vso[`, TeamCity for `##teamcity[`; and GitLab for attachments in JUnit
# reports.  What needs to stand at the beginning of a line cannot, for there is
# our prefix.
function without_commands(text) {
	text = replaced(text, "##[", "#\\x23[")
	text = replaced(text, "##vso[", "#\\x23vso[")
	text = replaced(text, "##teamcity[", "#\\x23teamcity[")
	return replaced(text, "[[ATTACHMENT", "[\\x5bATTACHMENT")
}

# All of the text as printable ASCII; escape cuts it where it is too long to show.
function printable(text,    result) {
	for (; text ~ /[^ -~]/; text = substr(text, 301))
		result = result escape(substr(text, 1, 300))
	return without_commands(result text)
}

# File names as their owner knows them.
function named(text,    i) {
	if (ENVIRON["REPORT_SUBMISSION"] != "")
		for (i = 1; i <= folder_count; i++)
			text = replaced(text, folders[i] ENVIRON["REPORT_COPY"], \
				ENVIRON["REPORT_SUBMISSION"])
	for (i = 1; i <= folder_count; i++)
		text = replaced(text, folders[i], "")
	return text
}

# One line of a compiler or of debug_printf.
function shown(text) {
	text = named(text)
	gsub(/\t/, "        ", text)
	return "  | " without_commands(escape(text))
}

# Where in the source the address at the end of a backtrace's line is, or "".  The
# file's name is the submission's choice (`#line`).
function place_in(text,    address) {
	if (!match(text, /^  at .*0x[0-9a-f]+/) || \
	    !match(text, /0x[0-9a-f]+\)?$/))
		return ""
	address = substr(text, RSTART)
	sub(/\)$/, "", address)
	return (address in place) ? place[address] : ""
}

# One line of a test.  One of a backtrace gets its place behind it.
function shown_line(text,    at) {
	at = place_in(text)
	return "  | " printable(named(text (at == "" ? "" : " " at)))
}

# ---- A test -----------------------------------------------------------------

# passed, failed or skipped.
function result_of(i) {
	if (!built)
		return "failed"
	if (verdict[i] == "guest-only")
		return "skipped"
	return verdict[i] ~ /^(passed|cannot)$/ ? "passed" : "failed"
}

function word_of(i) {
	return built ? words[verdict[i]] : build_title[build_result]
}

# Why a test failed, in words, or "".
function why(i) {
	if (!built)
		return build_title[build_result]
	return because[i] != "" ? because[i] : reason[verdict[i]]
}

# Why test i, which passed, cannot do more: no mistake, and the rule says what it is; or "".
function why_cannot(i) {
	return verdict[i] == "cannot" && (i in rule_id) ? "by design, rule " \
		printable(rule_id[i]) ": " printable(rule_text[i]) : ""
}

# Where test i was, by the first stack that was printed from line `from` on: its first
# function that is no sanitizer's; or "".
function top_of_stack(i, from,    j) {
	for (j = from; j <= debug_count; j++)
		if (debug_test[j] == name[i] && \
		    match(debug[j], / in [a-z_0-9]+ [^. \/][^ ]*:[0-9]+/))
			return "," substr(debug[j], RSTART, RLENGTH)
	return ""
}

# What the sanitizers said first in test i, and where it was then; or "".
function sanitizer_says(i,    j, said) {
	for (j = 1; j <= debug_count; j++) {
		if (debug_test[j] != name[i] || \
		    !match(debug[j], /(runtime error|AddressSanitizer): /))
			continue
		said = substr(debug[j], RSTART + RLENGTH)
		return said top_of_stack(i, j + 1)
	}
	return ""
}

# Line j of test i, or how many are left out there.
function add_line(i, lines, j,    text, said) {
	if (!((i, j) in lines)) {
		detail[++details] = "  ... " left_out[i, j] " more lines ..."
		return
	}
	text = lines[i, j]
	if (text ~ /^  crash: a sanitizer stopped it; / && \
	    (said = sanitizer_says(i)) != "")
		text = "  crash: " said
	if (text == "  hang: a call did not return")
		text = text top_of_stack(i, 1)
	detail[++details] = shown_line(text)
}

function add_block(title, i, lines, length_of,    j) {
	detail[++details] = "  " title ":"
	for (j = 1; j <= length_of; j++)
		add_line(i, lines, j)
}

# Whether line j of test i is its rule, which stands above all lines already.
function is_rule(i, j) {
	return ((i, j) in actual) && actual[i, j] ~ /^  rule /
}

# What a test says behind its verdict, "NAME... [failed]": a check what it expected and
# what came, the kernel what went wrong.  This comes first; then what the test has shown
# before, which may be long; then where the check is, for those who read tests.
function add_verdict_first(i,    j, last, at) {
	for (last = actual_count[i]; last > 1 && !is_verdict(i, last); last--)
		;
	for (j = last + 1; j <= actual_count[i] && at == ""; j++) {
		at = place_of_check(i, j)
		if (at == "" && !is_rule(i, j))
			add_line(i, actual, j)
	}
	for (j = 2; j < last; j++)
		if (!is_rule(i, j))
			add_line(i, actual, j)
	if (at != "")
		detail[++details] = shown_line(at)
}

function is_verdict(i, j) {
	return ((i, j) in actual) && \
		index(actual[i, j], name[i] "... [") == 1
}

# The line "  at:       FILE:LINE" if that is line j, the last of a check; or "".  Where
# the check is a helper's, a further line has the address of the test's own.
function place_of_check(i, j,    at) {
	if (!((i, j) in actual) || actual[i, j] !~ /^  at:       /)
		return ""
	if ((i, j + 1) in actual)
		at = place_in(actual[i, j + 1])
	return at == "" ? actual[i, j] : "  at:       " at
}

# Whether the test has shown the calls that led there, from the first one on.
function shows_calls(i,    line) {
	for (line = 1; line <= actual_count[i]; line++)
		if (((i, line) in actual) && actual[i, line] ~ /^  1\. /)
			return 1
	return 0
}

# The same rule in fewer words: the first other test that breaks it, and shows all of
# its calls, as this one does not.
function example_of(i,    j) {
	if (i != first || !(i in rule_id) || shows_calls(i))
		return 0
	for (j = i + 1; j <= tests; j++)
		if ((j in rule_id) && rule_id[j] == rule_id[i] && shows_calls(j))
			return j
	return 0
}

# Whether the test ended by a panic: what it says, and where, is all that matters then.
function panicked(i,    line) {
	for (line = 1; line <= actual_count[i]; line++)
		if (is_verdict(i, line) && ((i, line + 1) in actual) && \
		    actual[i, line + 1] ~ /^  panic: /)
			return 1
	return 0
}

# Everything about test i that failed: the lines detail[1] to detail[details].
function describe(i,    example) {
	split("", detail)
	details = 0
	if (i in where)
		detail[++details] = "  " where[i]
	if (why(i) != "")
		detail[++details] = "  " printable(why(i))
	if (verdict[i] == "not-reached")
		return
	example = example_of(i)
	if (i in rule_id)
		detail[++details] = "  rule " printable(rule_id[i]) ": " \
			printable(rule_text[i])
	if (example) {
		add_verdict_first(example)
		detail[++details] = "  that was " name[example] ", in few calls; and " \
			name[i] ":"
	}
	if ((i in rule_id) || verdict[i] ~ /^(crashed|hang)$/ || panicked(i))
		add_verdict_first(i)
	else {
		add_block("expected", i, expected, expected_count[i])
		add_block("actual", i, actual, actual_count[i])
	}
	detail[++details] = "  read labs/" lab "/README.md" \
		((i in rule_id) ? "#" rule_id[i] : "")
}

# The same as one text, each line ended by a newline.
function description(i,    j, text) {
	describe(i)
	for (j = 1; j <= details; j++)
		text = text detail[j] "\n"
	return text
}

function failures(    i, number) {
	for (i = 1; i <= tests; i++)
		number += result_of(i) == "failed"
	return number + 0
}

# ---- The whole --------------------------------------------------------------

# Up to 20 lines of the compiler's.
function build_text(    i, text) {
	for (i = 1; i <= build_count && i <= 20; i++)
		text = text shown(build[i]) "\n"
	if (build_count > 20)
		text = text "  and " build_count - 20 " more lines\n"
	return text
}

function debug_text(    i, left, text) {
	for (i = 1; i <= debug_count + 1; i++) {
		if (i <= debug_count && !(i in chosen)) {
			left++
			continue
		}
		if (left)
			text = text "  ... " left " more lines ...\n"
		left = 0
		if (i in chosen)
			text = text shown(debug[i]) "\n"
	}
	return text
}

# Both, under their titles.
function everything_printed(    text) {
	if (build_count)
		text = (built ? "the compiler warns" : \
			build_title[build_result]) ":\n" build_text()
	if (debug_count)
		text = text debug_title() ":\n" debug_text()
	return text
}

function debug_title() {
	return on == "host" ? "printed for debugging, and by the sanitizers" : \
		"printed for debugging"
}

# A part of the tests gives no points.
function points_text() {
	if (in_part)
		return lab ": " tests - failures() " of " tests \
			(tests == 1 ? " test" : " tests") \
			" passed; points are for all tests together"
	return lab ": " points " of " total " points" \
		(elsewhere ? ", and " elsewhere " on the machine only" : "")
}

function not_graded_text() {
	return lab " is not graded: " printable(not_graded)
}
