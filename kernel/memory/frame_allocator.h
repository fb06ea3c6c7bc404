/*
 * The frame allocator: hands out the machine's free frames, as the boot
 * loader's memory map lists them, and takes them back.  Lab 1 writes it; in the
 * kernel it stands behind the frame source of everything that maps.
 *
 * An allocator keeps what it remembers in two places only: in the memory that
 * frame_allocator_init is given, and in frames that were given back to it.  So
 * there may be any number of allocators at once, and none has a limit on how
 * many frames or pieces of memory there are.
 */
#ifndef MEMORY_FRAME_ALLOCATOR_H
#define MEMORY_FRAME_ALLOCATOR_H

#include "boot_info.h"
#include "memory/page.h"

/* What an allocator remembers: lab 1 says what that is. */
struct frame_allocator;

/* The bytes that an allocator has for itself, and what they are aligned to. */
#define FRAME_ALLOCATOR_SIZE 4096
#define FRAME_ALLOCATOR_ALIGN 16

/*
 * Begin to hand out the free frames of info: every frame of which all bytes lie
 * in usable areas and none lies in a used range, but for frame 0, because an
 * address of 0 looks like none.
 *
 * memory is FRAME_ALLOCATOR_SIZE bytes, whatever they hold; they are the
 * allocator's from here on, until the caller begins anew with the same memory.
 * info stays the caller's, who keeps it as it is for as long as the allocator
 * is used; it is only read.
 *
 * Takes time for areas and used ranges, but not for frames: there may be as
 * many as addresses allow, and memory behind few of them.
 */
struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info);

/*
 * A free frame, which nobody else has until it is given back; any of them.  Its
 * contents are undefined.
 *
 * Returns NO_FRAME when none is left, as often as it is called, until one is
 * given back.  Constant time on average, however many frames were handed out
 * before: a look at each area and each used range is allowed (there are 64 of
 * each at most), a look at each frame is not.
 */
struct frame frame_allocate(struct frame_allocator *frames);

/*
 * Take back a frame that this allocator has handed out and not been given back
 * since; it can be had again.  Any other frame is the caller's bug, and nothing
 * is promised about what follows.
 *
 * From this call until the frame is handed out again its memory is the
 * allocator's, and machine_frame_memory must reach it.  No other frame's memory
 * is ever touched: not of one that somebody has, nor of one that nobody has had
 * yet, for it may not be mapped.
 *
 * Constant time on average, in whatever order frames come back.
 */
void frame_deallocate(struct frame_allocator *frames, struct frame frame);

#endif
