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

test_expect_success '9-lock: its tables are what make litmus prints' '
	build litmus | grep "^|" >printed &&
	tables_of "$cairn/labs/9-lock/README.md" >quoted &&
	test_cmp quoted printed
'

test_done
