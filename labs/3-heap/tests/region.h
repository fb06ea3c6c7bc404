/*
 * What the tests of lab 3 share: the pages of the heap region, and a heap to look at.
 */
#ifndef LABS_3_HEAP_TESTS_REGION_H
#define LABS_3_HEAP_TESTS_REGION_H

#include <stdint.h>

#include "memory/heap.h"
#include "memory/mapper.h"
#include "memory/page_table.h"
#include "test/test.h"

#define HEAP_PAGES (HEAP_SIZE / PAGE_SIZE)

/* The page of that number, from 0 to HEAP_PAGES - 1; or beside the region, with another. */
struct page heap_page(uint64_t index);

/* The entry that maps the page; 0 when there is none. */
uint64_t entry_of(struct frame root, struct page page);

#define check_result(rule, what, expected, result)          \
	check_string(rule, what, map_result_name(expected), \
		     map_result_name(result))

/* Make the heap on the active tables; that must work. */
void make_heap(void);

/* A mapper of our own, on a root that is not the active one. */
struct mapper new_mapper(void);

#endif
