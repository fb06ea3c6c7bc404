#!/bin/sh

test_description='docs/contracts.md has every sentence of the contracts

Each row is a sentence of its header, no sentence of the header is left out, and the
tests that it names are tests of a lab.'

tests=$(dirname "$0")
. "$tests/lib.sh"

cd "$cairn" || exit 1

# What the comments of a header say, in one line.
comments_of() {
	awk '
		/\/\*/ { inside = 1; sub(/.*\/\*/, "") }
		inside {
			text = $0
			ends = sub(/\*\/.*/, "", text)
			sub(/^[ \t]*\*?[ \t]*/, "", text)
			printf "%s ", text
			inside = !ends
		}' "$1" | tr -s " \t\n" " "
}

# The first column of the rows about a header.
sentences_of() {
	awk -v "header=$1" '
		/^## / { about = $2 == header; next }
		about && /^\| / && !/^\| (sentence|---)/ {
			sub(/^\| /, "")
			sub(/ \| .*/, "")
			print
		}' docs/contracts.md
}

# What a header says and the table does not, and the other way round.
differences() {
	sentences_of "$1" | awk -v "text=$(comments_of "$1" | sed 's/\\/\\\\/g')" '
		{
			at = index(text, $0)
			if (at == 0)
				print "not in the header: " $0
			else
				text = substr(text, 1, at - 1) "|" substr(text, at + length($0))
		}
		END {
			gsub(/[| ]+/, " ", text)
			if (text ~ /[A-Za-z]/)
				print "not in the table: " text
		}'
}

for header in kernel/memory/align.h kernel/memory/allocator.h kernel/memory/mapper.h \
	kernel/memory/heap.h labs/8-guard/guard.h labs/9-lock/lock.h; do
	test_expect_success "every sentence of $header has a row, and no other" '
		test -n "$(sentences_of $header)" &&
		differences "$header" >"$SHARNESS_TRASH_DIRECTORY/differences" &&
		test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/differences"
	'
done

test_expect_success 'a sentence that is missing on either side is found' '
	differences kernel/memory/heap.h >"$SHARNESS_TRASH_DIRECTORY/none" &&
	test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/none" &&
	(comments_of() { echo "Lab 3 writes init_heap. It is new."; } &&
		differences kernel/memory/heap.h) >"$SHARNESS_TRASH_DIRECTORY/both" &&
	grep "not in the header: The heap region" "$SHARNESS_TRASH_DIRECTORY/both" &&
	grep "not in the table:.*It is new" "$SHARNESS_TRASH_DIRECTORY/both"
'

test_expect_success 'every test in the table is one of a lab' '
	sed -n "/^## /,\$p" docs/contracts.md | grep -o "\`[a-z_]*\`" | tr -d "\`" |
		sort -u >"$SHARNESS_TRASH_DIRECTORY/named" &&
	cat labs/*/points | awk "!/^#/ && NF { print \$2 }" | sort -u |
		comm -23 "$SHARNESS_TRASH_DIRECTORY/named" - \
			>"$SHARNESS_TRASH_DIRECTORY/unknown" &&
	test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/unknown"
'

test_done
