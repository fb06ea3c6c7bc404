/*
 * The address map: the one place that says which virtual addresses mean what.
 *
 *   0x0000000000000000  page 0, never mapped
 *                       ... lower half: empty, but for what labs map ...
 *   0x0000444444440000    the heap region (memory/heap.h)
 *   0x0000800000000000  not canonical
 *   0xffff800000000000  direct map: physical address 0, and so on:
 *                         the first MiB (the screen uncached), all RAM, and
 *                         the ACPI areas
 *   0xffffc00000000000  devices, uncached, one after the other; the first page
 *                         shows whichever firmware table is being read
 *   0xffffffff80000000  kernel image: the first GiB of physical memory, as far
 *                         as the image reaches
 *
 * boot/start.asm and boot/kernel.ld hold the same numbers.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdint.h>

#define LOWER_HALF_END 0x0000800000000000ull
#define DIRECT_MAP_BASE 0xffff800000000000ull
#define DEVICES_BASE 0xffffc00000000000ull
#define KERNEL_BASE 0xffffffff80000000ull

/* The first level 4 entry of the upper half, which all address spaces share. */
#define UPPER_HALF_ROOT_INDEX 256

/* VGA memory; text mode uses the part from 0xb8000. */
#define VGA_WINDOW_START 0xa0000ull
#define VGA_WINDOW_END 0xc0000ull
#define LOW_MEMORY_END 0x100000ull

/* Set by the linker script; only the addresses of these mean anything. */
extern char kernel_text_start[], kernel_rodata_start[], kernel_data_start[],
	kernel_end[];
extern char piece_data_start[], piece_data_end[], piece_data_at_boot[],
	piece_bss_start[], piece_bss_end[];

#endif
