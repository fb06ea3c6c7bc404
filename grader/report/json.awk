# The report as JSON of the project's own, from which the forms for programs of
# others are made: docs/report.md and docs/report.schema.json describe it.  See
# read.awk.

# ---- Pieces of JSON -----------------------------------------------------------

# The text as a JSON string.  It is printable ASCII and newlines of ours.
function quoted(text) {
	text = replaced(text, "\\", "\\\\")
	text = replaced(text, "\"", "\\\"")
	return "\"" replaced(text, "\n", "\\n") "\""
}

# A member of an object, its value already JSON.  Members are divided by what the
# first of an object sets to nothing.
function member(label, value) {
	printf "%s%s\"%s\": %s", divider, indent, label, value
	divider = ",\n"
}

function begin(opening) {
	printf "%s\n", opening
	indent = indent "  "
	divider = ""
}

function end(closing) {
	indent = substr(indent, 3)
	printf "\n%s%s", indent, closing
	divider = ",\n"
}

function begin_member(label, opening) {
	printf "%s%s\"%s\": ", divider, indent, label
	begin(opening)
}

function begin_element() {
	printf "%s%s", divider, indent
	begin("{")
}

# All facts that are known.
function fact_members(    i) {
	for (i = 1; i <= facts; i++)
		if (fact_value[i] != "")
			member(fact_label[i], quoted(fact_value[i]))
}

# ---- The report ---------------------------------------------------------------

# The lines of a text.
function lines_member(label, text,    i, number, lines) {
	sub(/\n$/, "", text)
	number = split(text, lines, "\n")
	if (!number) {
		member(label, "[]")
		return
	}
	begin_member(label, "[")
	for (i = 1; i <= number; i++) {
		printf "%s%s%s", divider, indent, quoted(lines[i])
		divider = ",\n"
	}
	end("]")
}

# The same without the bar that people see.
function bare(text) {
	sub(/^  \| /, "", text)
	gsub(/\n  \| /, "\n", text)
	return text
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
	if (why_cannot(i) != "")
		member("why", quoted(why_cannot(i)))
	if (result_of(i) == "failed") {
		member("title", quoted(word_of(i)))
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
			bare(block_text(i, expected, expected_count[i])))
		lines_member("actual", \
			bare(block_text(i, actual, actual_count[i])))
		lines_member("description", description(i))
	}
	end("}")
}

function result_members(    i) {
	member("points", points)
	member("possible", total)
	member("elsewhere", elsewhere)
	member("first_failure", first && built ? quoted(name[first]) : "null")
	member("build", quoted(build_result))
	lines_member("compiler_output", bare(build_text()))
	begin_member("tests", "[")
	for (i = 1; i <= tests; i++)
		test_element(i)
	end("]")
	lines_member("debug", bare(debug_text()))
	lines_member("printed", everything_printed())
}

END {
	begin("{")
	member("report", quoted("cairn"))
	member("schema", 1)
	member("verdict", quoted(outcome))
	fact_members()
	member("summary", quoted(outcome == "not graded" ? not_graded_text() : \
		points_text()))
	if (outcome == "not graded")
		member("reason", quoted(printable(not_graded)))
	else {
		if (outcome == "no submission")
			member("reason", quoted(bare(shown(build[1]))))
		result_members()
	}
	end("}\n")
	exit exit_status
}
