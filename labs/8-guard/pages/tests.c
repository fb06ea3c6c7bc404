/*
 * The tests of lab 8's optional half: `make pages` runs them on this computer, where a
 * model of the processor answers the probes, and in the kernel, where probes fault.
 */
#include "blocks.h"

#include "machine.h"
#include "test/frames.h"
#include "test/page_changes.h"
#include "test/page_walk.h"

/* ---- Tests: what a block is ------------------------------------------------- */

static void first_pages(void)
{
	struct block block;

	begin();
	block = take(24, 8);
	check_place(block);
	check_pages(block);
	check_hex(&rule_pages, "the rights of its page",
		  PTE_WRITABLE | PTE_NO_EXECUTE,
		  page_walk(test_mapper()->root, block.start).entry[1] &
			  (PTE_WRITABLE | PTE_NO_EXECUTE | PTE_USER));
	check_frames_in_use(1);
	give(block);
	check_frames_in_use(0);
}

/* The next heap is another mapper's, and has its frames from elsewhere. */
static void init_again(void)
{
	static struct mapper other;
	struct block block;

	begin();
	other.root = frame_source_allocate(test_frames());
	machine_make_root(other.root);
	pages_init(&other, test_other_frames());
	block = take(24, 8);
	check(&rule_pages,
	      test_frames_is_others(pte_frame(
		      page_walk(other.root, block.start).entry[1])),
	      "a frame of the new source, below the new root",
	      "entry 0x%llx for 0x%llx",
	      (unsigned long long)page_walk(other.root, block.start).entry[1],
	      (unsigned long long)block.start);
	give(block);
}

static const size_t sizes[] = { 1, 7, 24, 4095, 4096, 4097, 8192, 10000 };

#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

/* At every size and align: the neighbouring pages fault, and its own do not. */
static void overflow_faults(void)
{
	begin();
	for (size_t align = 1; align <= PAGE_SIZE; align *= 2)
		for (size_t i = 0; i < SIZES; i++) {
			struct block block = take(sizes[i], align);

			check_place(block);
			if (align <= 8 || align == PAGE_SIZE)
				check_pages(block);
			check_frames_in_use(
				page_boundary_above(sizes[i]) / PAGE_SIZE);
			give(block);
		}
}

static void bad_align_for_pages(void)
{
	pages_alloc((struct layout){ SIZE_MAX, 24 });
}

/* Each cannot be met, and nothing is in use afterwards. */
static void bad_requests(void)
{
	static const struct layout bad[] = {
		{ 0, 8 },	     { 24, 2 * PAGE_SIZE },
		{ 24, 1ull << 63 },  { SIZE_MAX, 1 },
		{ SIZE_MAX - 2 * PAGE_SIZE, 4096 }, { PAGES_SIZE, 1 },
		{ PAGES_SIZE - 2 * PAGE_SIZE + 1, 1 },
	};

	begin();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct block block = request(bad[i].size, bad[i].align);

		check(&rule_room, !block.start, "NULL",
		      "a block for Layout { size: %zu, align: %zu }",
		      bad[i].size, bad[i].align);
		check_frames_in_use(0);
	}
	check_panics(&rule_room, "a panic for an align of 24",
		     bad_align_for_pages);
}

/* ---- Tests: what was freed --------------------------------------------------- */

static void freed_faults(void)
{
	begin();
	for (size_t i = 0; i < SIZES; i++) {
		struct block block = take(sizes[i], 1);
		uint64_t end = end_of_pages(block);

		can_write(block.start); /* so that the TLB has it */
		can_write(end - 1);
		give(block);
		for (uint64_t at = first_page(block); at < end; at += PAGE_SIZE)
			check_faults(at);
		check_frames_in_use(0);
	}
}

/* No frame is given back, or asked for, while an entry still leads to it. */
static void unmapped_first(void)
{
	begin();
	test_frames_watch(test_mapper()->root);
	give(take(3 * PAGE_SIZE, 1));
	test_frames_watch(NO_FRAME);
	check_frames_in_use(0);
}

/* So many blocks of a page pass before the addresses begin again; each faults. */
#define LEAST_BLOCKS (PAGES_SIZE / PAGE_SIZE / 4)

static void addresses_wait(void)
{
	uint64_t blocks = 0, first, last;

	begin();
	last = first = take(PAGE_SIZE, 1).start;
	for (;;) {
		struct block block = take(PAGE_SIZE, 1);

		check_place(block);
		give(block);
		if (block.start <= last)
			break;
		check_faults(block.start);
		last = block.start;
		blocks++;
	}
	check(&rule_wait, blocks >= LEAST_BLOCKS, "all addresses are used",
	      "again at 0x%llx after %llu blocks", (unsigned long long)last,
	      (unsigned long long)blocks);
	check(&rule_pages, can_write(first), "the block in use is left alone",
	      "0x%llx is not mapped", (unsigned long long)first);
	check_frames_in_use(1);
}

/* ---- Tests: what there is not enough of ---------------------------------------- */

/* Each request for a frame in turn fails: for a table, or for a page. */
static void no_frames(void)
{
	uint64_t given = 0;
	struct block block = { 0 };

	begin();
	for (; !block.start; given++) {
		test_frames_fail_after(given);
		block = request(5 * PAGE_SIZE, 1);
		test_frames_fail_after(TEST_FRAMES_NEVER_FAIL);
		check_frames_in_use(block.start ? 5 : 0);
	}
	check_count(&rule_room, "frames when there is a block", 5, given - 1);
	check_place(block);
	give(block);
}

/* The first block of all: even the tables are missing. */
static void no_tables(void)
{
	for (uint64_t given = 0; given < 4; given++) {
		pages_init(test_mapper(), test_frames());
		test_frames_fail_after(given);
		check(&rule_room, !request(24, 8).start, "NULL", "a block");
		check_count(&rule_frames, "frames in use",
			    page_walk_count_tables(test_mapper()->root),
			    test_frames_in_use());
	}
	test_frames_fail_after(TEST_FRAMES_NEVER_FAIL);
	check_place(take(24, 8));
}

/* A source that never ends, of frames that are only counted. */
static uint64_t endless_in_use;

static struct frame endless_allocate(struct frame_source *source)
{
	(void)source;
	return (struct frame){ test_memory().start +
			       endless_in_use++ * PAGE_SIZE };
}

static void endless_deallocate(struct frame_source *source, struct frame frame)
{
	(void)source;
	(void)frame;
	endless_in_use--;
}

#define LARGE (15 * PAGE_SIZE) /* with the page behind it, a 256th of all */
#define MOST_LARGE 256

/* All addresses are used; one that comes back can be had again, and in no pieces. */
static void no_addresses(void)
{
	static struct frame_source endless = { endless_allocate,
					       endless_deallocate };
	static struct block blocks[MOST_LARGE];
	size_t count = 0;

	endless_in_use = 0;
	pages_init(test_mapper(), &endless);
	while (count < MOST_LARGE &&
	       (blocks[count] = request(LARGE, 1)).start)
		count++;
	check(&rule_room, count >= 15 * MOST_LARGE / 17, "nearly all pages",
	      "NULL after %zu blocks of %llu pages", count, LARGE / PAGE_SIZE);
	check(&rule_faults, count < MOST_LARGE, "a page between two blocks",
	      "%zu blocks of %llu pages", count, LARGE / PAGE_SIZE);
	give(blocks[7]);
	check(&rule_room, !request(LARGE + 1, 1).start, "NULL", "a block");
	check_place(blocks[7] = take(LARGE - 1, 1));
	check(&rule_room, !request(LARGE, 1).start, "NULL", "a block");
	for (size_t i = 0; i < count; i++)
		give(blocks[i]);
	check(&rule_frames, endless_in_use <= 10, "the tables' frames only",
	      "%llu frames are in use", (unsigned long long)endless_in_use);
}

/* ---- Tests: what is wrong ------------------------------------------------------- */

static void refuse(enum guard_finding what, uint64_t start, size_t size,
		   size_t align)
{
	page_changes_remember(test_mapper()->root);
	check_free(&rule_refused, what,
		   (struct block){ start, { size, align } });
	check_tables_unchanged(&rule_refused, test_mapper()->root);
}

static void freed_wrongly(void)
{
	struct block block, other;

	begin();
	block = take(5000, 8);
	other = take(2 * PAGE_SIZE, 1);
	refuse(GUARD_NEVER_ALLOCATED, 0, 24, 8);
	refuse(GUARD_NEVER_ALLOCATED, (uint64_t)&block, 5000, 8);
	refuse(GUARD_NEVER_ALLOCATED, first_page(block) - 96, 5000, 8);
	refuse(GUARD_NEVER_ALLOCATED, end_of_pages(block), 5000, 8);
	refuse(GUARD_OTHER_LAYOUT, block.start + 8, 5000, 8);
	refuse(GUARD_OTHER_LAYOUT, block.start, 5008, 8);
	refuse(GUARD_OTHER_LAYOUT, block.start, 0, 8);
	refuse(GUARD_OTHER_LAYOUT, block.start, 5000 + PAGE_SIZE, 8);
	refuse(GUARD_OTHER_LAYOUT, block.start, SIZE_MAX, 1);
	refuse(GUARD_OTHER_LAYOUT, other.start + PAGE_SIZE, PAGE_SIZE, 1);
	give(block);
	refuse(GUARD_NEVER_ALLOCATED, block.start, 5000, 8);
	give(other);
	check_frames_in_use(0);
}

/* A byte changes; the block is taken back, and the next one is whole again. */
static void spoil(enum guard_finding what, size_t size, size_t align,
		  int64_t offset)
{
	struct block block = take(size, align);

	*byte_at(block.start + (uint64_t)offset) ^= 0x10;
	check_free(&rule_damage, what, block);
	check_faults(block.start);
	check_frames_in_use(0);
}

static void spoil_both_sides(size_t size)
{
	struct block block = take(size, 16);

	*byte_at(block.start - 1) ^= 0x10;
	*byte_at(block.start + size) ^= 0x10;
	check_free(&rule_damage, GUARD_UNDERFLOW, block);
}

static void damage_is_told(void)
{
	begin();
	spoil_both_sides(24);
	spoil_both_sides(5000);
	for (size_t align = 2; align <= PAGE_SIZE; align *= 2) {
		spoil(GUARD_OVERFLOW, 1, align, 1);
		spoil(GUARD_OVERFLOW, 1, align, (int64_t)align - 1);
		spoil(GUARD_OVERFLOW, PAGE_SIZE + 1, align, PAGE_SIZE + 1);
		spoil(GUARD_NOTHING, PAGE_SIZE + 1, align, PAGE_SIZE);
		spoil(GUARD_NOTHING, 1, align, 0);
	}
	for (size_t size = 1; size < PAGE_SIZE; size += 1 + size / 2) {
		spoil(GUARD_UNDERFLOW, size, 1, -1);
		spoil(GUARD_UNDERFLOW, size + PAGE_SIZE, 1, -1);
		spoil(GUARD_UNDERFLOW, size, 1, (int64_t)(size - PAGE_SIZE));
	}
}

/* ---- Test: all together ------------------------------------------------------------ */

#define MOST_USED 40
#define OPERATIONS 300

static uint64_t end_of_block(struct block block)
{
	return block.start + block.layout.size;
}

/* Mostly small ones. */
static struct block take_any(void)
{
	size_t size = 1 + test_random_below(1ull << test_random_below(14));

	return take(size, 1ull << test_random_below(13));
}

/* A correct program: nothing is found, and every block keeps its contents. */
static void correct_program(void)
{
	struct block blocks[MOST_USED] = { 0 };
	uint64_t pages = 0;

	begin();
	for (int n = 0; n < OPERATIONS; n++) {
		uint8_t i = (uint8_t)test_random_below(MOST_USED);
		struct block *block = &blocks[i];

		if (!block->start) {
			*block = take_any();
			check_place(*block);
			set_bytes(block->start, end_of_block(*block), i);
			pages += pages_of(*block);
		} else {
			check_bytes(block->start, end_of_block(*block), i);
			pages -= pages_of(*block);
			give(*block);
			block->start = 0;
		}
		check_frames_in_use(pages);
	}
}

static const struct test tests[] = {
	{ "first_pages", first_pages },
	{ "init_again", init_again },
	{ "overflow_faults", overflow_faults },
	{ "bad_requests", bad_requests },
	{ "freed_faults", freed_faults },
	{ "unmapped_first", unmapped_first },
	{ "addresses_wait", addresses_wait },
	{ "no_frames", no_frames },
	{ "no_tables", no_tables },
	{ "no_addresses", no_addresses },
	{ "freed_wrongly", freed_wrongly },
	{ "damage_is_told", damage_is_told },
	{ "correct_program", correct_program },
};

LAB("8-guard", tests);
