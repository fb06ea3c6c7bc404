# usage: awk -f generate.awk FILE FILE
#
# Make mistakes in a C file, each by one change in one line.  The file is read twice,
# first for its names.  Prints for each mistake the line's number, the kind of mistake,
# and the line as it then reads, without its indentation, with tabs between them.
#
# What a change makes of the program is not asked here: much of it does not compile, or
# changes nothing.  Comments and strings stay as they are, and of the preprocessor's
# lines all but what a #define stands for.  So do assertions, for none but the file's
# author relies on them; that one is left out altogether is a mistake.

BEGIN {
	say_swaps()
	previous = ";"
}

FNR == 1 { pass++ }

{ tokenise($0) }

count == 0 || (token[1] == "#" && token[2] != "define") { next }

pass == 1 { collect_names(); next }

token[1] == "#" {
	for (i = 4; i <= count; i++)
		mistake_at(i)
	next
}

{
	if (is_statement())
		drop_statement()
	for (i = 1; i <= count; i++) {
		keep_track(token[i])
		if (!asserting && (depth > 0 || kind_of[token[i]] == "width"))
			mistake_at(i)
	}
}

# ---- What is swapped for what ---------------------------------------------------

function swap(kind, list,    i, n, entry) {
	n = split(list, entry, ", ")
	for (i = 1; i <= n; i++) {
		match(entry[i], / /)
		swapped[substr(entry[i], 1, RSTART - 1)] = substr(entry[i], RSTART + 1)
		kind_of[substr(entry[i], 1, RSTART - 1)] = kind
	}
}

function say_swaps(    i, n, list) {
	swap("relation", "< <= >=, <= < >, > >= <=, >= > <, == != <=, != == <")
	swap("arithmetic", "+ -, - +, * / +, / * %, % / *")
	swap("bits", "& | ^, | & ^, ^ & |, << >>, >> <<")
	swap("condition", "&& ||, || &&, while if")
	swap("arithmetic", "+= -= =, -= += =, *= /= =, ++ --, -- ++")
	swap("bits", "|= &= =, &= |= =, ^= |= =, <<= >>=, >>= <<=")
	swap("jump", "break continue, continue break")
	swap("constant", "true false, false true")
	swap("width", "uint64_t uint32_t int64_t, size_t uint32_t int64_t")
	swap("width", "uint32_t uint8_t int32_t, uint8_t int8_t, int8_t uint8_t")
	swap("width", "int64_t uint64_t, int32_t uint32_t")
	swap("width", "uint16_t int16_t uint8_t, unsigned int, int unsigned")
	n = split("if while for do switch return sizeof else case goto break " \
		"continue struct union enum const static void unsigned int char " \
		"default _Alignof offsetof", list)
	for (i = 1; i <= n; i++)
		keyword[list[i]]
}

# ---- A line's tokens ------------------------------------------------------------

# Sets count, token[1..count] and at[1..count], where each begins; token[0] is the last
# one of the line before.
function tokenise(line,    place, length_of) {
	if (count)
		previous = token[count]
	token[0] = previous
	count = 0
	for (place = 1; place <= length(line); place += length_of) {
		length_of = token_length(substr(line, place))
		if (is_blank)
			continue
		token[++count] = substr(line, place, length_of)
		at[count] = place
	}
	token[count + 1] = token[count + 2] = ""
	at[count + 1] = length(line) + 1
}

# How long the token is that the text begins with; sets is_blank for what is none.
function token_length(text) {
	is_blank = 1
	if (in_comment || text ~ /^\/\*/)
		return comment_length(text)
	if (match(text, /^[ \t\\]+/) || match(text, /^\/\/.*/))
		return RLENGTH
	is_blank = 0
	if (match(text, /^"(\\.|[^"\\])*"/) || match(text, /^'(\\.|[^'\\])*'/) ||
	    match(text, /^[A-Za-z_0-9]+/) || match(text, /^(<<|>>)=/) ||
	    match(text, /^(->|\+\+|--|<<|>>|&&|\|\||[-+*\/%&|^<>=!]=)/))
		return RLENGTH
	return 1
}

function comment_length(text,    behind) {
	behind = index(in_comment ? text : "  " substr(text, 3), "*/")
	in_comment = !behind
	return behind ? behind + 1 : length(text)
}

# ---- Where it stands ------------------------------------------------------------

# Members by their uses and initialisers, and constants by their names.
function collect_names(    i) {
	for (i = 1; i <= count; i++) {
		if ((token[i - 1] == "->" || token[i - 1] == ".") &&
		    token[i] ~ /^[a-z]/ && !(token[i] in is_member)) {
			is_member[token[i]]
			member[++members] = token[i]
		} else if (is_constant(token[i]) && !(token[i] in is_named)) {
			is_named[token[i]]
			constant[++constants] = token[i]
		}
	}
}

function is_constant(text) {
	return text ~ /^[A-Z][A-Z_0-9]+$/ && text != "NULL"
}

# Whether the operator at i has an operand in front of it.
function is_binary(i) {
	return token[i - 1] ~ /^[])A-Za-z_0-9]/ && !(token[i - 1] in keyword)
}

# Whether an expression or a jump begins with the line, and is a statement.
function is_statement() {
	if (depth == 0 || parens > 0 || asserting || token[0] !~ /^([;{})]|else)$/)
		return 0
	if (token[1] ~ /^(\*|\+\+|--|break|continue)$/)
		return 1
	return token[1] ~ /^[A-Za-z_]/ && !(token[1] in keyword) &&
		token[2] ~ /^(\(|\[|\.|->|\+\+|--|[-+*\/%&|^]?=|<<=|>>=)$/
}

function keep_track(text) {
	depth += (text == "{") - (text == "}")
	parens += (text == "(") - (text == ")")
	if (text ~ /^(require|_Static_assert)$/)
		asserting = 1
	if (text == ";")
		asserting = 0
}

# ---- The mistakes ---------------------------------------------------------------

# Prints the line with what stands from the token `from` to the token `to` replaced.
function change(from, to, text, kind,    line) {
	line = substr($0, 1, at[from] - 1) text \
		substr($0, at[to] + length(token[to]))
	sub(/^[ \t]+/, "", line)
	print FNR "\t" kind "\t" line
}

function change_to_each(i, text,    j, n, choice) {
	n = split(swapped[text], choice, " ")
	for (j = 1; j <= n; j++)
		change(i, i, choice[j], kind_of[text])
}

# A statement of several lines is passed over instead.
function drop_statement() {
	if (token[count] == ";")
		change(1, count, ";", "statement")
	else
		change(1, 1, "if (0) " token[1], "statement")
}

function mistake_at(i,    text) {
	text = token[i]
	if (text in swapped && (text ~ /^[a-z+-][a-z+-]/ || is_binary(i)))
		change_to_each(i, text)
	else if (text ~ /^[!~-]$/)
		change(i, i, "", "sign")
	if (text ~ /^(&&|\|\||\?|if|while)$/)
		condition_at(i, text)
	else if (text == "return" && token[i + 1] != ";" && token[count] == ";")
		change(i, count, "return 0;", "return")
	else if (text ~ /^[0-9]/ || is_constant(text))
		number_at(i, text)
	else if (text in is_member && token[i - 1] ~ /^(->|\.)$/)
		member_at(i, text)
	else if (text ~ /^[A-Za-z_]/ && token[i + 1] == "(" && !(text in keyword))
		arguments_at(i + 2)
}

# One side of it always true or false, by which the other decides or nothing does.
function condition_at(i, text) {
	if (text ~ /^(if|while)$/) {
		change(i, i + 1, text " (1 || ", "condition")
		change(i, i + 1, text " (0 && ", "condition")
	} else {
		change(i, i, text == "?" ? "|| 1 ?" : "&& 0 ||", "condition")
		change(i, i, text == "?" ? "&& 0 ?" : "|| 0 &&", "condition")
	}
}

function number_at(i, text,    other) {
	change(i, i, text == "0" ? "1" : "(" text " + 1)", "off by one")
	if (text != "0")
		change(i, i, "(" text " - 1)", "off by one")
	if (!(text in is_named) || constants < 2)
		return
	for (other = 1; constant[other] != text; other++)
		;
	change(i, i, constant[other % constants + 1], "constant")
}

function member_at(i, text,    other) {
	for (other = 1; other <= members; other++)
		if (member[other] != text)
			change(i, i, member[other], "field")
}

# Swaps neighbours among the arguments, the first of which begins at the token `first`.
function arguments_at(first,    i, deep, comma) {
	for (i = first; i <= count; i++) {
		if (token[i] ~ /^[[({]$/)
			deep++
		else if (deep && token[i] ~ /^[])}]$/)
			deep--
		else if (!deep && token[i] ~ /^[,)]$/) {
			if (comma) {
				change(first, i - 1, text_of(comma + 1, i - 1) ", " \
					text_of(first, comma - 1), "arguments")
				first = comma + 1
			}
			comma = i
			if (token[i] == ")")
				return
		}
	}
}

function text_of(from, to) {
	return substr($0, at[from], at[to] + length(token[to]) - at[from])
}
