#!/bin/sh

test_description='One boot leaves its transcript, and a word for how it ended

Real boots of a kernel that fits on a page, which ends as the last letter of its
command line says.'

tests=$(dirname "$0")
. "$tests/lib.sh"

cat >kernel.asm <<'EOF'
BITS 32
section .text
header:	dd 0xe85250d6, 0, header_end - header
	dd -(0xe85250d6 + (header_end - header))
	dw 0, 0
	dd 8
header_end:
global _start
_start:	lea esi, [ebx + 8]		; the first tag of the boot info
.tag:	cmp dword [esi], 1		; the command line
	je .found
	mov eax, [esi + 4]
	add eax, 7
	and eax, ~7
	add esi, eax
	jmp .tag
.found:	add esi, 8
	xor ebx, ebx
.print:	mov al, [esi]
	test al, al
	jz .last
	mov bl, al
	mov dx, 0x3f8
	out dx, al
	inc esi
	jmp .print
.last:	mov dx, 0x2f8
	mov al, 'd'
	out dx, al
	cmp bl, 't'
	je triple
	cmp bl, 'r'
	je reset
	cmp bl, 'o'
	je off
	cmp bl, 'e'
	je endless
	cmp bl, 'd'
	je debug
	cmp bl, 'h'
	je hang
	cmp bl, 'n'
	je .halt
	mov al, 68			; (68 << 1) | 1 = 137: as if killed
	out 0xf4, al
.halt:	cli
	hlt
hang:	jmp hang
triple:	lidt [no_table]
	int3
reset:	mov al, 0xfe
	out 0x64, al
	jmp hang
off:	mov dx, 0x604			; ACPI power off
	mov ax, 0x2000
	out dx, ax
	jmp hang
endless:
	mov dx, 0x3f8
	mov al, 'A'
.again:	out dx, al
	jmp .again
debug:	mov al, 'D'
	mov ecx, 1000000
.again:	out dx, al
	loop .again
	mov dx, 0xf4
	out dx, al
no_table:
	dw 0
	dd 0
EOF

test_expect_success 'the kernel is built, with our GRUB menu' '
	mkdir -p iso/boot/grub out &&
	nasm -f elf32 kernel.asm -o kernel.o &&
	ld -m elf_i386 -n -Ttext 0x100000 -o iso/boot/kernel.elf kernel.o &&
	cp "$cairn/grub.cfg" iso/boot/grub/grub.cfg &&
	grub-mkrescue -d /usr/lib/grub/i386-pc --fonts= --locales= --themes= \
		-o kernel.iso iso
'

# ends SHELL WORD COMMAND_LINE: boots, and compares the word and the transcript.
ends() {
	rm -rf out && mkdir out &&
		$1 "$cairn/grader/run/boot" kernel.iso out $3 &&
		echo "$2" >expected && test_cmp expected out/ended &&
		case $2 in
		endless-output) test "$(wc -c <out/serial)" -eq 131072 ;;
		*) printf "%s" "$3" >expected && test_cmp expected out/serial ;;
		esac &&
		test "$(head -c 1 out/debug)" = d &&
		test -z "$(find out -type p -o -name "*.pid")"
}

# in_seconds N COMMAND...: with that limit of a boot.  Where nothing but the limit ends
# the machine, a busy computer needs a longer one.
in_seconds() (
	CAIRN_SECONDS=$1
	shift
	"$@"
)

for shell in dash 'busybox sh'; do

	test_expect_success "$shell: it leaves through the exit port, with any status" '
	ends "$shell" exited "cairn x"
'

	test_expect_success "$shell: the words arrive whole, commas too" '
	ends "$shell" exited "cairn a,b,,c=1 x"
'

	test_expect_success "$shell: a triple fault is not a reset" '
	ends "$shell" triple-fault "cairn t"
'

	test_expect_success "$shell: endless output is stopped" '
	ends "$shell" endless-output "cairn e"
'

	test_expect_success "$shell: too much on the debug channel costs nothing" '
	ends "$shell" exited "cairn d" &&
	test "$(wc -c <out/debug)" -eq 1000001
'

	test_expect_success "$shell: a hang is stopped" '
	{ in_seconds 6 ends "$shell" timeout "cairn h" ||
		in_seconds 60 ends "$shell" timeout "cairn h"; }
'

	test_expect_success "$shell: so is one that has used up its work" '
	(CAIRN_WORK=4 && export CAIRN_WORK && ends "$shell" timeout "cairn h")
'

done

shell='sh'

test_expect_success 'a reset' '
	ends "$shell" reset "cairn r"
'

test_expect_success 'a machine that switches itself off' '
	ends "$shell" reset "cairn o"
'

test_expect_success 'options of the caller come last' '
	CAIRN_QEMU_EXTRA="-m 64M -cpu max" ends "$shell" exited "cairn x"
'

# Trouble of the computer's own: status 2, and one sentence.
trouble() {
	test_expect_code 2 "$@" 2>says && cat says &&
		test "$(wc -l <says)" -eq 1
}

test_expect_success 'QEMU is not installed' '
	CAIRN_QEMU=no-such-qemu trouble $shell "$cairn/grader/run/boot" \
		kernel.iso out cairn x &&
	grep "make doctor" says
'

test_expect_success 'QEMU does not start' '
	CAIRN_QEMU_EXTRA=-no-such-option trouble $shell "$cairn/grader/run/boot" \
		kernel.iso out cairn x &&
	grep "QEMU did not start: .*no-such-option" says &&
	echo no-start >expected && test_cmp expected out/ended
'

test_expect_success 'there is no ISO' '
	trouble $shell "$cairn/grader/run/boot" no.iso out cairn x &&
	grep "cannot read .*no.iso" says
'

# Boots a hang, and sends QEMU the signal.
stopped_from_outside() {
	rm -rf out && mkdir out || return 1
	$shell "$cairn/grader/run/boot" kernel.iso out cairn h 2>says &
	eventually test -s out/serial || return 1
	kill -"$1" "$(cat out/qemu.pid)"
	wait $!
	test $? -eq 2 && cat says && grep "stopped from outside" says &&
		echo killed >expected && test_cmp expected out/ended
}

test_expect_success 'somebody else stops QEMU' '
	stopped_from_outside KILL &&
	stopped_from_outside TERM
'

test_expect_success 'whoever stops the boot stops QEMU with it' '
	rm -rf out && mkdir out &&
	{ $shell "$cairn/grader/run/boot" kernel.iso out cairn h & } &&
	eventually test -s out/serial &&
	qemu=$(cat out/qemu.pid) &&
	kill $! &&
	test_expect_code 130 wait $! &&
	eventually has_ended "$qemu"
'

test_expect_success 'bad usage' '
	test_expect_code 3 $shell "$cairn/grader/run/boot" kernel.iso
'

look_for_mount

test_expect_success MOUNT 'a full disk is trouble, not endless output' '
	mkdir small &&
	mount -t tmpfs -o size=64k none small &&
	test_when_finished "eventually umount small" &&
	mkdir small/out &&
	in_seconds 20 test_expect_code 2 "$cairn/grader/run/boot" kernel.iso small/out cairn e 2>says &&
	grep "is the disk full" says
'

test_done
