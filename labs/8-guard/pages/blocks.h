/*
 * Blocks of the heap of guard pages, taken, looked at and given back by its tests; and
 * the rules that these name.
 */
#ifndef LABS_8_GUARD_PAGES_BLOCKS_H
#define LABS_8_GUARD_PAGES_BLOCKS_H

#include "8-guard/pages.h"
#include "test/test.h"

extern const struct rule rule_room, rule_place, rule_faults, rule_pages, rule_frames,
	rule_wait, rule_refused, rule_damage;

struct block {
	uint64_t start; /* 0 if there is none */
	struct layout layout;
};

/* A heap with one block in use, which stays: so every test has seen one. */
void begin(void);

/* A block, or none; and one that there must be. */
struct block request(size_t size, size_t align);
struct block take(size_t size, size_t align);

/* Free it, and check what is found. */
void check_free(const struct rule *rule, enum guard_finding expected,
		struct block block);
void give(struct block block);

/* So many frames are in use but for tables, and for the block of begin. */
void check_frames_in_use(uint64_t expected);

/* Its pages; the end is the address behind them. */
uint64_t first_page(struct block block);
uint64_t end_of_pages(struct block block);
uint64_t pages_of(struct block block);

/* An access to the word there, which writes what it has read. */
bool can_write(uint64_t address);

void check_faults(uint64_t address);

/* A byte of a page that is mapped, through its frame; and all of [from, to). */
uint8_t *byte_at(uint64_t address);
void set_bytes(uint64_t from, uint64_t to, uint8_t value);
void check_bytes(uint64_t from, uint64_t to, uint8_t expected);

/* Where it lies, and that the pages around it fault; and each byte of its pages. */
void check_place(struct block block);
void check_pages(struct block block);

#endif
