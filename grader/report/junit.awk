# The report as JUnit XML, as GitLab and Jenkins read it.  See read.awk.
#
# A failure is the submission's, an error is the grader's own: nothing is graded.

function xml(text) {
	text = replaced(text, "&", "&amp;")
	text = replaced(text, "<", "&lt;")
	text = replaced(text, ">", "&gt;")
	return replaced(text, "\"", "&quot;")
}

function property(indent, label, value) {
	print indent "<property name=\"" label "\" value=\"" xml(value) "\"/>"
}

function show_properties(    i) {
	print "    <properties>"
	property("      ", "verdict", outcome)
	if (outcome != "not graded") {
		property("      ", "points", points)
		property("      ", "possible", total)
	}
	for (i = 1; i <= facts; i++)
		if (fact_value[i] != "")
			property("      ", fact_label[i], fact_value[i])
	print "    </properties>"
}

function open_suite(kind, counts) {
	print "<" kind " name=\"" (kind == "testsuites" ? "cairn" : lab) "\" " \
		counts ">"
}

function open_case(test) {
	print "    <testcase classname=\"" lab "\" name=\"" test "\">"
}

function show_case(i,    result) {
	result = result_of(i)
	open_case(name[i])
	print "      <properties>"
	property("        ", "points", got[i])
	property("        ", "possible", possible[i])
	print "      </properties>"
	if (result == "skipped")
		print "      <skipped message=\"on the machine only\"/>"
	if (result == "failed")
		print "      <failure type=\"" xml(word_of(i)) "\" message=\"" \
			xml(printable(why(i))) "\">" \
			xml(description(i)) "</failure>"
	print "    </testcase>"
}

function show_error() {
	open_case("grading")
	print "      <error type=\"not graded\" message=\"" \
		xml(printable(not_graded)) "\">" xml(not_graded_text()) "</error>"
	print "    </testcase>"
}

function counts_of(    i, number) {
	if (outcome == "not graded")
		return "tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""
	for (i = 1; i <= tests; i++)
		number[result_of(i)]++
	return "tests=\"" tests "\" failures=\"" number["failed"] + 0 \
		"\" errors=\"0\" skipped=\"" number["skipped"] + 0 "\""
}

END {
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	open_suite("testsuites", counts_of())
	printf "  "
	open_suite("testsuite", counts_of())
	show_properties()
	if (outcome == "not graded")
		show_error()
	else
		for (i = 1; i <= tests; i++)
			show_case(i)
	if (everything_printed() != "")
		print "    <system-out>" xml(everything_printed()) "</system-out>"
	print "  </testsuite>"
	print "</testsuites>"
	exit exit_status
}
