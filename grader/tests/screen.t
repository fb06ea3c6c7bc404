#!/bin/sh

test_description='What is refused before it runs, and what is not

Each submission is the solution of 0-start with one thing more.'

tests=$(dirname "$0")
. "$tests/lib.sh"

screen=$cairn/grader/build/screen
best=$("$cairn/grader/run/sandbox" --level)
solution=$cairn/solutions/0-start/align.c
root=$cairn
. "$cairn/grader/take/labs.sh"

work=$cairn/$IMAGE

# compile LAB FILE [VARIABLE=VALUE...]: as for a submission; prints what the tools say.
# What `refused` holds is why it is refused, `trouble` why it is not to blame.
compile() {
	compiled_lab=$1
	piece=$compiled_lab/$(piece_of "$compiled_lab")
	rm -rf "$work" &&
		mkdir -p "$work/submitted/$compiled_lab" &&
		cp "$2" "$work/submitted/$piece" || return
	objects=$work/pieces/${piece%.c}/piece
	shift 2
	env "SANDBOX=$best" "$@" timeout 300 "$cairn/grader/build/compile" "$work" \
		"$compiled_lab" guest judged >"$work/ended"
	status=$?
	for machine in guest judged; do
		[ "$status" -eq 0 ] || break
		"$cairn/grader/build/link" "$work" $machine >"$work/ended"
		status=$?
	done
	case $status in
	2) mv "$work/ended" "$work/trouble" ;;
	4) mv "$work/ended" "$work/refused" ;;
	esac
	cat "$work/build.log" "$work"/link.*.log 2>/dev/null
	return "$status"
}

# accepted TEXT: the solution with this in front.
accepted() {
	{ printf '%s\n' "$1" && cat "$solution"; } >with.c
	# shellcheck disable=SC2086 # words without blanks
	compile 0-start with.c ${with:-} && test ! -e "$work/refused"
}

# refused SENTENCE TEXT
with=

refused() {
	! accepted "$2" && grep -F "$1" "$work/refused"
}

# ---- The file -------------------------------------------------------------------

# source_is STATUS FILE
source_is() {
	test_expect_code "$1" "$cairn/grader/take/take" "$2" taken >said 2>&1
}

test_expect_success 'a file of text is taken, whatever its lines end with' '
	source_is 0 "$solution" && test ! -s said && cmp taken "$solution" &&
	printf "\357\273\277int x;\r\n// \303\274\r\nint y;" >odd.c &&
	source_is 0 odd.c
'

test_expect_success 'a link, a folder, a pipe are refused in a moment' '
	ln -s "$solution" link.c && source_is 1 link.c && grep "a link" said &&
	mkdir folder.c && source_is 1 folder.c && grep "no plain file" said &&
	mkfifo pipe.c && source_is 1 pipe.c && grep "no plain file" said
'

test_expect_success 'a NUL byte, a megabyte, a control character are refused' '
	printf "int x;\000" >nul.c && source_is 1 nul.c && grep NUL said &&
	truncate -s 1048577 large.c && source_is 1 large.c && grep larger said &&
	name=$(printf "a\nb.c") && cp "$solution" "$name" &&
	source_is 1 "$name" && grep "control character" said &&
	name=$(printf "gr\303\266\303\237e.c") && cp "$solution" "$name" &&
	source_is 0 "$name" && cp "$solution" ./-x.c && source_is 0 -x.c
'

test_expect_success 'what cannot be read is trouble, not the submission'\''s fault' '
	source_is 2 missing.c && grep missing.c said
'

# ---- The text -------------------------------------------------------------------

# The solutions, and with gcc the stubs, are graded in labs.t.
test_expect_success 'all stubs are accepted with clang' '
	for lab in $(all_labs); do
		compile "$lab" "$cairn/labs/$lab/$(piece_of "$lab")" \
			CC=clang HOST_CC=clang >log || { cat log && return 1; }
	done
'

test_expect_success 'a solution compiles without a word' '
	compile 5-list "$cairn/solutions/5-list/list.c" >log &&
	test_must_be_empty log
'

test_expect_success 'a compile error is none of the reasons' '
	! accepted "int x = ;" &&
	test ! -e "$work/refused" && test ! -e "$work/trouble"
'

test_expect_success 'the words for assembly in comments and texts are accepted' '
	accepted "/* asm */ // __asm__
		const char *text = \"asm(\\\"cli\\\")\", quote = 34;"
'

test_expect_success 'helpers that are global, static or inline are accepted' '
	accepted "int helper(int x) { return x; } int counter = 3; int zero[9];
		static inline int walk(int x) { return helper(x) + counter; }
		int other(int x) { return walk(x) + zero[x]; }"
'

test_expect_success 'only the functions of the lab are visible afterwards' '
	nm -g --defined-only "$objects.guest.o" \
		>names && grep -c . names >count && echo 2 >two &&
	test_cmp two count && grep "T align_up" names &&
	nm "$objects.guest.o" | grep "t helper"
'

test_expect_success 'usual attributes and pragmas are accepted' '
	accepted "#pragma GCC diagnostic ignored \"-Wunused-function\"
		__attribute__((unused, noinline)) static void nothing(void) { }
		struct __attribute__((packed, aligned(16))) three { char c[3]; };
		int section(int alias) { return alias; }"
'

test_expect_success 'functions of the headers for labs are accepted' '
	accepted "#include \"collections/vec.h\"
		#include \"memory/frame_allocator.h\"
		#include \"machine.h\"
		#include \"lab.h\"
		#include \"lib/string.h\"
		#include <limits.h>
		void use(void *to) { memset(to, 0, 3000); debug_printf(\"x\");
			alloc_zeroed(LAYOUT_OF(int)); machine_root(); }"
'

test_expect_success 'a variable asm, pragmas and attributes that do no harm are accepted' '
	accepted "#pragma region A
		#pragma message \"hello\"
		#ident \"mine\"
		static void clear(int *x) { *x = 0; }
		int add(int asm) { int sum __attribute__((cleanup(clear))) = asm + (1);
			return sum + asm; }
		#pragma endregion"
'

test_expect_success 'names of the tests, and words of the headers, are free' '
	accepted "int check(int x) { return x; } int allocate(int x) { return x; }
		int format(void) { return 1; } int crash(int x) { return x; }
		int holes(int x) { return x; } int map; int no_room(void) { return 3; }"
'

test_expect_success 'hundreds of warnings are no reason' '
	accepted "$(awk "BEGIN { for (i = 0; i < 700; i++)
		print \"static int unused\" i \"(void) { int x; return x; }\" }")" >log &&
	grep -c warning: log >count && test "$(cat count)" -ge 700
'

test_expect_success 'a header for programs is named, with what serves instead' '
	refused "it includes <stdio.h> (line 2), which is for programs" "
		#include <stdio.h>" &&
	grep "debug_printf of lib/console.h" "$work/refused" &&
	refused "it includes <malloc.h> (line 1)" "#include <malloc.h>" &&
	refused "it includes <signal.h> (line 1)" "#include <signal.h>" &&
	refused "it includes <immintrin.h> (line 1)" "#include <immintrin.h>"
'

test_expect_success 'what a kernel does not have is named, with what serves instead' '
	for cc in gcc clang; do
		call="void f(int x) {"
		with="CC=$cc HOST_CC=$cc"
		refused "debug_printf of lib/console.h" "$call printf(\"%d\", x); }" &&
		refused "what the lab'\''s functions are given" "$call malloc(x); }" ||
			return
		refused "require of lib/panic.h" "#include <assert.h>
			$call assert(x); }" &&
		refused "whole numbers serve as well" \
			"double half(double x) { return x / 2; }" || return
	done
	with=
'

test_expect_success 'what would need a stack that holds code is named' '
	refused "the address of a function inside of a function" "
		int call(int (*f)(int)) { return f(1); }
		int add(int n) { int to(int x) { return x + n; } return call(to); }"
'

test_expect_success 'inline assembly is refused, in every dress' '
	for word in asm __asm __asm__; do
		refused "inline assembly ($word" \
			"static void f(void) { $word volatile(\"cli\"); }" || return
	done &&
	refused "inline assembly" "#define AS(x, y) x##y
		AS(__as, m__)(\"cli\");" &&
	refused "inline assembly" "int f(void) __asm__(\"g\");" &&
	refused "inline assembly" "const char *a = \"/*\"; __asm__(\"cli\"); /* */" &&
	refused "inline assembly" "char c = 39; const char *a = \"\\\"\"; __asm__(\"\\\"\");"
'

test_expect_success 'attributes that change linking are refused' '
	refused "\`section\`" "__attribute__((section(\".x\"))) int x;" &&
	refused "\`section\`" "__attribute__((unused, __section__ (\".x\"))) int x;" &&
	refused "\`weak\`" "__attribute__((weak)) int x;" &&
	refused "\`constructor\`" "__attribute((constructor)) static void f(void) { }" &&
	refused "\`alias\`" "int f(void) { return 1; }
		int g(void) __attribute__((alias(\"f\")));" &&
	refused "\`ifunc\`" "static void *f(void) { return 0; }
		int g(void) __attribute__((
			ifunc(\"f\")));" &&
	refused "\`no_sanitize\`" "__attribute__((no_sanitize(\"undefined\"))) int f(void) { return 1; }"
'

test_expect_success 'pragmas that rename are refused' '
	refused "pragma weak" "#pragma weak x" &&
	refused "pragma redefine_extname" "#pragma redefine_extname x y" &&
	refused "pragma GCC optimize" "_Pragma(\"GCC optimize(3)\")"
'

test_expect_success 'headers that are not for labs are refused' '
	refused "includes kernel/runner/runner.h" "#include \"runner/runner.h\"" &&
	refused "which no submission may" "#include \"memory/../test/test.h\"" &&
	refused "which no submission may" "#include \"machine/cpu.h\""
'

test_expect_success 'where the sandbox hides nothing, the list of includes tells' '
	echo "int x;" >x.c &&
	: >none &&
	echo "x.o: x.c /etc/hostname kernel/lab.h" >x.d &&
	test_expect_code 1 "$screen" --text x.c x.d none >said &&
	grep "includes /etc/hostname" said &&
	echo "x.o: x.c kernel/lab.h kernel/../solutions/5-list/list.c" >x.d &&
	test_expect_code 1 "$screen" --text x.c x.d none >said &&
	grep "includes kernel/../solutions/5-list/list.c" said &&
	echo "x.o: x.c kernel/lab.h /usr/include/../lib/x/stddef.h" >x.d &&
	"$screen" --text x.c x.d none
'

# ---- The object ------------------------------------------------------------------

test_expect_success 'names that are not for labs are refused' '
	refused "prints to the transcript with kprintf" \
		"#include \"lab.h\"
		void f(void) { kprintf(\"x\"); }" &&
	for name in runner_verdict isolate_end machine_exit machine_write test_fail \
		system outb; do
		refused "it uses \`$name\`" "void $name(int);
			void f(void) { $name(1); }" || return
	done
'

test_expect_success 'names that the kernel has are refused' '
	for name in runner_verdict test_fail memcpy machine_flush_page map_to; do
		refused "it defines $name" "int $name(int x) { return x; }" ||
			return
	done
'

test_expect_success 'functions of another lab cannot be replaced' '
	refused "it defines alloc," "void *alloc(unsigned long x) { return (void *)x; }"
'

test_expect_success 'sections that are not for labs are refused' '
	refused "section \`.tbss\`" "_Thread_local int x;" &&
	refused "1024 are enough" "char x[1 << 24];"
'

test_expect_success 'instructions that are not for labs are refused' '
	refused "instruction \`popf" \
		"void f(void) { __builtin_ia32_writeeflags_u64(2); }"
'

# What no compiler makes of C; an assembler stands in.
object_is() {
	mkdir -p objects && printf "%s\n" ".globl align_up, align_down" \
		"align_up:" "align_down:" "$2" "ret" \
		".section .note.GNU-stack" | as -o objects/x.o - &&
		test_expect_code "$1" "$screen" --object 0-start objects/x.o >said
}

test_expect_success 'every kind of privileged instruction is refused' '
	object_is 0 "nop; ud2; int3; mov %rax, %rbx; rep stosb; rdtsc" &&
	for code in "in %dx, %al" "out %al, \$4" "rep outsb" insb "int \$3; int \$128" \
		"mov %cr3, %rax" "mov %rax, %cr3" "mov %rax, %db0" \
		"lidt (%rdi)" "lgdt (%rdi)" "ltr %ax" hlt cli sti wrmsr rdmsr \
		iretq syscall sysenter "invlpg (%rdi)" wbinvd swapgs lretq \
		popfq "xsetbv" "clts" "lmsw %ax" "vmcall" "sidt (%rdi)" "int1" \
		"lock cmpxchg %rax, (%rdi); cli"; do
		object_is 1 "$code" && grep "instruction \`" said || return
	done
'

test_expect_success 'kinds of symbols and sections that C needs not are refused' '
	object_is 1 ".weak x; x:" && grep "weak" said &&
	object_is 1 ".type x, %gnu_indirect_function; x:" && grep IFUNC said &&
	object_is 1 ".comm x, 8" && grep "common" said &&
	object_is 1 ".globl x; x = 8" && grep "fixed" said &&
	object_is 1 ".section .init_array,\"aw\"; .quad 0; .text" &&
	grep init_array said &&
	object_is 1 ".section .data.x,\"awx\"; nop; .text" &&
	object_is 1 ".section .rodata.x,\"aw\"; .quad 1; .text" &&
	object_is 1 ".byte 6" && grep "no instruction" said
'

test_expect_success 'only an object for this machine is one' '
	echo text >text.o &&
	test_expect_code 2 "$screen" --object 0-start text.o >said 2>&1 &&
	grep "cannot be read" said &&
	echo "int align_up;" | gcc -m32 -x c -c - -o small.o &&
	test_expect_code 1 "$screen" --object 0-start small.o >said &&
	grep "not for this machine" said
'

test_expect_success 'a project under /usr does not show its solutions either' '
	echo "object: piece.c /usr/include/stdint.h /usr/src/cairn/kernel/lab.h" >fine &&
	echo "object: piece.c /usr/src/cairn/solutions/0-start/align.c" >theft &&
	for file in fine theft
	do
		awk -f "$cairn/grader/build/api.awk" \
			-f "$cairn/grader/build/screen.awk" \
			root=/usr/src/cairn memory_limit=1 \
			kind=api "$cairn/kernel/api" kind=included $file \
			>said.$file || return 1
	done &&
	echo done >expected &&
	test_cmp expected said.fine &&
	grep "it includes /usr/src/cairn/solutions/0-start/align.c" said.theft
'

test_expect_success 'a sandbox or a tool that fails is trouble, with a sentence' '
	test_expect_code 2 compile 0-start "$solution" CC=no-such-compiler &&
	grep "no-such-compiler" "$work/trouble" &&
	test ! -e "$work/refused"
'

test_done
