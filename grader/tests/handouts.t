#!/bin/sh

test_description='What a handout says that a failure prints is what one prints

Such a block, which begins with `first failure:`, has a comment above it that names the
planted mistake that is behind it: <!-- printed by mutants/2-paging/no-flush -->
So has each table that `make litmus` prints: <!-- make litmus -->'

tests=$(dirname "$0")
. "$tests/lib.sh"

root=$cairn
. "$cairn/grader/take/labs.sh"
. "$cairn/grader/proof/claim.sh"

held=$(all_labs)

# blocks FILE: the mistakes that the handout names, a line each, in their order; and the
# lines that each has printed in the files 1, 2, ...
blocks() {
	awk '/^<!-- printed by / { name = $4; next }
		name != "" && /^    / {
			if (file == "") {
				print name
				file = "block." ++number
			}
			if (!/^      again: /) # it depends on who is asked
				print substr($0, 5) >file
			next
		}
		file != "" { name = file = "" }' "$1"
}

# with_mistake NAME LAB: sets submission to what is handed in with the mistake.
with_mistake() {
	rm -rf given planted
	mkdir given && lab=$2 claim=$cairn/grader/proof/$1.patch &&
		test -z "$(plant)" && submission=given/$(piece_of "$2")
}

# stands_in BLOCK REPORT: whether these lines are there, one after the other.
stands_in() {
	awk 'NR == FNR { wanted[NR] = $0; count = NR; next }
		{ line[++lines] = $0 }
		END {
			for (i = 1; i + count - 1 <= lines; i++) {
				for (j = 1; j <= count && line[i + j - 1] == wanted[j]; j++)
					;
				if (j > count)
					exit 0
			}
			exit 1
		}' "$1" "$2"
}

# tables_of FILE: what it quotes of `make litmus`, a comment above each table.
tables_of() {
	awk '/^<!-- make litmus -->/ { is_table = 1; next }
		is_table && /^\|/
		/^[^|]/ { is_table = 0 }' "$1"
}

for lab in $held; do
	handout=$cairn/labs/$lab/README.md
	grep -q "^    first failure: " "$handout" || continue

	test_expect_success "$lab: every failure that it shows is held by a mistake" '
		rm -f block.* &&
		blocks "$handout" >names &&
		test $(grep -c . names) = $(grep -c "^    first failure: " "$handout")
	'

	test_expect_success "$lab: these print what it shows" '
		number=0 &&
		while read -r name; do
			number=$((number + 1)) &&
			with_mistake "$name" "$lab" &&
			test_expect_code 1 timeout "$patience" "$cairn/grader/grade" \
				--lab "$lab" --seed 7 --on host \
				--submission "$submission" >report 2>&1 </dev/null &&
			cat block.$number report &&
			stands_in block.$number report || return 1
		done <names
	'
done

# What the handout calls a first step: its code, and the least that it needs.
first_step() {
	cat <<-\EOF
		#include "memory/frame_allocator.h"

		struct frame_allocator {
			const struct boot_info *info;
			uint64_t count;
		};

		static bool frame_is_used(const struct boot_info *info, uint64_t start)
		{
			for (size_t i = 0; i < info->used_count; i++)
				if (info->used[i].start <= start + (PAGE_SIZE - 1) &&
				    info->used[i].end > start)
					return true;
			return false;
		}
	EOF
	sed -n '/^    .*The n-th free frame/,/^    }/p' "$cairn/labs/1-frames/README.md"
	cat <<-\EOF

		struct frame_allocator *frame_allocator_init(void *memory,
							     const struct boot_info *info)
		{
			struct frame_allocator *frames = memory;

			*frames = (struct frame_allocator){ info, 0 };
			return frames;
		}

		struct frame frame_allocate(struct frame_allocator *frames)
		{
			return nth_frame(frames->info, frames->count++);
		}

		void frame_deallocate(struct frame_allocator *frames, struct frame frame)
		{
			(void)frames;
			(void)frame;
		}
	EOF
}

# It hangs in huge_area, and own_map is long, with one call at its end that returns.
test_expect_success '1-frames: its first step gets what it says, and one hang costs one test' '
	says=$(tr "\n" " " <"$cairn/labs/1-frames/README.md" |
		grep -o "gets [0-9]* of the [0-9]* points" |
		sed "s/gets //; s/ the / /") &&
	first_step >first.c &&
	test_expect_code 1 timeout "$patience" "$cairn/grader/grade" --lab 1-frames \
		--seed 7 --on guest --submission first.c >report 2>&1 </dev/null &&
	cat report &&
	grep "hang  .*huge_area$" report &&
	grep "passed  .*own_map$" report &&
	grep "^1-frames: $says$" report
'

test_expect_success '9-lock: its tables are what make litmus prints' '
	build litmus | grep "^|" >printed &&
	tables_of "$cairn/labs/9-lock/README.md" >quoted &&
	test_cmp quoted printed
'

test_done
