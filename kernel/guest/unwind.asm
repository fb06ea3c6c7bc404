; unwind.h says what these do.

AT_RBX	equ 0				; offsets in struct unwind_point
AT_RBP	equ 8
AT_R12	equ 16
AT_R13	equ 24
AT_R14	equ 32
AT_R15	equ 40
AT_RSP	equ 48
AT_RIP	equ 56

global unwind_mark:function
global unwind_to:function

section .text
bits 64
; In: rdi = point.  Out: eax = 0 now, 1 after unwind_to.
unwind_mark:
	mov [rdi + AT_RBX], rbx
	mov [rdi + AT_RBP], rbp
	mov [rdi + AT_R12], r12
	mov [rdi + AT_R13], r13
	mov [rdi + AT_R14], r14
	mov [rdi + AT_R15], r15
	lea rax, [rsp + 8]		; as after the return
	mov [rdi + AT_RSP], rax
	mov rax, [rsp]
	mov [rdi + AT_RIP], rax
	xor eax, eax
	ret

; In: rdi = point.  Does not return here.
unwind_to:
	mov rbx, [rdi + AT_RBX]
	mov rbp, [rdi + AT_RBP]
	mov r12, [rdi + AT_R12]
	mov r13, [rdi + AT_R13]
	mov r14, [rdi + AT_R14]
	mov r15, [rdi + AT_R15]
	mov rsp, [rdi + AT_RSP]
	mov eax, 1
	jmp [rdi + AT_RIP]

section .note.GNU-stack noalloc noexec nowrite progbits
