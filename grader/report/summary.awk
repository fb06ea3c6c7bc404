# The verdict in one line, in words of ours alone.  See read.awk.

END {
	if (outcome == "not graded")
		print not_graded_text()
	else
		print lab ": " outcome ", " points " of " total " points" \
			(outcome == "no submission" ? "" : \
			!built ? ", " build_title[build_result] : \
			first ? ", first failure: " name[first] : "")
	exit exit_status
}
