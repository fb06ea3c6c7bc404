# usage: awk -f escape.awk -f report.awk \
#            kind=build FILE kind=records FILE kind=lines FILE kind=debug FILE
#
# The report on one lab, for people.  The files: what the compiler printed,
# compare.awk's records, `ADDRESS<TAB>FILE:LINE` for addresses in the actual
# lines, and what debug_printf printed; any may be missing.  From the
# environment:
#
#   REPORT_LAB          such as 2-paging
#   REPORT_SEED
#   REPORT_ON           both, guest, judged or host
#   REPORT_BUILD        ok, failed, refused or did-not-start
#   REPORT_COLOUR       yes or no
#   REPORT_SUBMISSION   what to call the file `submission.c`, if it was one
#   REPORT_FOLDERS      prefixes to leave out of file names, divided by newlines
#
# Whatever a submission printed stands behind a bar.
#
# Exit status: 0 if every test passed (on the host: but the guest only ones),
# 1 if not.

BEGIN {
	FS = "\t"
	lab = ENVIRON["REPORT_LAB"]
	on = ENVIRON["REPORT_ON"]
	on_host = on == "host" || on == "judged"
	place_of["both"] = "on the machine, and in a process apart"
	place_of["guest"] = "on the machine"
	place_of["judged"] = "in a process apart"
	place_of["host"] = "on this computer"
	build_title["failed"] = "build error"
	build_title["refused"] = "refused"
	build_title["did-not-start"] = "with this submission the tests never begin"
	folder_count = split(ENVIRON["REPORT_FOLDERS"], folders, "\n")
	words["passed"] = "passed"
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
	reason["hang"] = "the test did not end; the last lines say where it was"
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
	colour["passed"] = 32
	colour["unfinished"] = 33
	colour["guest-only"] = 36
	colour["not-reached"] = 33
}

# ---- Reading ----------------------------------------------------------------

# What make adds says nothing new.
kind == "build" && /^make(\[[0-9]+\])?: / { next }
kind == "build" { build[++build_count] = $0; next }
kind == "lines" && $3 !~ /\?/ { sub(/ \(.*/, "", $3); sub(/^.*\/\//, "", $3); place[$1] = $3 }
kind == "lines" { next }
# Of a sanitizer's report, what a reader can use.
kind == "debug" && /^(=+$|=?[0-9=>]*==ABORTING|AddressSanitizer:DEADLY)/ { next }
kind == "debug" && /^(Shadow|=>0x|  0x| +[A-Z][a-zA-Z -]*: +[0-9a-f][0-9a-f]|AddressSanitizer can not)/ { next }
kind == "debug" && / in .*(kernel\/host\/|kernel\/test\/runner|libc[-_]start|_start \()/ { next }
kind == "debug" && /^$/ { next }
kind == "debug" { debug[++debug_count] = $0; next }

$1 == "test" {
	tests++
	name[tests] = $2
	verdict[tests] = $3
	got[tests] = $4
	possible[tests] = $5
	count[$3]++
	if ($3 == "guest-only" && on_host)
		elsewhere += $5
	else {
		points += $4
		total += $5
	}
	next
}
$1 == "because" { because[tests] = $2; next }
$1 == "where" { where[tests] = $2; next }
$1 == "rule" { rule_id[tests] = $2; rule_text[tests] = $3; next }
$1 == "expected" { expected[tests, ++expected_count[tests]] = $2; next }
$1 == "actual" { actual[tests, ++actual_count[tests]] = $2; next }
$1 == "more" { left_out[tests, ++actual_count[tests]] = $2; next }

# ---- Showing ----------------------------------------------------------------

function painted(text, code) {
	if (ENVIRON["REPORT_COLOUR"] != "yes")
		return text
	return sprintf("%c[%dm%s%c[0m", 27, code, text, 27)
}

function replaced(text, old, new,    at) {
	if (old == "" || !(at = index(text, old)))
		return text
	return substr(text, 1, at - 1) new \
		replaced(substr(text, at + length(old)), old, new)
}

# File names as their owner knows them.
function named(text,    i) {
	if (ENVIRON["REPORT_SUBMISSION"] != "")
		for (i = 1; i <= folder_count; i++)
			text = replaced(text, folders[i] "submission.c", \
				ENVIRON["REPORT_SUBMISSION"])
	for (i = 1; i <= folder_count; i++)
		text = replaced(text, folders[i], "")
	return text
}

function show(text) {
	gsub(/\t/, "        ", text)
	print "  | " escape(text)
}

# A line of a backtrace gets its place in the source behind it.
function show_actual(text,    address) {
	if (match(text, /^  at .*0x[0-9a-f]+/) && \
	    match(text, /0x[0-9a-f]+\)?$/)) {
		address = substr(text, RSTART)
		sub(/\)$/, "", address)
		if (address in place)
			text = text " " place[address]
	}
	print "  | " named(text)
}

function show_block(title, lines, length_of,    i) {
	print "  " title ":"
	for (i = 1; i <= length_of; i++)
		if ((first, i) in lines)
			show_actual(lines[first, i])
		else
			print "  ... " left_out[first, i] " more lines ..."
}

function show_build(most,    i) {
	for (i = 1; i <= build_count && i <= most; i++)
		show(named(build[i]))
	if (build_count > most)
		print "  and " build_count - most " more lines"
}

function show_test(i,    word) {
	word = sprintf("%-14s", words[verdict[i]])
	printf "  %s %2d of %2d  %s\n", \
		painted(word, (verdict[i] in colour) ? colour[verdict[i]] : 31), \
		got[i], possible[i], name[i]
}

# The first test with a failure; unfinished tasks only if nothing else failed.
function find_first(    i) {
	for (i = 1; i <= tests; i++)
		if (verdict[i] !~ /^(passed|unfinished|guest-only|not-reached)$/)
			return i
	for (i = 1; i <= tests; i++)
		if (verdict[i] == "unfinished" || verdict[i] == "not-reached")
			return i
	return 0
}

function show_first(    why) {
	if (verdict[first] == "unfinished") {
		print painted("unfinished: " because[first], 33)
		return
	}
	print ""
	print painted("first failure: " name[first], 31)
	if (first in where)
		print "  " where[first]
	why = because[first]
	if (why == "")
		why = reason[verdict[first]]
	if (why != "")
		print "  " why
	if (verdict[first] == "not-reached")
		return
	show_block("expected", expected, expected_count[first])
	show_block("actual", actual, actual_count[first])
	if (first in rule_id)
		print "  rule " rule_id[first] ": " rule_text[first]
	print "  read labs/" lab "/README.md" \
		((first in rule_id) ? "#" rule_id[first] : "")
}

# Up to 40 lines of what was printed for debugging.  If there are more, then those
# of the first failure, and the first report of a sanitizer.
function choose_debug(    i, line, prefix, left, reported) {
	left = 40
	if (first && debug_count > left)
		prefix = name[first] ": "
	for (i = 1; i <= debug_count && left > 0; i++) {
		line = debug[i]
		if (substr(line, 1, length(prefix)) != prefix && \
		    (reported || line ~ /^[a-z][a-z0-9_]*:( |$)/))
			continue
		reported = reported || (prefix != "" && line ~ /^SUMMARY: /)
		chosen[i] = 1
		left--
	}
}

function show_debug(    i, shown) {
	print ""
	print on == "host" ? "printed for debugging, and by the sanitizers:" : \
		"printed for debugging:"
	choose_debug()
	for (i = 1; i <= debug_count; i++)
		if (i in chosen) {
			show(named(debug[i]))
			shown++
		}
	if (shown < debug_count)
		print "  and " debug_count - shown " more lines; --keep keeps them"
}

END {
	print lab " " place_of[on] ", seed " ENVIRON["REPORT_SEED"]
	if (ENVIRON["REPORT_BUILD"] in build_title) {
		print painted(build_title[ENVIRON["REPORT_BUILD"]] ":", 31)
		show_build(20)
		print lab ": 0 of " total " points"
		exit 1
	}
	if (build_count) {
		print "the compiler warns:"
		show_build(20)
	}
	first = find_first()
	if (count["unfinished"] + count["guest-only"] < tests)
		for (i = 1; i <= tests; i++)
			show_test(i)
	if (first)
		show_first()
	if (debug_count)
		show_debug()
	print lab ": " points + 0 " of " total + 0 " points" \
		(elsewhere ? ", and " elsewhere " on the machine only" : "")
	exit first != 0
}
