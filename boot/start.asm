; From GRUB to C: the climb from 32-bit protected mode to 64-bit long mode.
;
; GRUB enters _start with eax = the Multiboot2 magic, ebx = the physical address
; of the boot information, paging off and interrupts off (Multiboot2 3.3).
; Everything in .boot runs at its physical address, before there is another.

MULTIBOOT2_MAGIC	equ 0x36d76289

CPUID_EXTENDED_MAX	equ 0x80000000	; Intel SDM 2A, CPUID
CPUID_EXTENDED		equ 0x80000001
CPUID_EDX_NX		equ 1 << 20
CPUID_EDX_LONG_MODE	equ 1 << 29
EFLAGS_ID		equ 1 << 21	; can be changed: CPUID exists

; Set outright: what firmware has left on (57-bit addresses, a nested task) would
; change what the kernel relies on.  Intel SDM 3A 2.2.1, 2.3, 2.5.
EFLAGS_ALL_OFF		equ 1 << 1	; a bit that is always 1
CR0_PROTECTED		equ 1 << 0
CR0_COPROCESSOR		equ (1 << 4) | (1 << 5)	; ET, NE: its errors as exceptions
CR0_WRITE_PROTECT	equ 1 << 16	; read-only holds for the kernel too
CR0_PAGING		equ 1 << 31
CR4_PAE			equ 1 << 5
MSR_EFER		equ 0xc0000080
EFER_LONG_MODE		equ 1 << 8
EFER_NO_EXECUTE		equ 1 << 11

PTE_PRESENT		equ 1 << 0
PTE_WRITABLE		equ 1 << 1
PTE_HUGE		equ 1 << 7
PAGE_SIZE		equ 4096
TABLE_ENTRIES		equ 512
SIZE_2MIB		equ 0x200000

; The three places where the first GiB of physical memory can be seen until
; kernel/machine/tables.c has made the real tables (see kernel/layout.h).
ROOT_INDEX_IDENTITY	equ 0
ROOT_INDEX_DIRECT	equ 256		; 0xffff800000000000
ROOT_INDEX_KERNEL	equ 511		; 0xffffffff80000000 is its entry 510
KERNEL_LEVEL3_INDEX	equ 510

BOOT_STACK_SIZE		equ 4096

extern kernel_entry
global _start:function, enter_long_mode:function
global start_cpuid_known, boot_stack_top

section .boot.text align=16 progbits alloc exec nowrite
bits 32

; In: eax, ebx as above.  Does not return.
_start:
	mov esp, boot_stack_top
	push EFLAGS_ALL_OFF
	popfd
	mov ebp, ebx			; CPUID destroys ebx
	cmp eax, MULTIBOOT2_MAGIC
	mov esi, no_multiboot2
	jne boot_failure
	call check_processor
	call make_tables
	call enter_long_mode
	lgdt [gdt_pointer]
	jmp GDT_CODE:start_long_mode

; Returns if this processor can run the kernel.  Destroys eax to edx, esi.
check_processor:
	pushfd				; try to change EFLAGS.ID
	pop eax
	mov ecx, eax
	xor eax, EFLAGS_ID
	push eax
	popfd
	pushfd
	pop eax
	xor eax, ecx
start_cpuid_known:			; the tests change eax here
	test eax, EFLAGS_ID
	mov esi, no_cpuid
	jz boot_failure

	mov eax, CPUID_EXTENDED_MAX
	cpuid
	cmp eax, CPUID_EXTENDED
	mov esi, no_long_mode
	jb boot_failure
	mov eax, CPUID_EXTENDED
	cpuid
	mov esi, no_long_mode
	test edx, CPUID_EDX_LONG_MODE
	jz boot_failure
	mov esi, no_nx
	test edx, CPUID_EDX_NX
	jz boot_failure
	ret

; Maps the first GiB at the three places.  Destroys eax, ecx.
make_tables:
	mov eax, level3_low + (PTE_PRESENT | PTE_WRITABLE)
	mov [root + 8 * ROOT_INDEX_IDENTITY], eax
	mov [root + 8 * ROOT_INDEX_DIRECT], eax
	mov eax, level3_high + (PTE_PRESENT | PTE_WRITABLE)
	mov [root + 8 * ROOT_INDEX_KERNEL], eax
	mov eax, level2 + (PTE_PRESENT | PTE_WRITABLE)
	mov [level3_low], eax
	mov [level3_high + 8 * KERNEL_LEVEL3_INDEX], eax
	mov eax, PTE_PRESENT | PTE_WRITABLE | PTE_HUGE
	xor ecx, ecx
.next:
	mov [level2 + 8 * ecx], eax
	add eax, SIZE_2MIB
	inc ecx
	cmp ecx, TABLE_ENTRIES
	jne .next
	ret

; Intel SDM 3A 10.8.5: PAE, CR3, EFER.LME, then paging.  Destroys eax, ecx, edx.
enter_long_mode:
	mov eax, CR4_PAE
	mov cr4, eax
	mov eax, root
	mov cr3, eax
	mov ecx, MSR_EFER
	mov eax, EFER_LONG_MODE | EFER_NO_EXECUTE
	xor edx, edx
	wrmsr
	mov eax, CR0_PAGING | CR0_WRITE_PROTECT | CR0_COPROCESSOR | CR0_PROTECTED
	mov cr0, eax
	ret

bits 64
; In: ebp = boot information.  Continues at the kernel's own addresses.
start_long_mode:
	xor eax, eax
	mov ds, eax
	mov es, eax
	mov fs, eax
	mov gs, eax
	mov ss, eax
	mov edi, ebp			; first argument, upper half cleared
	mov rax, kernel_entry
	jmp rax

bits 32
; Prints the sentence at esi on the serial line and on the screen, and stops.
; COM1 at 115200 baud, 8 data bits, no parity; VGA text at 0xb8000.
COM1			equ 0x3f8
COM1_LINE_CONTROL	equ COM1 + 3
COM1_LINE_STATUS	equ COM1 + 5
DIVISOR_ACCESS		equ 0x80
EIGHT_BITS		equ 0x03
TRANSMITTER_EMPTY	equ 0x20
VGA_TEXT		equ 0xb8000
VGA_WHITE_ON_RED	equ 0x4f
NEWLINE			equ 10
EXIT_PORT		equ 0xf4	; QEMU's isa-debug-exit, if there is one
EXIT_PANIC		equ 17		; MACHINE_EXIT_PANIC

boot_failure:
	mov dx, COM1_LINE_CONTROL
	mov al, DIVISOR_ACCESS
	out dx, al
	mov dx, COM1
	mov al, 1			; 115200 / 1
	out dx, al
	inc dx
	xor al, al
	out dx, al
	mov dx, COM1_LINE_CONTROL
	mov al, EIGHT_BITS
	out dx, al
	mov edi, VGA_TEXT
.next:
	mov dx, COM1_LINE_STATUS
.busy:
	in al, dx
	test al, TRANSMITTER_EMPTY
	jz .busy
	lodsb
	test al, al
	jz .stop
	mov dx, COM1
	out dx, al
	cmp al, NEWLINE
	je .next			; the screen is not a terminal
	mov ah, VGA_WHITE_ON_RED
	stosw
	jmp .next
.stop:
	mov al, EXIT_PANIC
	out EXIT_PORT, al
	hlt
	jmp .stop

section .boot.rodata align=8 progbits alloc noexec nowrite
no_multiboot2:
	db "Cairn: not started by a Multiboot2 boot loader; boot it with GRUB.", NEWLINE, 0
no_cpuid:
	db "Cairn: this processor has no CPUID instruction.", NEWLINE, 0
no_long_mode:
	db "Cairn: this processor has no 64-bit long mode.", NEWLINE, 0
no_nx:
	db "Cairn: this processor has no no-execute pages (NX).", NEWLINE, 0

; Only the code segment matters in long mode; kernel/machine/descriptors.c
; loads the real table.  Intel SDM 3A 3.4.5 and 5.2.1.
GDT_CODE		equ 8
GDT_CODE_64BIT		equ (1 << 43) | (1 << 44) | (1 << 47) | (1 << 53)
align 8
gdt:
	dq 0
	dq GDT_CODE_64BIT
gdt_pointer:
	dw $ - gdt - 1
	dd gdt

section .boot.bss align=4096 nobits alloc noexec write
root:		resb PAGE_SIZE
level3_low:	resb PAGE_SIZE
level3_high:	resb PAGE_SIZE
level2:		resb PAGE_SIZE
boot_stack:	resb BOOT_STACK_SIZE
boot_stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
