# The report as Gradescope's results.json.  See read.awk.
#
# Gradescope wants a score, for all or for each test.  What is not graded has
# neither: Gradescope then says that the autograder failed, and gives no zero.

function texts(output) {
	member("output", quoted(output))
	member("output_format", quoted("text"))
	member("visibility", quoted("visible"))
}

function test_element(i,    result) {
	result = result_of(i)
	begin_element()
	member("name", quoted(name[i]))
	if (result == "skipped") {
		member("score", 0)
		member("max_score", 0)
		texts("on the machine only")
	} else {
		member("score", got[i] + 0)
		member("max_score", possible[i] + 0)
		member("status", quoted(result))
		texts(result == "passed" ? "" : \
			word_of(i) "\n" description(i))
	}
	end("}")
}

END {
	begin("{")
	if (outcome == "not graded")
		texts(not_graded_text() "\nYour instructor has to grade it again.\n")
	else {
		member("score", points)
		texts(points_text() "\n" everything_printed())
		begin_member("tests", "[")
		for (i = 1; i <= tests; i++)
			test_element(i)
		end("]")
	}
	member("stdout_visibility", quoted("hidden"))
	begin_member("extra_data", "{")
	member("verdict", quoted(outcome))
	fact_members()
	end("}")
	end("}\n")
	exit exit_status
}
