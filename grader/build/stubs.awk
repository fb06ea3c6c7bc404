# usage: awk -f api.awk -f stubs.awk side=calls|judge|player|watched labs/N-name/api
#
# Prints C that carries the calls of a lab's functions from the judge's process to
# the player's (docs/design.md): `calls`, a header with what crosses; `judge`, the
# functions as the tests call them; `player`, what calls the submission's.  And `watched`:
# what the linker (--wrap) has everybody call in place of a function of the student's,
# on every machine, so that the watchdog learns that a call has returned.

# ---- One parameter, or the result ------------------------------------------------

# How long the text in parentheses is with which this one begins.
function length_in_parentheses(text,    i, depth) {
	for (i = 1; i <= length(text); i++) {
		depth += substr(text, i, 1) == "("
		depth -= substr(text, i, 1) == ")"
		if (depth == 0)
			break
	}
	return i
}

# Takes the words before a type off, into word[]; what one has in parentheses, into
# size[].  Returns the rest.
function take_words(text,    found, length_of) {
	split("", word)
	split("", size)
	sub(/^[ \t]+/, "", text)
	while (match(text, /^(in|out|text|heap|bytes|bools|same)[ (]/)) {
		found = substr(text, 1, RLENGTH - 1)
		word[found] = 1
		text = substr(text, RLENGTH)
		if (text ~ /^\(/) {
			length_of = length_in_parentheses(text)
			size[found] = substr(text, 2, length_of - 2)
			text = substr(text, length_of + 1)
		}
		sub(/^[ \t]+/, "", text)
	}
	return text
}

# Sets name, type, target (what a pointer points to) and way of a parameter.
function take_parameter(text, where) {
	text = take_words(text)
	if (!match(text, /[A-Za-z_][A-Za-z0-9_]*$/))
		api_trouble(where, "the parameter `" text "` has no name")
	name = substr(text, RSTART)
	declared = text
	type = substr(text, 1, RSTART - 1)
	sub(/[ \t]+$/, "", type)
	target = type
	sub(/[ \t]*\*$/, "", target)
	sub(/^const /, "", target)
	way = ("in" in word ? "in" : "") ("out" in word ? "out" : "")
	if ("text" in word)
		way = "text"
	else if ("bytes" in word)
		way = ("out" in word ? "out" : "") "bytes"
	else if ("heap" in word)
		way = "heap"
	else if (type == "struct frame_source *")
		way = "frames"
	else if (way == "" && type ~ /\*/)
		api_trouble(where, "how does the pointer `" name "` cross? in, " \
			"out, in out, heap, bytes(SIZE), out bytes(SIZE) or text")
	else if (way == "")
		way = "value"
	if (way ~ /bytes$/ && !("bytes" in size))
		api_trouble(where, "how many bytes does `" name "` lead to? bytes(SIZE)")
	if (way != "value" && type !~ /\*$/)
		api_trouble(where, "`" name "` is no pointer")
}

# Splits at commas outside of parentheses.
function split_parameters(text, parameter,    i, depth, count, character) {
	split("", parameter)
	if (text ~ /^[ \t]*(void)?[ \t]*$/)
		return 0
	count = 1
	for (i = 1; i <= length(text); i++) {
		character = substr(text, i, 1)
		depth += character == "("
		depth -= character == ")"
		if (character == "," && depth == 0)
			count++
		else
			parameter[count] = parameter[count] character
	}
	return count
}

# ---- One function ------------------------------------------------------------------

# Sets, of function n: its declaration and the names in it; what crosses (in_fields,
# out_fields), the judge's text (sizes, filled_in, judge_before, judge_after) and the player's (player_before,
# arguments).
function describe(lab, n,    count, parameter, i) {
	in_fields = out_fields = filled_in = ""
	sizes = judge_before = judge_after = ""
	player_before = arguments = declaration = names = ""
	asked = "NULL"
	count = split_parameters(api_parameters[lab, n], parameter)
	for (i = 1; i <= count; i++) {
		take_parameter(parameter[i], api_where[lab, n])
		declaration = declaration (i > 1 ? ", " : "") declared
		arguments = arguments (i > 1 ? ", " : "")
		names = names (i > 1 ? ", " : "") name
		describe_parameter()
	}
	if (count == 0)
		declaration = "void"
	describe_result(lab, n)
}

function describe_parameter() {
	if (way == "frames") {
		asked = name
		arguments = arguments "player_frames()"
	} else if (way == "value" || way == "heap") {
		in_fields = in_fields "\t" type " " name ";\n"
		filled_in = filled_in "\t\t." name " = " name ",\n"
		arguments = arguments "call_in->" name
	} else if (way == "text") {
		in_fields = in_fields "\tstruct call_text " name ";\n"
		judge_before = judge_before "\tjudge_text(&call_in." name ", " name ");\n"
		arguments = arguments "player_text(&call_in->" name ")"
	} else if (way ~ /bytes$/)
		describe_bytes()
	else
		describe_copy()
}

function describe_copy() {
	if (way != "out") {
		in_fields = in_fields "\t" target " " name ";\n"
		filled_in = filled_in "\t\t." name " = *" name ",\n"
	}
	if (way == "inout")
		player_before = player_before "\tcall_out->" name " = call_in->" name ";\n"
	if (way ~ /out$/) {
		out_fields = out_fields "\t" target " " name ";\n"
		if ("same" in size)
			judge_after = judge_after "\tjudge_same(\"" name "." size["same"] \
				"\", &" name "->" size["same"] ", &call_out." name "." \
				size["same"] ",\n\t\t   sizeof(" name "->" size["same"] "));\n"
		judge_after = judge_after "\t*" name " = call_out." name ";\n"
		arguments = arguments "&call_out->" name
	} else
		arguments = arguments "&call_in->" name
}

# How many bytes, is decided before the submission can change anything.
function describe_bytes() {
	in_fields = in_fields "\tstruct call_bytes " name ";\n"
	sizes = sizes "\tconst size_t size_of_" name " = " size["bytes"] ";\n"
	judge_before = judge_before "\tjudge_bytes(&call_in." name ", " name \
		", size_of_" name ");\n"
	if (way == "bytes") {
		arguments = arguments "player_bytes(&call_in->" name ")"
		return
	}
	out_fields = out_fields "\tstruct call_bytes " name ";\n"
	judge_after = judge_after "\tjudge_bytes_back(" name ", &call_in." name \
		", &call_out." name ",\n\t\t\t size_of_" name ");\n"
	player_before = player_before "\tcall_out->" name " = call_in->" name ";\n"
	arguments = arguments "player_bytes(&call_out->" name ")"
}

function describe_result(lab, n,    count, member, i) {
	result = take_words(api_result[lab, n])
	returned = "call_out.result"
	if (result ~ /^void[ \t]*$/)
		return
	if (result ~ /\*/ && !("heap" in size))
		api_trouble(api_where[lab, n], "how far may the tests reach from " \
			"the pointer that " api_name[lab, n] " returns? heap(SIZE)")
	if (result ~ /^bool[ \t]*$/) {
		out_fields = out_fields "\tunsigned char result;\n"
		returned = "call_out.result != 0"
	} else
		out_fields = out_fields "\t" result "result;\n"
	if ("heap" in size) {
		sizes = sizes "\tconst size_t size_of_result = " size["heap"] ";\n"
		judge_after = judge_after "\tjudge_heap(\"" api_name[lab, n] \
			"\", call_out.result, size_of_result);\n"
	}
	count = split(size["bools"], member, /[ ,]+/)
	for (i = 1; i <= count; i++)
		judge_after = judge_after "\tjudge_bool(&call_out.result." member[i] ");\n"
	judge_after = judge_after "\treturn " returned ";\n"
}

# ---- The files ----------------------------------------------------------------

function print_calls(name) {
	print "\nstruct " name "_in {\n" in_fields "};"
	print "struct " name "_out {\n" out_fields "};"
	print "_Static_assert(sizeof(struct " name "_in) <= CALL_BYTES &&\n" \
		"\t       sizeof(struct " name "_out) <= CALL_BYTES, \"too large\");"
}

function print_judge(name, number) {
	print "\n" result name "(" declaration ")\n{"
	printf "%s", sizes
	print "\tstruct " name "_in call_in = {\n" filled_in "\t};"
	print "\tstruct " name "_out call_out;\n"
	printf "%s", judge_before
	print "\tjudge_call(" number ", &call_in, sizeof(call_in), &call_out,\n\t\t   sizeof(call_out), " asked ");"
	printf "%s", judge_after
	print "}"
}

function print_player(name) {
	print "\nstatic void play_" name "(void *in, void *out)\n{"
	print "\tstruct " name "_in *call_in = in;"
	print "\tstruct " name "_out *call_out = out;\n"
	print "\t(void)call_in;\n\t(void)call_out;"
	printf "%s", player_before
	print "\t" (result ~ /^void[ \t]*$/ ? "" : "call_out->result = ") \
		name "(" arguments ");\n}"
}

function print_watched(name,    keeps) {
	keeps = result !~ /^void[ \t]*$/
	print "\n" result "__real_" name "(" declaration ");"
	print result "__wrap_" name "(" declaration ");\n"
	print result "__wrap_" name "(" declaration ")\n{"
	if (keeps)
		print "\t" result "result;\n"
	print "\tisolate_in_call = true;"
	print "\t" (keeps ? "result = " : "") "__real_" name "(" names ");"
	print "\tisolate_call_returned();" (keeps ? "\n\treturn result;" : "") "\n}"
}

{ api_line() }

END {
	if (api_failed)
		exit 2
	api_check()
	if (api_failed)
		exit 2
	lab = api_labs[1]
	print "/* Made from labs/" lab "/api by grader/build/stubs.awk. */"
	if (side == "calls")
		print "#include \"host/judged/channel.h\"\n" api_headers[lab]
	else if (side == "watched")
		print "#include \"runner/isolate.h\"\n" api_headers[lab]
	else
		print "#include \"host/judged/" side ".h\"\n#include \"calls.h\""
	for (n = 1; n <= api_count[lab]; n++) {
		describe(lab, n)
		name = api_name[lab, n]
		if (side == "calls")
			print_calls(name)
		else if (side == "judge")
			print_judge(name, n - 1)
		else if (side == "watched" && api_is_piece[lab, n])
			print_watched(name)
		else if (side == "player")
			print_player(name)
	}
	if (side != "player")
		exit
	print "\nvoid (*const player_functions[])(void *in, void *out) = {"
	for (n = 1; n <= api_count[lab]; n++)
		print "\tplay_" api_name[lab, n] ","
	print "};\nconst size_t player_function_count = " api_count[lab] ";"
}
