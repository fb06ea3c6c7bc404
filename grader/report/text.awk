# The report for people.  See read.awk.

BEGIN {
	colour["passed"] = 32
	colour["cannot"] = 36
	colour["unfinished"] = 33
	colour["guest-only"] = 36
	colour["not-reached"] = 33
}

function painted(text, code) {
	if (ENVIRON["REPORT_COLOUR"] != "yes")
		return text
	return sprintf("%c[%dm%s%c[0m", 27, code, text, 27)
}

function show_test(i,    word) {
	word = sprintf("%-14s", words[verdict[i]])
	printf "  %s %s%s\n", \
		painted(word, (verdict[i] in colour) ? colour[verdict[i]] : 31), \
		in_part ? "" : sprintf("%2d of %2d  ", got[i], possible[i]), \
		name[i]
}

# The task to go on with; and what is wrong with what was done.
function show_first(    i) {
	if (verdict[first] == "unfinished")
		print painted("unfinished: " printable(because[first]), 33)
	for (i = first; i <= tests; i++)
		if (result_of(i) == "failed" && verdict[i] != "unfinished" && \
		    (verdict[i] != "not-reached" || i == first))
			break
	if (i > tests)
		return
	print ""
	print painted("first failure: " name[i], 31)
	printf "%s", description(i)
}

function show_facts(    i) {
	for (i = 1; i <= facts; i++)
		if (fact_value[i] != "")
			print "  " fact_label[i] ": " fact_value[i]
}

function show_tests(    i) {
	if (build_count) {
		print "the compiler warns:"
		printf "%s", build_text()
	}
	if (count["unfinished"] + count["guest-only"] < tests)
		for (i = 1; i <= tests; i++)
			show_test(i)
	if (first)
		show_first()
	if (debug_count) {
		print ""
		print debug_title() ":"
		printf "%s", debug_text()
	}
}

END {
	print lab " " place_of[on] ", seed " ENVIRON["REPORT_SEED"]
	if (outcome == "not graded") {
		print not_graded_text()
		exit exit_status
	}
	if (built)
		show_tests()
	else {
		print painted(build_title[build_result] ":", 31)
		printf "%s", build_text()
	}
	if (ENVIRON["REPORT_VERBOSE"] == "yes")
		show_facts()
	print points_text()
	exit exit_status
}
