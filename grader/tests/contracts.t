#!/bin/sh

test_description='docs/contracts.md has every sentence of the contracts

Each row is a sentence of its file, no sentence is left out of a header whose functions a
student writes, and the tests that it names are tests of a lab.'

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

# What a handout says, in one line and without its markup.
text_of() {
	tr -d "*\140" <"$1" | tr -s " \n" " "
}

# Every header with functions that a student writes or builds on.
headers() {
	sed -n "s/^header: //p" labs/*/api | sort -u | while read -r header; do
		if [ -f "kernel/$header" ]; then
			echo "kernel/$header"
		else
			echo "labs/$header"
		fi
	done
}

# The first column of the rows about a file; a bar of a drawing is written \|.
sentences_of() {
	awk -v "header=$1" '
		/^## / { about = $2 == header; next }
		about && /^\| / && !/^\| (sentence|---)/ {
			sub(/^\| /, "")
			sub(/ \| .*/, "")
			gsub(/\\\|/, "|")
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

for header in $(headers); do
	test_expect_success "every sentence of $header has a row, and no other" '
		test -n "$(sentences_of $header)" &&
		differences "$header" >"$SHARNESS_TRASH_DIRECTORY/differences" &&
		test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/differences"
	'
done

for lab in 4-bump 5-list 6-blocks 10-summit; do
	test_expect_success "what is said to be a sentence of $lab's handout is one" '
		handout=labs/$lab/README.md &&
		test -n "$(sentences_of $handout)" &&
		sentences_of "$handout" | awk -v "text=$(text_of "$handout" | sed "s/\\\\/&&/g")" \
			"index(text, \$0) == 0" >"$SHARNESS_TRASH_DIRECTORY/differences" &&
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
	sed -n "/^## /,\$s/.* | //p" docs/contracts.md | grep -o "\`[a-z_]*\`" | tr -d "\`" |
		sort -u >"$SHARNESS_TRASH_DIRECTORY/named" &&
	cat labs/*/points | awk "!/^#/ && NF { print \$2 }" | sort -u |
		comm -23 "$SHARNESS_TRASH_DIRECTORY/named" - \
			>"$SHARNESS_TRASH_DIRECTORY/unknown" &&
	test_must_be_empty "$SHARNESS_TRASH_DIRECTORY/unknown"
'

test_done
