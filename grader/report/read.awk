# usage: awk -f escape.awk -f report/read.awk -f report/describe.awk \
#            -f report/FORM.awk \
#            kind=build FILE kind=records FILE kind=lines FILE kind=debug FILE
#
# The report on one lab.  This file reads everything and decides points, first
# failure and verdict, for all forms alike; describe.awk has the words that all
# of them use; FORM.awk writes text, json or summary, and all other forms are
# made from the JSON: report.sh.
#
# The files: what the compiler printed, compare.awk's records, `ADDRESS<TAB>
# FILE:LINE` for addresses in the actual lines, and what debug_printf printed.
# If the submission is not graded there is one file, /dev/null.  From the
# environment:
#
#   REPORT_LAB           such as 2-paging
#   REPORT_SEED
#   REPORT_ON            both, guest, judged or host
#   REPORT_BUILD         ok, failed, refused, did-not-start or no-submission
#   REPORT_NOT_GRADED    why it is not graded; empty if it is
#   REPORT_AGAIN         the beginning of a command that repeats a test, or empty
#   REPORT_PART          yes if only a part of the tests was to be run
#   REPORT_COLOUR        yes or no
#   REPORT_VERBOSE       yes or no: the text form tells the facts, too
#   REPORT_SUBMISSION    what to call the submission, if it was a file
#   REPORT_COPY          what its copy is called in those of the REPORT_FOLDERS
#                        that copies are in
#   REPORT_FOLDERS       prefixes to leave out of file names, divided by newlines
#   REPORT_SUBMISSION_SHA256, REPORT_LAB_VERSION, REPORT_VERSION, REPORT_SANDBOX,
#   REPORT_COMPILER, REPORT_HOST_COMPILER, REPORT_QEMU, REPORT_COMMAND
#                        facts for the record; empty means unknown
#
# What is set for the forms:
#
#   outcome             passed, failed, no submission or not graded
#   points, total       of the tests that count here; elsewhere: of the others
#   first               the number of the first failed test, or 0
#   tests, and for each name, verdict, got, possible; and see describe.awk
#   facts, fact_label, fact_value
#   exit_status         with which a form ends
#
# Exit status: 0 if every test passed (on the host: but the guest only ones), 1
# if not, 2 for a report that says not graded, 3 if there is no report.

BEGIN {
	FS = "\t"
	lab = ENVIRON["REPORT_LAB"]
	on = ENVIRON["REPORT_ON"]
	in_part = ENVIRON["REPORT_PART"] == "yes"
	on_host = on == "host" || on == "judged"
	build_result = ENVIRON["REPORT_BUILD"]
	not_graded = ENVIRON["REPORT_NOT_GRADED"]
	folder_count = split(ENVIRON["REPORT_FOLDERS"], folders, "\n")
	fact("submission", "SUBMISSION")
	fact("submission_sha256", "SUBMISSION_SHA256")
	fact("lab", "LAB")
	fact("lab_version", "LAB_VERSION")
	fact("version", "VERSION")
	fact("machines", "ON")
	fact("seed", "SEED")
	fact("sandbox", "SANDBOX")
	fact("compiler", "COMPILER")
	fact("host_compiler", "HOST_COMPILER")
	fact("qemu", "QEMU")
	fact("command", "COMMAND")
}

function fact(label, variable) {
	fact_label[++facts] = label
	fact_value[facts] = printable(named(ENVIRON["REPORT_" variable]))
}

# ---- Reading ----------------------------------------------------------------

# As much of a line as can matter: no form shows more than 300 characters.
function beginning(line) {
	return substr(line, 1, 2000)
}

# What make adds says nothing new, nor does a line twice (as of a file that includes
# itself).
kind == "build" && (/^make(\[[0-9]+\])?: / || $0 == build_line) { next }
kind == "build" { build[++build_count] = beginning(build_line = $0); next }
kind == "lines" && $3 !~ /\?/ { sub(/ \(.*/, "", $3); sub(/^.*\/\//, "", $3); place[$1] = $3 }
kind == "lines" { next }
# Of a sanitizer's report, what a reader can use.
kind == "debug" && /^(=+$|=?[0-9=>]*==ABORTING|AddressSanitizer:DEADLY)/ { next }
kind == "debug" && /^(Shadow|=>0x|  0x| +[A-Z][a-zA-Z -]*: +[0-9a-f][0-9a-f]|AddressSanitizer can not)/ { next }
kind == "debug" && / in (__sanitizer_print_stack_trace|panic_at) / { next }
kind == "debug" && / in .*(kernel\/host\/|kernel\/test\/runner|libc[-_]start|_start \()/ { next }
kind == "debug" && /^$/ { next }
# The host's line behind what a sanitizer has printed: of which test that was.
kind == "debug" && /^above: [a-z0-9_]+$/ {
	for (i = debug_count; i > 0 && !(i in debug_test); i--) {
		debug_test[i] = substr($0, 8)
		debug[i] = debug_test[i] ": " debug[i]
	}
	next
}
kind == "debug" {
	debug[++debug_count] = beginning($0)
	if (match($0, /^[a-z][a-z0-9_]*: /))
		debug_test[debug_count] = substr($0, 1, RLENGTH - 2)
	next
}

$1 == "test" {
	tests++
	name[tests] = $2
	verdict[tests] = $3
	got[tests] = $4
	possible[tests] = $5
	if ($3 == "guest-only" && !on_host) {
		verdict[tests] = "failed"
		because[tests] = "on the machine it said to be for the machine only"
	}
	count[verdict[tests]]++
	if (verdict[tests] == "guest-only")
		elsewhere += $5
	else {
		points += $4
		total += $5
	}
	next
}
$1 == "task" { task[tests] = $2; next }
$1 == "because" { because[tests] = $2; next }
$1 == "where" { where[tests] = $2; next }
$1 == "rule" { rule_id[tests] = $2; rule_text[tests] = $3; next }
$1 == "expected" { expected[tests, ++expected_count[tests]] = $2; next }
$1 == "actual" { actual[tests, ++actual_count[tests]] = $2; next }
$1 == "more" { left_out[tests, ++actual_count[tests]] = $2; next }
$1 == "next" { records_end = 1; next }

# ---- Deciding ---------------------------------------------------------------

# The first test that has not passed: tests go from the most basic to the finest,
# so it is where to go on, also if only its task is not done yet.
function find_first(    i) {
	for (i = 1; i <= tests; i++)
		if (verdict[i] !~ /^(passed|cannot|guest-only|not-reached)$/)
			return i
	for (i = 1; i <= tests; i++)
		if (verdict[i] == "not-reached")
			return i
	return 0
}

# Up to 40 lines of what was printed for debugging; if there are more, then of those
# of the first failure, if it has any, the first and the last 20.
function choose_debug(    i, only, number, line) {
	for (i = 1; i <= debug_count; i++)
		if (first && debug_count > 40 && debug_test[i] == name[first])
			only = name[first]
	for (i = 1; i <= debug_count; i++)
		if (only == "" || debug_test[i] == only)
			line[++number] = i
	for (i = 1; i <= number; i++)
		if (i <= 20 || i > number - 20)
			chosen[line[i]] = 1
}

function trouble(text) {
	print "report: " text | "cat >&2"
	close("cat >&2")
	exit 3
}

# Every form's own END comes after this one.
END {
	points += 0
	total += 0
	elsewhere += 0
	if (not_graded != "") {
		outcome = "not graded"
		exit_status = 2
	} else {
		if (!tests || !records_end)
			trouble("the records are not complete")
		first = find_first()
		built = build_result == "ok"
		if (!built && !(build_result in build_title))
			trouble("what is a build that is " build_result "?")
		if (built && !first && points != total)
			trouble("every test passed, with " points " of " total)
		if (!built && points)
			trouble("points for what was not built")
		outcome = build_result == "no-submission" ? "no submission" : \
			built && !first ? "passed" : "failed"
		exit_status = outcome != "passed"
		choose_debug()
	}
}
