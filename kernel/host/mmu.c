/*
 * A model of the processor's memory management unit, for tests on the host:
 * it walks the page tables as the Intel SDM (volume 3A, chapter 4) says, and
 * keeps translations until they are flushed.
 *
 * Where the manual leaves the processor a choice, this one is the worst that
 * the manual allows: it forgets nothing by itself, and it loads a translation
 * again as soon as it has been flushed.
 */
#include "host/mmu.h"

#include <stddef.h>
#include <string.h>

#include "host/host.h"
#include "lib/panic.h"
#include "machine.h"
#include "memory/page_table.h"
#include "test/probe.h"

#define RETURN_INSTRUCTION 0xc3

enum access { READ, WRITE, EXECUTE, ACCESS_KINDS };

/*
 * The TLB.  A translation is kept for the kind of access that it was used for:
 * a write through one that was only read walks the tables anew, because it must
 * set the dirty bit (SDM 4.8).
 */
#define TLB_SLOTS 1024

struct translation_kept {
	bool used;
	struct page page;
	struct frame frame;
};

static struct translation_kept tlb[ACCESS_KINDS][TLB_SLOTS];

static struct translation_kept *tlb_slot(struct page page, enum access access)
{
	return &tlb[access][page.start / PAGE_SIZE % TLB_SLOTS];
}

/* Whether an entry lets the access pass, in supervisor mode with CR0.WP on. */
static bool entry_allows(uint64_t entry, enum access access)
{
	if (!pte_is_present(entry))
		return false;
	if (access == WRITE)
		return entry & PTE_WRITABLE;
	if (access == EXECUTE)
		return !(entry & PTE_NO_EXECUTE);
	return true;
}

/* The frame behind an address, given the entry that maps it. */
static struct frame mapped_frame(uint64_t entry, uint64_t address,
				 unsigned level)
{
	uint64_t span = page_table_span(level);
	uint64_t start = entry & PTE_ADDRESS_MASK_4KIB & ~(span - 1);

	return frame_containing(start + (address & (span - 1)));
}

/* Walk the tables; NO_FRAME is a page fault. */
static struct frame walk(uint64_t address, enum access access)
{
	struct frame table = machine_root();

	for (unsigned level = PAGE_TABLE_LEVELS;; level--) {
		struct page_table *memory = host_memory_at(table.start);
		volatile uint64_t *place; /* a submission may write it */
		uint64_t entry;

		if (!memory || !address_is_canonical(address))
			return NO_FRAME;
		place = &memory->entries[page_table_index(address, level)];
		entry = *place;
		if (!entry_allows(entry, access))
			return NO_FRAME;
		*place = entry |= PTE_ACCESSED;
		if (level == 1 || pte_is_huge(entry)) {
			if (level == PAGE_TABLE_LEVELS)
				return NO_FRAME; /* the bit is reserved there */
			*place = entry | (access == WRITE ? PTE_DIRTY : 0);
			return mapped_frame(entry, address, level);
		}
		table = pte_frame(entry);
	}
}

/* Walk the tables and keep what was found. */
static struct frame load(struct page page, enum access access)
{
	struct frame frame = walk(page.start, access);

	if (!frame_is_none(frame))
		*tlb_slot(page, access) =
			(struct translation_kept){ true, page, frame };
	return frame;
}

/* The frame that the access reaches, even if the TLB entry is stale. */
static struct frame look_up(uint64_t address, enum access access)
{
	struct page page = page_containing(address);
	struct translation_kept *slot = tlb_slot(page, access);

	if (slot->used && slot->page.start == page.start)
		return slot->frame;
	return load(page, access);
}

void mmu_flush_page(struct page page)
{
	for (int access = READ; access < ACCESS_KINDS; access++) {
		struct translation_kept *slot = tlb_slot(page, access);

		if (slot->page.start == page.start)
			slot->used = false;
	}
	load(page, READ);
	load(page, EXECUTE);
}

void mmu_flush_all(void)
{
	memset(tlb, 0, sizeof(tlb));
}

/*
 * The memory that an access of `size` bytes reaches.  False is a page fault;
 * *memory is NULL where the page leads to a frame without memory.
 */
static bool reach(uint64_t address, size_t size, enum access access,
		  char **memory)
{
	uint64_t offset = address % PAGE_SIZE;
	struct frame frame = look_up(address, access);

	require(offset + size <= PAGE_SIZE, "a probe at 0x%llx leaves its page",
		(unsigned long long)address);
	if (frame_is_none(frame))
		return false;
	*memory = host_memory_at(frame.start);
	if (*memory)
		*memory += offset;
	return true;
}

bool probe_read(uint64_t address, uint64_t *value)
{
	char *memory;

	if (!reach(address, sizeof(*value), READ, &memory))
		return false;
	*value = UINT64_MAX; /* what a PC reads where nothing answers */
	if (memory)
		memcpy(value, memory, sizeof(*value));
	return true;
}

bool probe_write(uint64_t address, uint64_t value)
{
	char *memory;

	if (!reach(address, sizeof(value), WRITE, &memory))
		return false;
	if (memory)
		memcpy(memory, &value, sizeof(value));
	return true;
}

bool probe_execute(uint64_t address)
{
	char *memory;

	if (!reach(address, 1, EXECUTE, &memory))
		return false;
	require(memory && (unsigned char)*memory == RETURN_INSTRUCTION,
		"no return instruction at 0x%llx", (unsigned long long)address);
	return true;
}
