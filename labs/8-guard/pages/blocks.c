#include "blocks.h"

#include "machine.h"
#include "runner/isolate.h"
#include "test/frames.h"
#include "test/page_walk.h"
#include "test/probe.h"

const struct rule rule_room = {
	"pages-1",
	"while there are frames and pages, there is a block; otherwise NULL, and nothing "
	"is taken"
};
const struct rule rule_place = {
	"pages-2", "a block is aligned, and ends as near to a page's end as it can"
};
const struct rule rule_faults = {
	"pages-3",
	"the page before a block's pages, the one behind, and those of a freed block fault"
};
const struct rule rule_pages = {
	"pages-4", "a block's pages are fresh, writable, and its alone"
};
const struct rule rule_frames = {
	"pages-5", "every frame but those of page tables is given back"
};
const struct rule rule_wait = {
	"pages-6", "an address is used again after all others only"
};
const struct rule rule_refused = {
	"pages-7", "what is freed wrongly is refused, and nothing changes"
};
const struct rule rule_damage = {
	"pages-8", "a write beside a block, on its pages, is told when it is freed"
};

struct block request(size_t size, size_t align)
{
	struct block block = { .layout = { size, align } };

	block.start = (uint64_t)pages_alloc(block.layout);
	isolate_call_returned();
	return block;
}

struct block take(size_t size, size_t align)
{
	struct block block = request(size, align);

	check(&rule_room, block.start, "a block",
	      "NULL for Layout { size: %zu, align: %zu }", size, align);
	return block;
}

void begin(void)
{
	pages_init(test_mapper(), test_frames());
	take(24, 8); /* something succeeds; it stays in use beside the others */
}

#define USED_BESIDE 1

/* As they are written in C. */
static const char *const findings[] = {
	[GUARD_NOTHING] = "GUARD_NOTHING",
	[GUARD_OVERFLOW] = "GUARD_OVERFLOW",
	[GUARD_UNDERFLOW] = "GUARD_UNDERFLOW",
	[GUARD_NEVER_ALLOCATED] = "GUARD_NEVER_ALLOCATED",
	[GUARD_OTHER_LAYOUT] = "GUARD_OTHER_LAYOUT",
};

static const char *name_of(enum guard_finding finding)
{
	const char *name = NULL;

	if ((unsigned)finding < sizeof(findings) / sizeof(findings[0]))
		name = findings[finding];
	return name ? name : "what pages_dealloc never returns";
}

void check_free(const struct rule *rule, enum guard_finding expected,
		struct block block)
{
	enum guard_finding found =
		pages_dealloc((void *)block.start, block.layout);

	isolate_call_returned();
	check(rule, found == expected, name_of(expected),
	      "%s for 0x%llx, Layout { size: %zu, align: %zu }",
	      name_of(found), (unsigned long long)block.start,
	      block.layout.size, block.layout.align);
}

void give(struct block block)
{
	check_free(&rule_damage, GUARD_NOTHING, block);
}

void check_frames_in_use(uint64_t expected)
{
	check_count(&rule_frames, "frames in use, tables not counted",
		    expected + USED_BESIDE,
		    test_frames_in_use() -
			    page_walk_count_tables(test_mapper()->root));
}

/* ---- Addresses --------------------------------------------------------------- */

uint64_t first_page(struct block block)
{
	return page_containing(block.start).start;
}

uint64_t end_of_pages(struct block block)
{
	return page_boundary_above(block.start + block.layout.size);
}

uint64_t pages_of(struct block block)
{
	return (end_of_pages(block) - first_page(block)) / PAGE_SIZE;
}

static bool can_read(uint64_t address)
{
	uint64_t value;

	return probe_read(address & ~7ull, &value);
}

bool can_write(uint64_t address)
{
	uint64_t value;

	return probe_read(address & ~7ull, &value) &&
	       probe_write(address & ~7ull, value);
}

void check_faults(uint64_t address)
{
	check(&rule_faults, !can_read(address) && !probe_write(address & ~7ull, 0),
	      "a page fault", "0x%llx can be read, or written",
	      (unsigned long long)address);
}

uint8_t *byte_at(uint64_t address)
{
	struct translation to = translate(test_mapper(), address);
	uint8_t *memory;

	check(&rule_pages, to.mapped, "a page that is mapped",
	      "0x%llx is not mapped", (unsigned long long)address);
	memory = machine_frame_memory(frame_containing(to.address));
	return memory + to.address % PAGE_SIZE;
}

void set_bytes(uint64_t from, uint64_t to, uint8_t value)
{
	uint8_t *byte = NULL;

	for (uint64_t at = from; at < to; at++, byte++) {
		if (at == from || at % PAGE_SIZE == 0)
			byte = byte_at(at);
		*byte = value;
	}
}

void check_bytes(uint64_t from, uint64_t to, uint8_t expected)
{
	const uint8_t *byte = NULL;

	for (uint64_t at = from; at < to; at++, byte++) {
		if (at == from || at % PAGE_SIZE == 0)
			byte = byte_at(at);
		if (*byte != expected)
			check_hex(&rule_pages, "a byte of a block's pages",
				  expected, *byte);
	}
}

void check_place(struct block block)
{
	uint64_t end = end_of_pages(block);
	uint64_t last = block.start + block.layout.size + block.layout.align;

	check(&rule_place,
	      block.start >= PAGES_START && end <= PAGES_END &&
		      block.start % block.layout.align == 0 && last > end,
	      "a place at the end of a page, from PAGES_START to PAGES_END",
	      "0x%llx for Layout { size: %zu, align: %zu }",
	      (unsigned long long)block.start, block.layout.size,
	      block.layout.align);
	check_faults(first_page(block) - 1);
	check_faults(end);
}

void check_pages(struct block block)
{
	uint64_t end = end_of_pages(block);

	for (uint64_t at = first_page(block); at < end; at += PAGE_SIZE)
		check(&rule_pages, can_write(at) && !probe_execute(at),
		      "a page that can be written, not executed", "0x%llx",
		      (unsigned long long)at);
	check_bytes(first_page(block), end, GUARD_FRESH);
}

