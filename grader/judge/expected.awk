# usage: awk -f transcript.awk -f expected.awk kind=points FILE \
#            [kind=expected FILE] kind=run FILE
#
# Prints an expected.txt out of the transcript of a run in which every test passed.
# Lines of the old one that the run fits are kept, with what stands in double braces.
#
# Exit status: 0; 1 if a test has not passed or there is no such run, said on stderr.

function trouble(text) {
	print text | "cat >&2"
	close("cat >&2")
	in_trouble = 1
	exit 1
}

# Adds a line to those of its test.
function collect(lines, count,    name) {
	name = name_of($0)
	if (name != "")
		collecting = name
	if (collecting != "")
		lines[collecting, ++count[collecting]] = $0
}

FNR == 1 { collecting = "" }
{ sub(/[ \t\r]+$/, "") }

kind == "points" && !/^#/ && NF == 2 { names[++test_count] = $2 }
kind == "expected" && NF { collect(old, old_count) }
kind == "run" && /^cairn: / { inside = /^cairn: lab / }
kind == "run" && inside && !/^cairn: / && NF { collect(new, new_count) }

# What stands in brackets at the end of one of its lines; the last one counts.
function verdict_of(name,    line, verdict) {
	verdict = "it was not run"
	for (line = 1; line <= new_count[name]; line++)
		if (match(new[name, line], /\[[a-z ]+\]$/))
			verdict = substr(new[name, line], RSTART)
	return verdict
}

END {
	if (in_trouble)
		exit 1
	for (i = 1; i <= test_count; i++) {
		name = names[i]
		verdict = verdict_of(name)
		if (verdict !~ /^\[(ok|cannot)\]$/)
			trouble("our solution has not passed " name ": " verdict)
		split("", captured)
		for (line = 1; line <= new_count[name]; line++)
			print line_fits(old[name, line], new[name, line]) ? \
				old[name, line] : new[name, line]
	}
}
