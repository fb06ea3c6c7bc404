/*
 * Task 2 of lab 2: translate.
 */
#include "tests.h"

#include "memory/mapper.h"
#include "pages.h"
#include "rules.h"
#include "test/frames.h"
#include "test/page_walk.h"
#include "test/test.h"

/* A page size of 0 stands for: not mapped. */
static void check_translation(const struct rule *rule, uint64_t address,
			      uint64_t physical, uint64_t page_size)
{
	struct translation found = translate(test_mapper(), address);

	look_at(page_containing(address));
	check(rule, found.mapped == (page_size > 0),
	      page_size ? "the address is mapped" : "the address is not mapped",
	      "translate says that 0x%llx is %smapped: %s",
	      (unsigned long long)address, found.mapped ? "" : "not ",
	      way_end(page_containing(address)).text);
	check_hex(rule, "physical address", physical, found.address);
	check_hex(rule, "page size", page_size, found.page_size);
}

/* Every byte of a page has its place in the frame, whatever the flags are. */
void translate_offsets(void)
{
	static const struct frame frames[] = {
		{ 0 }, { 0x7ffff000 }, { 0x123456789a000 }, HIGHEST_FRAME,
	};

	for (unsigned i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct page page = { home.start + i * PAGE_SIZE };
		uint64_t physical = frames[i].start;
		uint64_t drawn = test_random_below(PAGE_SIZE);

		map(page, frames[i],
		    i % 2 ? PTE_NO_EXECUTE : PTE_GLOBAL | PTE_HUGE);
		check_translation(&rule_translate, page.start, physical,
				  PAGE_SIZE);
		check_translation(&rule_translate, page.start + drawn,
				  physical + drawn, PAGE_SIZE);
		check_translation(&rule_translate, page.start + PAGE_SIZE - 1,
				  physical + PAGE_SIZE - 1, PAGE_SIZE);
	}
}

/*
 * Pages of 2 MiB and 1 GiB end the walk early.  Their entries have a flag where
 * the address of a 4 KiB page begins.
 */
void translate_huge_pages(void)
{
	const uint64_t pat = 1 << 12; /* Intel SDM volume 3A, table 4-16 */
	static const uint64_t masks[] = { [2] = PTE_ADDRESS_MASK_2MIB,
					  [3] = PTE_ADDRESS_MASK_1GIB };

	map(home, (struct frame){ 0x5000 }, 0);
	for (unsigned level = 2; level <= 3; level++) {
		uint64_t physical = test_random() & masks[level];
		uint64_t size = page_table_span(level);
		uint64_t drawn = test_random_below(size);
		struct page page = make_huge_page(level, pat);

		check_translation(&rule_huge, page.start, 0, size);
		make_huge_page(level, physical | pat | PTE_NO_EXECUTE);
		check_translation(&rule_huge, page.start + drawn,
				  physical + drawn, size);
		check_translation(&rule_huge, page.start + size - 1,
				  physical + size - 1, size);
	}
	check_translation(&rule_translate, home.start, 0x5000, PAGE_SIZE);
}

/*
 * The walk may end at any level, and the answer is the same, whatever an entry that
 * is not present holds.
 */
void translate_unmapped(void)
{
	map(home, (struct frame){ 0x5000 }, 0);
	check_translation(&rule_translate, home.start, 0x5000, PAGE_SIZE);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++)
		check_translation(&rule_nothing, neighbour(level).start + 8, 0,
				  0);
	check_translation(&rule_nothing, 0, 0, 0);
	for (unsigned level = 1; level <= PAGE_TABLE_LEVELS; level++) {
		uint64_t *entry = page_walk_entry(test_mapper()->root,
						  home.start, level);

		uint64_t before = *entry;

		*entry &= ~PTE_PRESENT;
		check_translation(&rule_nothing, home.start, 0, 0);
		*entry = LEFT_OVER;
		check_translation(&rule_nothing, home.start, 0, 0);
		*entry = before;
	}
}

/*
 * One table is linked into both halves of the root, so that only bits 63 to 47
 * tell the addresses apart: all equal, or the processor refuses them.
 */
void translate_canonical_only(void)
{
	static const uint64_t refused[] = {
		0x0000800000000000, 0x0001000000000000, 0x8000000000000000,
		0x7fff800000000000, 0xffff000000000000, 0xfffe800000000000,
	};
	const uint64_t upper_half = 0xffff800000000000;
	struct frame root = test_mapper()->root;

	map(home, (struct frame){ 0x5000 }, 0);
	*page_walk_entry(root, home.start | upper_half, 4) =
		*page_walk_entry(root, home.start, 4);
	check_translation(&rule_translate, home.start, 0x5000, PAGE_SIZE);
	check_translation(&rule_nothing, home.start | upper_half, 0x5000,
			  PAGE_SIZE);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		check_translation(&rule_nothing, home.start | refused[i], 0, 0);
	*page_walk_entry(root, home.start, 4) = 0;
	check_translation(&rule_nothing, home.start, 0, 0);
	check_translation(&rule_nothing, home.start | upper_half, 0x5000,
			  PAGE_SIZE);
}
