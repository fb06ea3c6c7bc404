# Reads the files `api`: a lab's, which describes what the student writes
# (docs/add-a-lab.md), and the kernel's, which lists what all labs may use.  For
# other awk programs, which call api_line() for each line.
#
# Afterwards, for the labs api_labs[1] to api_labs[api_lab_count]:
#
#   api_piece[LAB]            the file that is handed in, such as mapper.c
#   api_part[LAB]             a further file of our solution: what is handed in has
#                             all functions in one
#   api_is_default[LAB]       of several labs with the same functions, the others
#                             are linked with this one's
#   api_also[LAB]             another lab, whose piece is linked, too; or itself, of which
#                             it is always our solution, and nobody may use it; with
#   api_prefix[LAB]           this in front of its functions' names
#   api_processors[LAB]       how many processors its tests ask for; take/labs.sh reads it
#   api_between[LAB]          functions of other pieces that the lab's tests stand before
#   api_is_fast[LAB]          its piece is compiled with -O2 for the machine, and scored
#   api_count[LAB]            how many functions there are, and of each of them
#   api_name[LAB, n]
#   api_is_piece[LAB, n]      whether the student writes it
#   api_result[LAB, n]        its type, and what stands before the type
#   api_parameters[LAB, n]    the text between the parentheses
#   api_where[LAB, n]         file and line, for messages
#   api_headers[LAB]          what they need, a line `#include "..."` each
#
# and may_use[NAME] and may_include[HEADER], with the labs' functions and headers;
# api_writes[LAB, NAME] exists for each of them.

function api_trouble(where, sentence) {
	print where ": " sentence | "cat >&2"
	close("cat >&2")
	api_failed = 1
	exit 2
}

function api_here() {
	return (api_lab == "" ? FILENAME : "labs/" api_lab "/api") ":" FNR
}

# The lab that the file is of: .../N-name/api; the kernel's has none.
function api_begin(    count, part) {
	api_text = ""
	count = split(FILENAME, part, "/")
	api_lab = part[count - 1]
	api_writes_piece = 1
	if (api_lab !~ /^[0-9]/)
		api_lab = ""
	else
		api_labs[++api_lab_count] = api_lab
}

function api_line(    i) {
	if (FNR == 1)
		api_begin()
	sub(/#.*/, "")
	sub(/[ \t\r]+$/, "")
	if (NF == 0)
		return
	if (api_text != "")
		api_prototype()
	else if ($1 == "may" && ($2 == "use:" || $2 == "include:"))
		for (i = 3; i <= NF; i++) {
			if ($2 == "use:")
				may_use[$i] = 1
			else
				may_include[$i] = 1
		}
	else if (api_lab == "")
		api_trouble(api_here(), "expected `may use:` or `may include:`")
	else if ($1 == "piece:" && $2 ~ /^[a-z][a-z0-9_]*\.c$/ && NF == 2)
		api_piece[api_lab] = $2
	else if ($1 == "part:" && $2 ~ /^[a-z][a-z0-9_]*\.c$/ && NF == 2)
		api_part[api_lab] = $2
	else if ($1 ~ /^(header|beside):$/ && $2 ~ /^[a-z0-9_\/-]+\.h$/ && NF == 2) {
		api_headers[api_lab] = api_headers[api_lab] "#include \"" $2 "\"\n"
		if ($1 == "beside:")
			api_writes_piece = 0
		else
			may_include[$2] = 1
	} else if ($1 == "between:" && NF > 1) {
		sub(/^between:/, "")
		api_between[api_lab] = $0
	} else if ($1 == "also:" && NF == 3 && $3 ~ /^[a-z_]+$/) {
		api_also[api_lab] = $2
		api_prefix[api_lab] = $3
	} else if ($1 == "processors:" && $2 ~ /^[1-9]$/ && NF == 2)
		api_processors[api_lab] = $2
	else if ($0 == "default")
		api_is_default[api_lab] = 1
	else if ($0 == "fast")
		api_is_fast[api_lab] = 1
	else
		api_prototype()
}

# Collects the lines of one up to its semicolon.
function api_prototype(    open, name, n) {
	if (api_text == "")
		api_from = api_here()
	sub(/^[ \t]+/, "")
	api_text = api_text (api_text == "" ? "" : " ") $0
	if (api_text !~ /;$/)
		return
	n = ++api_count[api_lab]
	if (!match(api_text, /[a-z_][a-z0-9_]*\(/) || api_text !~ /\);$/)
		api_trouble(api_from, "expected a prototype, such as " \
			"`void *alloc(struct layout layout);`")
	# The words before the result may have parentheses, too.
	open = api_last_open(api_text)
	name = substr(api_text, 1, open - 1)
	match(name, /[A-Za-z_][A-Za-z0-9_]*$/)
	api_name[api_lab, n] = substr(name, RSTART)
	api_result[api_lab, n] = substr(name, 1, RSTART - 1)
	api_parameters[api_lab, n] = substr(api_text, open + 1, \
		length(api_text) - open - 2)
	api_is_piece[api_lab, n] = api_writes_piece
	api_where[api_lab, n] = api_from
	if (api_writes_piece) {
		may_use[api_name[api_lab, n]] = 1
		api_writes[api_lab, api_name[api_lab, n]] = 1
	}
	api_text = ""
}

# Where the parenthesis of the parameters opens: the one that the last one closes.
function api_last_open(text,    i, depth) {
	for (i = length(text) - 1; i > 0; i--) {
		depth += substr(text, i, 1) == ")"
		depth -= substr(text, i, 1) == "("
		if (depth == 0)
			return i
	}
	api_trouble(api_from, "its parentheses do not match")
}

# Whether a submission may use that name.
function api_may_use(name,    lab, length_of) {
	if (name in may_use)
		return 1
	for (lab in api_also) {
		if (api_also[lab] == lab)
			continue # what it is measured against
		length_of = length(api_prefix[lab])
		if (substr(name, 1, length_of) == api_prefix[lab] && \
		    ((api_also[lab], substr(name, length_of + 1)) in api_writes))
			return 1
	}
	return 0
}

# In END: whether all was read.
function api_check(    i, lab) {
	if (api_text != "")
		api_trouble(api_from, "this prototype does not end with `;`")
	for (i = 1; i <= api_lab_count; i++) {
		lab = api_labs[i]
		if (!(lab in api_piece))
			api_trouble("labs/" lab "/api", "no line `piece: NAME.c`")
		if (!api_count[lab])
			api_trouble("labs/" lab "/api", "no function in it")
	}
}
