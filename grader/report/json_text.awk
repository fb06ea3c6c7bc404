# Pieces of JSON, for json.awk and gradescope.awk.

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
