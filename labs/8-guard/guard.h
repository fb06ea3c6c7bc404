/*
 * A heap that finds bugs: a layer over the allocator that is linked below it
 * (memory/allocator.h), which notices what its callers do wrong.  Lab 8 writes it.
 *
 *     [ zone ][ the block ][ zone ]      in use: the zones are watched
 *     [ zone ][  poison   ][ zone ]      in quarantine: all of it is watched
 *
 * What it finds it returns as a value.  It prints nothing, and it never panics
 * except through layout_check: a kernel may log a finding and go on.
 */
#ifndef LABS_8_GUARD_GUARD_H
#define LABS_8_GUARD_GUARD_H

#include <stddef.h>
#include <stdint.h>

#include "memory/allocator.h"

/*
 * A place in the source text.  The guard keeps it and gives it back; it never
 * follows the address in it.  Any value is a site, even { NULL, 0 }.  Two sites are the same if
 * both members are equal.
 */
struct guard_site {
	const char *file;
	uint64_t line;
};

#define GUARD_HERE ((struct guard_site){ __FILE__, __LINE__ })

/* This many bytes before and behind each block are watched. */
#define GUARD_ZONE 32

/* What a block holds when it is handed out, and after it was given back. */
#define GUARD_FRESH 0xcd
#define GUARD_FREED 0xdd

/* The quarantine holds at most this many blocks, and this many bytes of theirs. */
#define GUARD_QUARANTINE_BLOCKS 32
#define GUARD_QUARANTINE_BYTES (16 * 1024)

/*
 * What the guard may take from the allocator below for a block: its size, twice its
 * align, and this many bytes; for all blocks together, this much on average.
 */
#define GUARD_MEMORY 256

/*
 * What a call may cost, in instructions: this many, and this many more for each block
 * that the guard knows (in use or in quarantine), for each byte of the block that is
 * taken or given back, and for each byte in quarantine.  The allocator below comes on
 * top.
 */
#define GUARD_COST_CALL 10000
#define GUARD_COST_BLOCK 5000
#define GUARD_COST_BYTE 50

enum guard_finding {
	GUARD_NOTHING, /* all is well, and no other member has a meaning */
	GUARD_OVERFLOW, /* a byte behind a block was written */
	GUARD_UNDERFLOW, /* a byte before a block was written */
	GUARD_USE_AFTER_FREE, /* a byte of a freed block was written */
	GUARD_DOUBLE_FREE, /* freed again */
	GUARD_INTERIOR_FREE, /* freed from inside, not where it begins */
	GUARD_NEVER_ALLOCATED, /* freed, but not a block that the guard knows */
	GUARD_OTHER_LAYOUT, /* freed with another layout than it was taken with */
	GUARD_BOOKS, /* the guard's notes were written to; no other member has a meaning */
};

/* One finding about one block, in use or in quarantine. */
struct guard_report {
	enum guard_finding what;
	/* Where the block begins; for NEVER_ALLOCATED, the pointer that was freed. */
	void *block;
	/* As the block was taken. */
	struct layout layout;
	/*
	 * From the block's beginning: to the lowest byte that is wrong, so it is
	 * negative for an underflow; to the pointer of an INTERIOR_FREE; otherwise 0.
	 */
	int64_t offset;
	/*
	 * Where it was taken, and given back; { NULL, 0 } while it is in use, as it is
	 * when guard_dealloc reports a zone.
	 */
	struct guard_site allocated;
	struct guard_site freed;
};

/*
 * Start over: guard an empty heap in [start, start + size), which becomes the heap of
 * the allocator below through allocator_init.  Nothing is left of what was before.
 */
void guard_init(void *start, size_t size);

/*
 * A block like that of alloc, and no byte of its zones belongs to another block or
 * zone.  Every byte of it is GUARD_FRESH.  Size 0 gives a block, too, and every byte
 * that somebody writes to it is an overflow.
 *
 * NULL when the allocator below has no room, however large size and align are.
 * Before it says so, blocks leave the quarantine, the oldest first, until there is
 * room or none is left.  Before all else it panics through layout_check.
 */
void *guard_alloc(struct layout layout, struct guard_site site);

/*
 * Take back a block that guard_alloc returned for this very layout.  It goes into
 * quarantine and every byte of it becomes GUARD_FREED.  As long as there are more
 * blocks or bytes in quarantine than it holds, the oldest leaves: it goes to the
 * allocator below, and the guard no longer knows it.  So one that is larger than the
 * whole quarantine leaves at once.
 *
 * Returns what is wrong: first, whether the pointer is one to a block; then whether
 * that was freed before; then whether the layout differs.  Such a call changes
 * nothing.  Otherwise, if a byte of its zones is wrong, the zone is reported and
 * mended as by guard_check, and the block is taken back all the same.
 */
struct guard_report guard_dealloc(void *block, struct layout layout,
				  struct guard_site site);

/*
 * Look at the zones of all blocks, and at all bytes in quarantine, and report one
 * thing that is wrong, of any block.  If more than one thing is wrong with a block,
 * it is the one with the lowest byte.  What is reported is mended: the zone, or the
 * freed block, holds again what the guard wrote there, so it is reported once.
 * GUARD_NOTHING says that nothing more is wrong.
 *
 * A block in quarantine with a wrong byte does not leave it before that has been
 * reported, nor do those that were freed after it.
 *
 * The guard's notes may lie where a wild write can reach them.  Whatever bytes
 * outside of the blocks in use are written, one or many: if afterwards an answer would
 * be wrong, guard_check and guard_dealloc return GUARD_BOOKS instead, and change
 * nothing; once the bytes are as they were, all is well again.  What guard_alloc and
 * guard_leak do meanwhile is up to the guard.
 *
 * guard_check calls no function of the allocator below.
 */
struct guard_report guard_check(void);

/* The blocks in use that were taken at one site. */
struct guard_leak {
	struct guard_site site;
	uint64_t count;
	uint64_t bytes; /* the sum of their sizes */
};

/*
 * The leaks of a program that has ended: of the sites at which blocks in use were
 * taken, each once and in any order, the one with that index from 0.  Past the last
 * one, count is 0.  The order is the same until a block is taken or given back.
 */
struct guard_leak guard_leak(size_t index);

#endif
