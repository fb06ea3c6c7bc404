; The way of a further processor from its first instruction to second_entry.
;
; A start-up message makes it begin in real mode, at the start of a page below 1 MiB
; (Intel SDM 3A, "MP Initialization Protocol Algorithm"), where second.c puts what lies
; between trampoline_start and trampoline_end.  The rest is where the linker put it, and
; the same way that boot/start.asm went.

CR0_PROTECTED		equ 1 << 0	; Intel SDM 3A, "Control Registers"

extern enter_long_mode
extern boot_stack_top
extern second_entry
global trampoline_start
global trampoline_end

section .boot.text progbits alloc exec nowrite
align 16
bits 16
; In: cs * 16 = address of the page.  Interrupts are off.
trampoline_start:
	mov ax, cs
	mov ds, ax
	o32 lgdt [gdt_pointer - trampoline_start]
	mov eax, cr0
	or eax, CR0_PROTECTED
	mov cr0, eax
	jmp dword GDT_CODE_32:start_protected
gdt_pointer:
	dw gdt_end - gdt - 1
	dd gdt
trampoline_end:

bits 32
; The stack is that of the first processor's start, which needs it no more.
start_protected:
	mov eax, GDT_DATA
	mov ds, eax
	mov es, eax
	mov ss, eax
	mov esp, boot_stack_top
	call enter_long_mode
	jmp GDT_CODE_64:start_long

bits 64
start_long:
	mov rax, second_entry
	jmp rax

section .boot.rodata progbits alloc noexec nowrite
; Flat segments: all of 32 bits from 0.  Intel SDM 3A, "Segment Descriptors".
GDT_CODE_32		equ 8
GDT_DATA		equ 16
GDT_CODE_64		equ 24
align 8
gdt:
	dq 0
	dq 0x00cf9a000000ffff
	dq 0x00cf92000000ffff
	dq 0x00209a0000000000		; no limit, L
gdt_end:

section .note.GNU-stack noalloc noexec nowrite progbits
