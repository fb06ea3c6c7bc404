# The report as JSON of the project's own: docs/report.md and
# docs/report.schema.json describe it.  See read.awk.

# The lines of a text, each without the bar that people see.
function lines_member(label, text,    i, number, lines) {
	sub(/\n$/, "", text)
	number = split(text, lines, "\n")
	if (!number) {
		member(label, "[]")
		return
	}
	begin_member(label, "[")
	for (i = 1; i <= number; i++) {
		sub(/^  \| /, "", lines[i])
		printf "%s%s%s", divider, indent, quoted(lines[i])
		divider = ",\n"
	}
	end("]")
}

function block_text(i, lines, length_of,    j, text) {
	details = 0
	add_block("", i, lines, length_of)
	for (j = 2; j <= details; j++)
		text = text detail[j] "\n"
	return text
}

function test_element(i) {
	begin_element()
	member("name", quoted(name[i]))
	member("result", quoted(result_of(i)))
	member("verdict", quoted(verdict[i]))
	member("points", got[i] + 0)
	member("possible", possible[i] + 0)
	if (result_of(i) == "failed") {
		member("why", quoted(printable(why(i))))
		if (i in where)
			member("where", quoted(where[i]))
		if (i in rule_id) {
			begin_member("rule", "{")
			member("id", quoted(printable(rule_id[i])))
			member("text", quoted(printable(rule_text[i])))
			end("}")
		}
		lines_member("expected", \
			block_text(i, expected, expected_count[i]))
		lines_member("actual", block_text(i, actual, actual_count[i]))
	}
	end("}")
}

function result_members(    i) {
	member("points", points)
	member("possible", total)
	member("elsewhere", elsewhere)
	member("first_failure", first && built ? quoted(name[first]) : "null")
	member("build", quoted(build_result))
	lines_member("compiler_output", build_text())
	begin_member("tests", "[")
	for (i = 1; i <= tests; i++)
		test_element(i)
	end("]")
	lines_member("debug", debug_text())
}

END {
	begin("{")
	member("report", quoted("cairn"))
	member("schema", 1)
	member("verdict", quoted(outcome))
	fact_members()
	if (outcome == "not graded")
		member("reason", quoted(printable(not_graded)))
	else
		result_members()
	end("}\n")
	exit exit_status
}
