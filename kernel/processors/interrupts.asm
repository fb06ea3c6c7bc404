; Where an interrupt enters the kernel.  The interrupted function has not asked for
; it, so all its registers stay as they were: here those that C may change, in C the
; others.

extern interrupt_timer
global interrupt_entry_timer:function
global interrupt_entry_spurious:function

section .text
bits 64
; The processor has pushed ss, rsp, rflags, cs and rip, on a stack that it has aligned
; to 16 bytes (Intel SDM 3A, "64-Bit Mode Stack Frame").  Of these rip lies where a
; return address lies after a call; with rbp below it, a backtrace goes on into the
; interrupted function.
interrupt_entry_timer:
	push rbp
	mov rbp, rsp
	push r11
	push r10
	push r9
	push r8
	push rdi
	push rsi
	push rdx
	push rcx
	push rax
	sub rsp, 8			; aligned to 16 bytes again
	cld
	call interrupt_timer
	add rsp, 8
	pop rax
	pop rcx
	pop rdx
	pop rsi
	pop rdi
	pop r8
	pop r9
	pop r10
	pop r11
	pop rbp
	iretq

; "Spurious Interrupt": nothing to do, and no end of interrupt to signal.
interrupt_entry_spurious:
	iretq

section .note.GNU-stack noalloc noexec nowrite progbits
