; The Multiboot2 header: what makes GRUB accept the kernel file.
; Multiboot2 specification 2.0, section 3.1.

MAGIC		equ 0xe85250d6
ARCHITECTURE	equ 0			; 32-bit protected mode of i386
FRAMEBUFFER_TAG	equ 5
END_TAG		equ 0
OPTIONAL	equ 1

section .multiboot2 align=8 progbits alloc noexec nowrite
header:
	dd MAGIC
	dd ARCHITECTURE
	dd header_end - header
	dd -(MAGIC + ARCHITECTURE + (header_end - header))
	dw FRAMEBUFFER_TAG		; 3.1.10: a graphic screen will do, too
	dw OPTIONAL
	dd 20				; size of this tag
	dd 0, 0, 32			; any width and height, bits of a pixel
	align 8
	dw END_TAG
	dw 0				; flags
	dd 8				; size of this tag
header_end:

section .note.GNU-stack noalloc noexec nowrite progbits
