; Accesses that may fault.  probe_recover knows these addresses: a page fault
; between probe_access_start and probe_access_end, or one that a call from
; probe_execute raised, continues at probe_failed.

global probe_read:function
global probe_write:function
global probe_execute:function
global probe_access_start
global probe_access_end
global probe_executed
global probe_failed

section .text
bits 64
probe_access_start:
; In: rdi = address, rsi = where to put the value.  Out: eax = 1, or 0.
probe_read:
	mov rax, [rdi]
	mov [rsi], rax
	mov eax, 1
	ret
; In: rdi = address, rsi = value.  Out: eax = 1, or 0.
probe_write:
	mov [rdi], rsi
	mov eax, 1
	ret
probe_access_end:

; In: rdi = address of a return instruction.  Out: eax = 1, or 0.
probe_execute:
	call rdi
probe_executed:
	mov eax, 1
	ret

probe_failed:
	xor eax, eax
	ret

section .note.GNU-stack noalloc noexec nowrite progbits
