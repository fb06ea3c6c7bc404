#!/bin/sh

test_description='The kernel boots through GRUB, and says what is wrong

Real boots only: start-up checks, exceptions, memory sizes, the screen.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# Boots with these words; the transcript is in out/serial.
boot() {
	mkdir -p out &&
		"$cairn/grader/run/boot" "${iso:-$cairn/$IMAGE/cairn.iso}" out "$@"
}

# Boots what prints this sentence and halts, so that only the limit of time ends it,
# which is short.  A busy computer needs a longer one.
halts_saying() (
	for CAIRN_SECONDS in 5 "$CAIRN_SECONDS"; do
		boot cairn && grep "$1" out/serial && exit
	done
	exit 1
)

test_expect_success 'the finished kernel builds' '
	build image LAB=0-start IMPL=solutions IMAGE="$IMAGE"
'

test_expect_success 'without arguments it shows box, vector and reference count' '
	boot &&
	cat >expected <<-\EOT &&
	heap_value at 0x444444440000
	vec at 0x444444440800
	current reference count is 2
	reference count is 1 now
	It did not crash!
	EOT
	tail -n 5 out/serial >actual &&
	test_cmp expected actual
'

test_expect_success 'show=help lists every show, and each of them runs' '
	boot cairn show=help &&
	sed -n "s/^show=\([a-z]*\): .*/\1/p" out/serial >shows &&
	grep -x translate shows && grep -x collections shows &&
	while read -r show
	do
		boot cairn show=$show && ! grep panic out/serial || return 1
	done <shows
'

test_expect_success 'show=translate tells what addresses mean' '
	boot cairn show=translate &&
	grep "^screen, in the direct map: 0xffff8000000b8000 -> 0xb8000$" out/serial &&
	grep "^physical address 0: 0xffff800000000000 -> 0x0$" out/serial &&
	grep "^page 0: 0x0 is not mapped$" out/serial &&
	grep "^code: 0xffffffff8.* -> 0x[0-9a-f]*$" out/serial
'

test_expect_success 'show=new writes to the screen through a fresh page' '
	boot cairn show=new &&
	grep "^a fresh page: 0xdeadbeef000 is not mapped$" out/serial &&
	grep "^the same page: 0xdeadbeef000 -> 0xb8000$" out/serial &&
	grep "^on the screen: New!$" out/serial
'

test_expect_success 'show=collections uses each of them' '
	boot cairn show=collections &&
	cat >expected <<-\EOT &&
	text of 4 bytes
	list: 3 2 1
	deque: 1 2 3
	binary heap: 3 2 1
	map: 20 squares, the last of them 400; set: 1 3 5 7 9 11 13 15 17 19
	arc: 2 owners, then none
	EOT
	tail -n 6 out/serial >actual &&
	test_cmp expected actual
'

test_expect_success 'a show that there is not is named' '
	boot cairn show=nothing &&
	grep "there is no show=nothing; show=help lists them" out/serial
'

test_expect_success 'arguments that do not begin with cairn are ignored' '
	boot "To Be Filled By O.E.M. test" &&
	grep "It did not crash!" out/serial
'

for memory in 32M 128M 3G 8G; do
	test_expect_success "it runs with $memory of memory" '
		CAIRN_MEMORY=$memory boot cairn &&
		grep "It did not crash!" out/serial
	'
done

# GRUB takes 59 pieces of 3 MiB and two pages out of the map, each of which cuts two
# pages of 2 MiB.  Its 32-bit numbers of KiB reach above 4 GiB.
test_expect_success 'it runs with memory in very many pieces' '
	mkdir -p pieces/boot/grub &&
	cp "$cairn/$IMAGE/kernel.elf" pieces/boot/ &&
	{
		echo "insmod mmap" &&
		for piece in $(seq 59); do
			start=$((4 * 1024 * 1024 + piece * 98304 + 4)) &&
			echo "cutmem ${start}K $((start + 3080))K" || return 1
		done &&
		cat "$cairn/grub.cfg"
	} >pieces/boot/grub/grub.cfg &&
	grub-mkrescue -d /usr/lib/grub/i386-pc --fonts= --locales= --themes= \
		-o pieces.iso pieces 2>mkrescue &&
	mkdir -p out &&
	CAIRN_MEMORY=8G "$cairn/grader/run/boot" pieces.iso out cairn &&
	cat out/serial &&
	grep "It did not crash!" out/serial
'

test_expect_success 'a processor without long mode is told so' '
	CAIRN_QEMU_EXTRA="-cpu qemu32" halts_saying "Cairn: this processor has no 64-bit long mode."
'

test_expect_success 'a processor without NX is told so' '
	CAIRN_QEMU_EXTRA="-cpu qemu64,-nx" halts_saying "Cairn: this processor has no no-execute pages (NX)."
'

. "$cairn/grader/tests/debugger.sh"

# The same, setting a register: $2.  The screen, too, must show the sentence of a
# failure; QEMU writes its text memory to a file.
boot_with_register() {
	boot_altered "*$1" qemu64 <<-EOT
		set var $2
		tbreak *'boot_failure.stop'
		continue
		dump binary memory altered/screen 0xb8000 0xb8fa0
	EOT
}

# Text memory holds a byte of colour after each character.
screen_text() {
	od -An -v -tc -w2 altered/screen | cut -c4 | tr -d "\n"
}

screen_shows() {
	screen_text | grep "$1"
}

test_expect_success 'a boot loader that is not Multiboot2 is told so' '
	boot_with_register _start "\$eax = 0" &&
	grep "Cairn: not started by a Multiboot2 boot loader" altered/serial &&
	screen_shows "Cairn: not started by a Multiboot2 boot loader"
'

test_expect_success 'a processor without CPUID is told so' '
	boot_with_register start_cpuid_known "\$eax = 0" &&
	grep "Cairn: this processor has no CPUID instruction." altered/serial &&
	screen_shows "Cairn: this processor has no CPUID instruction."
'

# A processor that firmware has left with 57-bit addresses (CR4 bit 12), global
# pages, its SSE state on, a nested task, and system calls: an instruction for
# each is put where nothing lies, and done.
test_expect_success 'what firmware has left on is switched off' '
	boot_altered "*_start" max <<-\EOT &&
		set var $magic = $eax
		set var $information = $ebx
		set var {long long}0x7000 = 0x300fe0220f
		set var $eax = 0x16a0
		set var $pc = 0x7000
		stepi
		set var $eax = 1
		set var $edx = 0
		set var $ecx = 0xc0000080
		stepi
		set var $eax = $magic
		set var $ebx = $information
		set var $pc = _start
		set var $eflags = 0x4002
		print/x $cr4
		tbreak kernel_main
		continue
		print/x $efer
		print/x $cr4
		continue
	EOT
	grep "= 0x16a0" altered/gdb-says &&
	grep "= 0xd00" altered/gdb-says &&
	grep "= 0x20" altered/gdb-says &&
	grep "It did not crash!" altered/serial
'

# The report of a crash would look there, and fault.
test_expect_success 'symbols that lie outside of memory are no symbols' '
	for table in symbols names; do
		boot_altered screen_use_framebuffer qemu64 <<-EOT &&
			set var boot_info.kernel_symbols.$table.start = 1ull << 45
			set var boot_info.kernel_symbols.$table.end = (1ull << 45) + 4096
			tbreak showcase_run
			continue
			set var \$pc = 0
			continue
		EOT
		grep "at 0x0" altered/serial || return 1
		! grep "and then\|at kernel_main" altered/serial || return 1
	done
'

test_expect_success 'the text screen shows what the serial line does' '
	boot_altered machine_exit qemu64 <<-\EOT &&
		dump binary memory altered/screen 0xffff8000000b8000 0xffff8000000b8fa0
	EOT
	screen_text | fold -w 80 | sed "s/ *$//" | grep . >shown &&
	test_cmp altered/serial shown
'

test_expect_success 'a kernel that crashes when it is told to builds' '
	build image LAB=0-start IMPL=solutions IMAGE="$IMAGE-crash" \
		SHOWCASE=kernel/crash/crash.c
'

# Provokes the fault and checks that each further argument is reported.
crash_says() {
	(IMAGE=$IMAGE-crash && boot cairn "show=$1") && shift || return 1
	cat out/serial
	test "$(cat out/ended)" = exited || return 1
	for text; do
		grep -F -e "$text" out/serial || return 1
	done
}

test_expect_success 'a write through NULL is named, with its address' '
	crash_says null-write "page fault (vector 14)" \
		"0x2, write, the page is not mapped" \
		"0x0 (CR2), a NULL pointer" "at null_write+" "at kernel_main+"
'

test_expect_success 'page 0 is not mapped for fetching either' '
	crash_says null-call "instruction fetch, the page is not mapped"
'

test_expect_success 'text is read-only, through the direct map too' '
	crash_says text-write "0x3, write, the page'\''s rights forbid it" &&
	crash_says direct-text-write "0x3, write, the page'\''s rights forbid it"
'

test_expect_success 'data cannot be executed' '
	crash_says data-execute "0x11, instruction fetch, the page'\''s rights"
'

test_expect_success 'other exceptions have names' '
	crash_says divide-error "divide error (vector 0)" "at divide_error+" &&
	crash_says invalid-opcode "invalid opcode (vector 6)" &&
	crash_says general-protection "general protection fault (vector 13)"
'

test_expect_success 'a stack overflow ends in the guard page, with a backtrace' '
	crash_says stack-overflow "a guard page: the stack has overflowed" \
		"at stack_overflow_at"
'

test_expect_success 'a smashed stack ends as a double fault, with a report' '
	crash_says stack-smashed "double fault (vector 8)" "at stack_smashed+"
'

test_expect_success 'a fault inside the page-fault handler is the end, not a loop' '
	crash_says nested "a NULL pointer" "and then a page fault at"
'

test_expect_success 'a fault while printing is the end, not a loop' '
	crash_says direct-map-lost "and then a page fault at"
'

# The second test hangs, and is asked to explain itself, also while it expects a
# panic.  To leave the handler would block the watchdog for the tests that follow.
test_expect_success 'a panic while a hang is explained ends the boot' '
	for expected in 0 1; do
		(IMAGE=$IMAGE-crash && boot_altered align_down_multiples qemu64 "cairn test") <<-EOT &&
			set var running.explain = panic_on_purpose
			set var running.expects_panic = $expected
			set var \$pc = hang
			continue
		EOT
		grep "^align_down_multiples... .failed" altered/serial &&
		grep "panic: on purpose" altered/serial || return 1
		! grep "align_up" altered/serial || return 1
	done
'

test_expect_success 'a panic says file, line and values' '
	crash_says panic "panic: on purpose: 1 is not 2" "kernel/crash/crash.c:" \
		"at panic_on_purpose+"
'

test_expect_success 'the watchdog ends a hang, with a backtrace into it' '
	crash_says hang "hang: still running" "at hang+"
'

# The debugger makes a test crash, and its time end soon after.
test_expect_success 'where nobody listens at the exit port, a crash is no hang' '
	cat >qemu-without-exit <<-\EOF &&
		#!/bin/sh
		for word do
			shift
			case $word in isa-debug-exit,*) word=isa-debug-exit,iobase=0x501 ;; esac
			set -- "$@" "$word"
		done
		exec qemu-system-x86_64 "$@"
	EOF
	chmod +x qemu-without-exit &&
	CAIRN_QEMU=./qemu-without-exit boot_altered align_down_multiples qemu64 "cairn test" <<-\EOF &&
		set var $pc = 0
		tbreak machine_exit
		continue
		set var ticks_left = 5
		break watchdog_tick
		ignore 3 20
		continue
		print 100 + $bpnum
	EOF
	grep "page fault (vector 14)" altered/serial &&
	grep "= 103" altered/gdb-says &&
	! grep hang altered/serial
'

test_expect_success 'a machine without the timer says that nothing watches' '
	CAIRN_QEMU_EXTRA="-machine q35,pit=off" boot cairn test &&
	grep "no watchdog, .*: the timer.s interrupt does not arrive" out/serial &&
	grep "cairn: end of tests" out/serial
'

test_expect_success 'so does one whose ACPI tables do not tell of it' '
	boot_altered "*acpi_timer_route" qemu64 "cairn test" <<-\EOF &&
		set var $rsi = 0
		continue
	EOF
	grep "no watchdog, .*: ACPI lists no interrupt controllers" altered/serial &&
	grep "cairn: end of tests" altered/serial
'

test_expect_success 'a non-maskable interrupt that is not the timer.s is reported' '
	boot_altered showcase_run qemu64 <<-\EOF &&
		monitor nmi
		continue
	EOF
	grep "exception: non-maskable interrupt (vector 2)" altered/serial
'

test_expect_success 'the memory maps of different machines make no difference' '
	CAIRN_QEMU_EXTRA="-machine pc" boot cairn &&
	grep "It did not crash!" out/serial
'

test_expect_success 'a boot without a kernel says so' '
	mkdir -p empty/boot/grub &&
	cp "$cairn/grub.cfg" empty/boot/grub/ &&
	grub-mkrescue -d /usr/lib/grub/i386-pc --fonts= --locales= --themes= \
		-o empty.iso empty 2>mkrescue &&
	iso=empty.iso halts_saying "GRUB could not load a kernel from the first disk"
'

test_done
