; Loading the descriptor tables, which changes the segment registers.

SELECTOR_CODE		equ 0x08	; descriptors.h
SELECTOR_DATA		equ 0x10

global descriptors_load:function

section .text
bits 64
; In: rdi = GDT pointer, rsi = IDT pointer, edx = selector of the task state.  Destroys rax.
descriptors_load:
	lgdt [rdi]
	mov eax, SELECTOR_DATA
	mov ds, eax
	mov es, eax
	mov fs, eax
	mov gs, eax
	mov ss, eax
	push SELECTOR_CODE
	lea rax, [rel .reload_code]
	push rax
	retfq
.reload_code:
	ltr dx
	lidt [rsi]
	ret

section .note.GNU-stack noalloc noexec nowrite progbits
