#!/bin/sh

test_description='The report leads to the cause

A likely mistake is planted, and what the report says first has to name it: on this
computer and on the machine.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# diagnose LAB FILE ON TEST: the report on it in that test, from the failure on, as
# `said`.
diagnose() {
	test_expect_code 1 timeout "$patience" "$cairn/grader/grade" --lab "$1" \
		--seed 1 --on "$3" --test "$4" --submission "$2" >report 2>&1
	status=$?
	sed -n '/^first failure/,$p' report >said
	cat report
	return "$status"
}

# plant LAB FILE SCRIPT: our solution changed by a sed script.
plant() {
	sed "$3" "$cairn/solutions/$1/$2" >"$2" && ! cmp "$cairn/solutions/$1/$2" "$2"
}

# A mapper as it is written at first: it links what it takes at once.
cat >linking.c <<'EOT'
#include "lab.h"
#include "machine.h"
#include "memory/mapper.h"
#include "memory/page_table.h"

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	struct frame table = mapper->root;
	uint64_t *entry;

	for (unsigned level = 4; level > 0; level--) {
		entry = machine_frame_memory(table);
		entry += page_table_index(page.start, level);
		if (level > 1 && !pte_is_present(*entry))
			*entry = pte_make(frame_source_allocate(frames),
					  PTE_PRESENT | PTE_WRITABLE);
		table = pte_frame(*entry);
	}
	*entry = pte_make(frame, flags | PTE_PRESENT);
	return MAP_OK;
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	(void)mapper, (void)page, (void)frame;
	lab_unfinished("lab 2, task 3: unmap");
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	(void)mapper, (void)address;
	lab_unfinished("lab 2, task 2: translate");
}
EOT

for on in host guest judged; do
	test_expect_success "a table that is not cleared: the rule, and the garbage ($on)" '
		diagnose 2-paging linking.c $on fresh_map &&
		sed -n "2p;/the way/s/0x[0-9a-f]*000/TABLE/2;/the way/p;/the last is/p" said >actual &&
		cat >expected <<-\EOF &&
		  rule map-3: a new table is zero but for the one new entry
		  |   the way to 0x321649a37000: 4[100] -> TABLE WX, 3[89] = 0xa5a5a5a5a5a5a5a5
		  |   the last is what the frame held before it became a table
		EOF
		test_cmp expected actual &&
		grep "#map-3$" said
	'

	test_expect_success "an entry that should have stayed: which, and from what to what ($on)" '
		plant 2-paging mapper.c "s/\*frame = pte_frame(\*entry);/&/
			s/	if (!pte_is_present(\*entry))/	*path.entry[2] |= 1 << 9;\n&/" &&
		diagnose 2-paging mapper.c $on unmap_unmapped &&
		grep "expected: the tables are as before" said &&
		grep "actual:   level 2, index 77, on the way to 0x321649a00000: 0x[0-9a-f]*003, now 0x[0-9a-f]*203" said
	'
done

# faults_at ADDRESS TEXT: what is said of a write there.
faults_at() {
	plant 2-paging mapper.c "/^enum map_result map_to(/,/^}/s|.*path = walk|	*(volatile char *)($1) = 1;\n&|" &&
		diagnose 2-paging mapper.c guest fresh_map &&
		grep "address: 0x[0-9a-f]* (CR2), $2" said
}

test_expect_success "a bad pointer: what it may have been" '
	faults_at 8 "an offset from a NULL pointer" &&
	faults_at mapper-\>root.start "so low that it may be a physical address" &&
	faults_at "0x444444440000ull + 102400" "the heap.s end" &&
	faults_at "0x444444440000ull + 102401" "just behind the heap.s end" &&
	faults_at 0x44444443ffffull "just below the heap.s start"
'

test_expect_success "a size near the largest is named, and one beyond all memory is hex" '
	plant 5-list list.c "s/SIZE_MAX - (GRANULE - 1)/SIZE_MAX - 1/" &&
	diagnose 5-list list.c guest impossible_sizes &&
	grep "Layout { size: SIZE_MAX - 1, align: 1 }" said &&
	plant 5-list list.c "s/layout_check(layout);/if (layout.align >> 63 == 0) &/" &&
	diagnose 5-list list.c guest bad_align &&
	grep "Layout { size: 8, align: 0x8000000000000001 }" said
'

# line_of FUNCTION FILE: whether the failure is said to be at a line of that function.
line_of() {
	line=$(sed -n "s,^  |   at:       $2:,,p" said) &&
		awk -v line="$line" "NR == line { found = inside }
			/^void $1\(/ { inside = 1 }
			/^}/ { inside = 0 }
			END { exit !found }" "$cairn/$2"
}

for on in host guest judged; do
	test_expect_success "where it failed: the line of the test, not of its helper ($on)" '
		plant 5-list list.c "s/if (old_start < start)/if (0)/" &&
		diagnose 5-list list.c $on padding &&
		line_of joins_padding kernel/test/allocator/joins.c &&
		! grep "  at padding" said
	'
done

for on in host guest; do
	test_expect_success "what an allocator loses: the calls, and the heap ($on)" '
		plant 5-list list.c "s/^\(\t*\)if (old_start < start)/\1if (0)/" &&
		diagnose 5-list list.c $on padding &&
		sed -n "2,/  read/p" said >actual &&
		cat actual &&
		grep "[0-9]\. alloc of .* align 4096: 0x4444" actual &&
		grep "[0-9]\. alloc of .*: NULL" actual &&
		grep "the heap: [0-9]* used, [0-9]* free, .* free$" actual
	'

	test_expect_success "where it did not return: from which call ($on)" '
		plant 5-list list.c "/^void \*alloc(/,/^}/s/layout_check(layout);/&\n\tif (layout.align == 64)\n\t\t*(volatile int *)8 = 1;/" &&
		diagnose 5-list list.c $on alignments &&
		grep "align 64, which has not returned" said
	'
done

test_expect_success "a loop without end: in which function (host)" '
	plant 5-list list.c "/^void \*alloc(/,/^}/s/layout_check(layout);/&\n\tfor (;;)\n\t\t;/" &&
	diagnose 5-list list.c host first_block &&
	grep "hang: a call did not return, in alloc .*list.c:[0-9]" said
'

test_expect_success "a block that is never given back: with which layout (host)" '
	plant 7-collections collections.c "/^void vec_core_free(/,/^}/s/dealloc(.*;/;/" &&
	diagnose 7-collections collections.c host item_layouts &&
	grep "actual:   1 still in use, one of them with Layout { size: 32, align: 1 }" said
'

test_expect_success "a resize that is refused: the calls before (host)" '
	plant 6-blocks blocks.c "s/fallback_dealloc(block, layout);/(void)0;/" &&
	diagnose 6-blocks blocks.c host resized &&
	grep "alloc_resized of 4000 bytes, align 8, at 0x[0-9a-f]*, to 2000: 0x4444" said &&
	grep "alloc_resized of 2000 bytes, .* to 4000: NULL" said
'

test_done
