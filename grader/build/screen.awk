# usage: awk -f api.awk -f screen.awk root=DIR memory_limit=BYTES kind=api API... \
#            kind=included DEPENDENCIES kind=text TEXT kind=said SAID
#        awk -f api.awk -f screen.awk root=DIR memory_limit=BYTES kind=api API... \
#            lab=LAB objects=N functions=FILE kind= DESCRIBED \
#            kind="object contracts" HEADER...
#
# The part of screen that reads.  Prints a sentence if there is a reason to refuse
# the submission, and at its end `done`; and writes the names of the lab's functions to
# the FILE, one a line.

function refuse(sentence) {
	if (!reason)
		reason = sentence
}

# Of a name in a sentence: what can be shown.
function shown(name) {
	gsub(/[^ -~]/, "?", name)
	return length(name) > 60 ? substr(name, 1, 60) "..." : name
}

function words_to_set(text, set,    count, word, i) {
	count = split(text, word, " ")
	for (i = 1; i <= count; i++)
		set[word[i]] = 1
}

BEGIN {
	words_to_set("alias constructor copy destructor ifunc " \
		"init_priority interrupt naked no_sanitize " \
		"no_sanitize_undefined patchable_function_entry section " \
		"symver target target_clones weak weak_import weakref",
		refused_attribute)
	words_to_set("in inb inw inl ins insb insw insl out outb outw outl outs " \
		"outsb outsw outsl int int1 into iret iretw iretq hlt cli sti " \
		"clts lidt lgdt lldt ltr sidt sgdt sldt str lmsw smsw wrmsr " \
		"rdmsr rdpmc xsetbv invd wbinvd wbnoinvd invlpg invlpga invpcid " \
		"syscall sysenter sysexit sysret sysretl sysretq swapgs clac stac " \
		"popf popfq pushf pushfq monitor mwait monitorx mwaitx rsm " \
		"lcall ljmp lret retf lretq rex.W ljmpq lcallq vmcall vmmcall " \
		"vmlaunch vmresume vmrun vmload vmsave vmxon vmxoff vmread " \
		"vmwrite vmptrld vmptrst vmclear clgi stgi skinit getsec encls " \
		"enclu wrfsbase wrgsbase wrpkru xrstors xsaves hreset uiret " \
		"senduipi clui stui xbegin xabort ptwrite umonitor umwait tpause",
		refused_instruction)
	# gcc's and clang's for a lab piece, without what executable sections are
	# called.
	data_section = "^\\.(data|data\\.rel.*|bss|rodata(\\..*)?)$"
	other_section = "^\\.(debug_.*|comment|note\\.GNU-stack|note\\.gnu\\.property|" \
		"eh_frame|symtab|strtab|shstrtab|llvm_addrsig|rela\\..*)$"
}

$1 == "kind" && kind == "" || kind ~ /^object/ && $1 == "kind" && NF == 2 {
	kind = "object " $2
	next
}

kind == "api" {
	api_line()
	next
}

# ---- The files that it included -----------------------------------------------------

# The path without `.`, `..` and double strokes.
function normal(path,    count, part, i, depth, kept, result) {
	count = split(path, part, "/")
	for (i = 1; i <= count; i++)
		if (part[i] == "..")
			depth -= depth > 0
		else if (part[i] != "" && part[i] != ".")
			kept[++depth] = part[i]
	for (i = 1; i <= depth; i++)
		result = result "/" kept[i]
	return result
}

# This project may lie under /usr itself.
function is_systems(path) {
	return path ~ /^\/usr\// && index(normal(path), root "/") != 1
}

function screen_included(file,    path) {
	path = normal(file ~ /^\// ? file : root "/" file)
	if (index(path, root "/kernel/") == 1 && \
	    substr(path, length(root) + 9) in may_include)
		return
	if (index(path, root "/labs/") == 1 && \
	    substr(path, length(root) + 7) in may_include)
		return
	if (is_systems(path))
		return
	refuse("it includes " shown(file) ", which no submission may: the " \
		"headers for labs are memory/..., machine.h, lab.h and " \
		"lib/string.h")
}

# The first file is the submission itself, but for what clang's sanitizers read of
# their own.
kind == "included" {
	sub(/^[^:]*:/, "")
	sub(/\\$/, "")
	for (i = 1; i <= NF; i++)
		if (!is_systems($i) && files_seen++ || $i ~ /\/\.\.\//)
			screen_included($i)
}

# ---- The text that is compiled --------------------------------------------------------

# A line marker: what follows is that line of that file.  Whoever forges one changes
# only what a sentence says.
kind == "text" && /^# [0-9]/ {
	from = file
	file = $0
	gsub(/^[^"]*"|"[^"]*$/, "", file)
	if (!own)
		own = file
	if (from == own && file != own) {
		included = file
		included_by = line + 1
	}
	line = $2 - 1
	next
}

kind == "text" { line++ }

# A reason of the text.  What the student did is to include what has it.
function refuse_text(what) {
	if (file != own && is_systems(included)) {
		sub(/^.*\/include\//, "", included)
		what = "it includes <" shown(included) "> (line " included_by \
			"), which is for programs and not for a kernel: " \
			instead_of_header(included)
	}
	refuse(what)
}

kind == "text" && /^[ \t]*#/ {
	if (!/^[ \t]*#[ \t]*(ident|pragma[ \t]+(GCC[ \t]+(diagnostic|unroll|ivdep)|clang[ \t]+diagnostic|STDC|once|pack|message|mark|region|endregion))/)
		refuse_text("it uses `" shown($0) "` (line " line "), which no " \
			"submission needs: leave it out")
	next
}

kind == "text" {
	gsub(/"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/, " ")
	gsub(/(^|[^A-Za-z0-9_$])asm[ \t]*(\(|(__)?(volatile|goto|inline)|$)/, " $asm &")
	# No program has these two characters: they stand for [[ and ]].
	gsub(/\[\[/, " @ ")
	gsub(/\]\]/, " ` ")
	gsub(/[()]/, " & ")
	gsub(/[^A-Za-z0-9_$()@`]+/, " ")
	count = split($0, token, " ")
	for (i = 1; i <= count; i++)
		screen_token(token[i])
}

# attribute_depth is 0 outside of __attribute__((...)), and the parentheses that
# are open, plus 1, in it.
function screen_token(token,    plain) {
	if (token == "$asm" || token == "__asm" || token == "__asm__") {
		sub(/^\$/, "", token)
		refuse_text("it uses inline assembly (" token ", line " line ")")
		return
	}
	if (token == "(" || token == ")") {
		if (attribute_depth) {
			attribute_depth += token == "(" ? 1 : -1
			if (attribute_depth == 1)
				attribute_depth = 0
		}
		return
	}
	if (token == "__attribute__" || token == "__attribute")
		attribute_depth = 1
	if (token == "@")
		in_brackets = 1
	else if (token == "`")
		in_brackets = 0
	if (!attribute_depth && !in_brackets)
		return
	plain = token
	sub(/^__/, "", plain)
	sub(/__$/, "", plain)
	if (plain in refused_attribute)
		refuse_text("it uses the attribute `" plain "` (line " line "), " \
			"which no submission needs")
}

# ---- What the compiler said about it ---------------------------------------------------

function refuse_said(sentence) {
	match($0, /:[0-9]+/)
	refuse("line " substr($0, RSTART + 1, RLENGTH - 1) ": " sentence)
}

kind == "said" && /error: SSE register/ { refuse_said(sentence_about_use("__adddf3")) }

kind == "said" && /error: .*(implicit declaration of|undeclared) function '/ {
	name = $0
	sub(/^.* function '/, "", name)
	sub(/'.*/, "", name)
	if (instead_of(name))
		refuse_said(sentence_about_use(name))
}

# ---- The object ---------------------------------------------------------------------

kind == "object header" && /^ +Class: +ELF64/ { elf64++ }
kind == "object header" && /^ +Type: +REL / { relocatable++ }
kind == "object header" && /^ +Machine: +Advanced Micro Devices X86-64/ { x86++ }

kind == "object sections" && /^File: / { memory = 0 }

kind == "object sections" && /^ +\[ *[0-9]+\]/ {
	sub(/^ +\[ *[0-9]+\] /, "")
	if (/^ /)
		next # the first one, without a name
	# name type address offset size entry-size flags ...
	screen_section($1, $6 ~ /^[0-9a-f]+$/ ? $7 : "", $5)
}

function hexadecimal(text,    value, i) {
	for (i = 1; i <= length(text); i++)
		value = value * 16 + index("0123456789abcdef", \
			substr(text, i, 1)) - 1
	return value + 0
}

function screen_section(name, flags, size,    wanted) {
	if (name ~ /^\.text(\.(unlikely|hot|startup|exit))?$/)
		wanted = "^AX$"
	else if (name ~ /^\.rodata/ && name ~ data_section)
		wanted = "^AM?S?$"
	else if (name ~ data_section)
		wanted = "^WA$"
	else if (name ~ other_section)
		wanted = "^[^WX]*$"
	else {
		refuse("its object has a section `" shown(name) "`; all that " \
			"a submission needs is .text, .rodata, .data and .bss")
		return
	}
	if (name == ".note.GNU-stack" && flags ~ /X/)
		refuse("it takes the address of a function inside of a function, for " \
			"which the stack would have to hold code; make it one of its own")
	else if (flags !~ wanted)
		refuse("its section " name " has other rights than usual")
	if (flags ~ /A/)
		memory += hexadecimal(size)
	if (memory > memory_limit)
		refuse(sprintf("its code and variables take %.0f KiB; %d are enough", \
			memory / 1024, memory_limit / 1024))
}

# number: value size type binding visibility section name
kind == "object symbols" && $1 ~ /^[0-9]+:$/ && NF > 7 {
	if ($4 !~ /^(NOTYPE|OBJECT|FUNC|SECTION|FILE)$/)
		refuse("its symbol `" shown($8) "` is of the kind " $4 \
			", which no submission needs")
	else if ($5 !~ /^(LOCAL|GLOBAL)$/)
		refuse("its symbol `" shown($8) "` is " tolower($5) \
			", which no submission needs")
	else if ($7 == "COM" || $7 == "ABS" && $4 != "FILE")
		refuse("its symbol `" shown($8) "` is a common variable or a fixed " \
			"address, which no submission needs")
	else if ($7 == "UND" && !api_may_use($8))
		refuse(sentence_about_use($8))
	else if ($7 != "UND" && $5 == "GLOBAL" && !((lab, $8) in api_writes))
		defined[$8] = 1
}

function sentence_about_use(name) {
	if (name ~ /^v?kprintf$/)
		return "it prints to the transcript with " name \
			", which is for the tests; debug_printf is there for it"
	if (instead_of(name) ~ /^whole/)
		return "it computes with double or float, for which a kernel has no " \
			"registers to spare; " instead_of(name)
	return "it uses `" shown(name) "`, which is not among the functions for labs" \
		(instead_of(name) ? "; " instead_of(name) : "")
}

# What there is in place of a function of the C library, or of a compiler's helper.
function instead_of(name) {
	if (name ~ /^_*(f|v|vf|s|sn|vs|vsn|asn|d)?printf(_chk)?$|^_*(f?put(s|c|char)|perror|fwrite|fflush|_overflow)$/)
		return "debug_printf of lib/console.h shows text, and no test compares it"
	if (name ~ /^(aligned_alloc|[mc]alloc|realloc|free|s?brk|mmap|munmap|posix_memalign)$/)
		return "the memory is what the lab's functions are given, and " \
			"variables are static"
	if (name ~ /^(__)?assert(_fail|_rtn)?$/)
		return "require of lib/panic.h checks a condition, and panics with your words"
	if (name ~ /^(abort|_?exit|_Exit)$/)
		return "panic of lib/panic.h ends, with your words"
	if (name ~ /^(mem|str)[a-z]+$/)
		return "lib/string.h has mem and str functions"
	if (name ~ /^__[a-z]*[dstx]f[a-z0-9]*$/)
		return "whole numbers serve as well, such as thousandths of a part"
	return ""
}

function instead_of_header(name) {
	if (name ~ /^(stdio|wchar)\.h$/)
		return instead_of("printf")
	if (name ~ /^(malloc|stdlib|alloca)\.h$|mman\.h$/)
		return instead_of("malloc")
	if (name == "assert.h")
		return instead_of("assert")
	return "the headers for labs are memory/..., machine.h, lab.h, lib/..., and of " \
		"C's own such as <stdint.h>"
}

kind == "object code" && /^ *[0-9a-f]+:\t/ {
	sub(/^ *[0-9a-f]+:\t/, "")
	screen_instruction($0)
}

# Prefixes first, such as `rep`; the operands tell moves to control registers.
function screen_instruction(text,    count, word, i) {
	count = split(text, word, " ")
	for (i = 1; i < count && word[i] ~ /^(rep|repz|repnz|lock|bnd|notrack|cs|ds|es|ss|fs|gs|data16|addr32|rex(\..*)?)$/; i++)
		;
	if (word[i] in refused_instruction || text ~ /%(cr|db|dr|tr)[0-9]/)
		refuse("its code has the instruction `" word[i] \
			"`, which only the kernel may use")
	else if (text ~ /\(bad\)/)
		refuse("its code has bytes that are no instruction")
}

# Every function that one of these headers declares: outside of comments, of what the
# preprocessor does, of attributes and of braces.
kind == "object contracts" {
	if (in_comment || /^[ \t]*\/\*/) {
		in_comment = !/\*\//
		next
	}
	if (in_directive || /^#/) {
		in_directive = /\\$/
		next
	}
	gsub(/__attribute__\(\([^()]*(\([^()]*\)[^()]*)*\)\)/, "")
	while (match($0, /[A-Za-z_][A-Za-z0-9_]*\(|[(){}]/)) {
		name = substr($0, RSTART, RLENGTH - 1)
		character = substr($0, RSTART + RLENGTH - 1, 1)
		if (name in defined && !depth)
			refuse("it defines " name ", which the kernel has; " \
				"give it another name, or make it static")
		depth += character ~ /[({]/ ? 1 : -1
		$0 = substr($0, RSTART + RLENGTH)
	}
}

END {
	if (api_failed)
		exit 2
	for (n = 1; n <= api_count[lab]; n++)
		if (api_is_piece[lab, n])
			print api_name[lab, n] >functions
	if (elf64 + relocatable + x86 != 3 * objects)
		refuse("its object is not for this machine")
	if (reason)
		print reason
	print "done"
}
