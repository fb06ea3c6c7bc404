# The report in the Test Anything Protocol, version 13: a line for each test,
# and all else in comments.  See read.awk.

function comment(lines) {
	sub(/\n$/, "", lines)
	gsub(/\n/, "\n# ", lines)
	if (lines != "")
		print "# " lines
}

function show_test(i,    result) {
	result = result_of(i)
	print (result == "failed" ? "not ok " : "ok ") i " - " name[i] " (" \
		got[i] " of " possible[i] " points)" \
		(result == "skipped" ? " # SKIP on the machine only" : "")
	if (result == "failed")
		comment(word_of(i) "\n" description(i))
}

END {
	print "TAP version 13"
	for (i = 1; i <= facts; i++)
		if (fact_value[i] != "")
			comment(fact_label[i] ": " fact_value[i])
	if (outcome == "not graded") {
		print "Bail out!  " not_graded_text()
		exit exit_status
	}
	print "1.." tests
	comment(everything_printed())
	for (i = 1; i <= tests; i++)
		show_test(i)
	comment(points_text())
	exit exit_status
}
