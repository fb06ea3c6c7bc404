; The first instructions at the kernel's own addresses.

GUARD_AND_STACK_SIZE	equ 21 * 4096	; struct guarded_stack; stacks.c checks it

extern stacks
extern kernel_main
global kernel_entry:function

section .text
bits 64
; In: rdi = physical address of the boot information.  Does not return.
kernel_entry:
	mov rsp, stacks + GUARD_AND_STACK_SIZE
	xor ebp, ebp			; the outermost stack frame
	push 0				; where backtraces end, gdb's too
	push 0
	call kernel_main
.stop:
	hlt
	jmp .stop

section .note.GNU-stack noalloc noexec nowrite progbits
