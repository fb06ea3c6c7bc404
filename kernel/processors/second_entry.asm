; Where a further processor arrives at the kernel's own addresses.
;
; Apart from trampoline.asm, because NASM tells a debugger the lines of one section of a
; file only.

extern second_main
extern second_root
extern second_stack
global second_entry:function

section .text
bits 64
; Goes on with the tables and the stack that second.c has chosen.  Does not return.
second_entry:
	mov rax, [rel second_root]
	mov cr3, rax
	mov rsp, [rel second_stack]
	xor ebp, ebp			; the outermost stack frame
	push 0				; where backtraces end
	push 0
	call second_main
.stop:
	hlt
	jmp .stop

section .note.GNU-stack noalloc noexec nowrite progbits
