# What a transcript and expected.txt are made of (docs/transcript.md), for other awk
# programs, which have a function trouble(SENTENCE).

BEGIN {
	heap_start = hex_value("444444440000")
	heap_end = heap_start + 100 * 1024
}

# The name if the line begins with `NAME...`, else "".  Something may follow, for
# a submission can print behind the name.
function name_of(line) {
	if (line !~ /^[a-z][a-z0-9_]*\.\.\.( |$)/)
		return ""
	return substr(line, 1, index(line, "...") - 1)
}

# The length of the prefix of the text that the kind stands for, or 0.
function value_length(kind, text,    limits, value) {
	if (kind == "hex" || kind == "heap") {
		if (!match(text, /^0x[0-9a-f]+/))
			return 0
		value = hex_value(substr(text, 3, RLENGTH - 2))
		if (kind == "heap" && (value < heap_start || value >= heap_end))
			return 0
		return match(text, /^0x[0-9a-f]+/) ? RLENGTH : 0
	}
	if (kind !~ /^[0-9]+\.\.[0-9]+$/)
		trouble("expected.txt: {{" kind "}} is not in the notation")
	split(kind, limits, /\.\./)
	if (!match(text, /^(0|[1-9][0-9]*)/))
		return 0
	value = substr(text, 1, RLENGTH) + 0
	return value >= limits[1] + 0 && value <= limits[2] + 0 ? RLENGTH : 0
}

# Doubles are exact up to 2^53; every address in the lower half is below.
function hex_value(digits,    i, value) {
	for (i = 1; i <= length(digits); i++)
		value = value * 16 + index("0123456789abcdef", \
			substr(digits, i, 1)) - 1
	return value
}

# Whether the line fits the pattern.  Values with a name are remembered in
# `captured` while a test's lines are compared.
function line_fits(pattern, line,    open, inner, equals, name, size) {
	while ((open = index(pattern, "{{")) > 0) {
		if (substr(line, 1, open - 1) != substr(pattern, 1, open - 1))
			return 0
		line = substr(line, open)
		pattern = substr(pattern, open + 2)
		inner = substr(pattern, 1, index(pattern, "}}") - 1)
		pattern = substr(pattern, length(inner) + 3)
		if (inner in captured) {
			size = length(captured[inner])
			if (substr(line, 1, size) != captured[inner])
				return 0
		} else {
			equals = index(inner, "=")
			name = substr(inner, 1, equals - 1)
			size = value_length(substr(inner, equals + 1), line)
			if (size == 0)
				return 0
			if (equals)
				captured[name] = substr(line, 1, size)
		}
		line = substr(line, size + 1)
	}
	return line "" == pattern ""
}

