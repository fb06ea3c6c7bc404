; Where the processor enters the kernel on an exception: one short entry for
; each vector, which makes all stack frames alike, and then one common path.

EXCEPTION_COUNT	equ 32			; exceptions.h

; Vectors with which the processor pushes an error code (Intel SDM 3A 6.15).
%define HAS_ERROR_CODE(vector) ((1 << vector) & 0x60227d00)

extern exception_handle
global exception_entries

section .text
bits 64
%assign vector 0
%rep EXCEPTION_COUNT
exception_entry_%+vector:
%if HAS_ERROR_CODE(vector) == 0
	push 0
%endif
	push vector
	jmp exception_common
%assign vector vector + 1
%endrep

; Saves what C may change and hands over a struct exception_frame.  Returns to
; wherever exception_handle has left rip and rsp in that frame.
exception_common:
	push rbp
	push r11
	push r10
	push r9
	push r8
	push rdi
	push rsi
	push rdx
	push rcx
	push rax
	mov rdi, rsp
	mov rbp, rsp
	and rsp, -16
	cld
	call exception_handle
	mov rsp, rbp
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
	add rsp, 16			; vector, error code
	iretq

section .rodata
align 8
exception_entries:
%assign vector 0
%rep EXCEPTION_COUNT
	dq exception_entry_%+vector
%assign vector vector + 1
%endrep

section .note.GNU-stack noalloc noexec nowrite progbits
