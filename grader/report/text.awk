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
	if (why_cannot(i) != "")
		print "    " why_cannot(i)
}

# ---- Tasks ------------------------------------------------------------------------

# Sets task_begun for each task up to that of the first failure, and for each other of
# which a test has passed.
function find_begun(    i) {
	for (i = 1; i <= tests; i++)
		if (i <= first || verdict[i] ~ /^(passed|cannot)$/)
			task_begun[task[i]] = 1
}

# Whether the test is of a task that is not begun, while one before it is unfinished.
function comes_later(i) {
	return first && verdict[first] == "unfinished" && !(task[i] in task_begun)
}

# The tests of each task below its name; of those to come, the names alone.
function show_list(    i) {
	for (i = 1; i <= tests; i++) {
		if (task[i] != "" && (i == 1 || task[i] != task[i - 1]))
			print printable(task[i]) (comes_later(i) ? ": not yet" : "")
		if (!comes_later(i))
			show_test(i)
	}
}

# ---- What to do next --------------------------------------------------------------

# Whether all before the task of this test is done, and nothing of it.
function is_next(i,    j) {
	for (j = 1; j <= tests; j++)
		if ((result_of(j) == "passed") != (task[j] != task[i]) && \
		    (j < i || task[j] == task[i]))
			return 0
	return i > 1 && task[i] != task[i - 1]
}

# The task to go on with; and what is wrong with what was done.
function show_first(    i) {
	if (verdict[first] == "unfinished")
		print painted("next: " printable(because[first]), 33)
	for (i = first; i <= tests; i++)
		if (result_of(i) == "failed" && verdict[i] != "unfinished" && \
		    !comes_later(i) && (verdict[i] != "not-reached" || i == first))
			break
	if (i > tests)
		return
	if (is_next(i))
		print painted("next: " printable(task[i]), 33)
	print ""
	print painted("first failure: " name[i], 31)
	printf "%s", description(i)
	if (ENVIRON["REPORT_AGAIN"] != "")
		print "  again: " printable(ENVIRON["REPORT_AGAIN"] name[i])
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
	find_begun()
	if (count["unfinished"] + count["guest-only"] < tests)
		show_list()
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
