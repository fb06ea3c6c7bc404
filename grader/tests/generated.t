#!/bin/sh

test_description='Mistakes made by a generator, and whether the tests notice

Every kind of mistake on a file made for it; and a few of two labs, in our solutions and
on the host.  All of them: `make generated`.'

tests=$(dirname "$0")
. "$tests/lib.sh"

generated=$cairn/grader/proof/generated

cat >made.c <<'EOT'
#include <not/1.h>
#define LIMIT 8 /* not 9 */
#define FIRST 1

static int walk(struct box *box, uint64_t size)
{
	/* size + 1, over
	   two lines - 2 */
	require(size > 3, "not %d", 4);
	while (box->next && !box->full) {
		if (size < LIMIT)
			break;
		place(box, size + 7);
		box->size -= size;
	}
	return box->size;
}
EOT

# makes KIND LINE TEXT: the generator makes this mistake in made.c.
makes() {
	printf '%s\t%s\t%s\n' "$2" "$1" "$3" >wanted
	grep -qxFf wanted mistakes || {
		echo "not made: $*"
		return 1
	}
}

test_expect_success 'each kind of mistake is made' '
	awk -f "$cairn/grader/proof/generate.awk" made.c made.c >mistakes &&
	cat mistakes &&
	makes relation 11 "if (size <= LIMIT)" &&
	makes "off by one" 2 "#define LIMIT (8 - 1) /* not 9 */" &&
	makes "off by one" 11 "if (size < (LIMIT + 1))" &&
	makes constant 11 "if (size < FIRST)" &&
	makes arithmetic 13 "place(box, size - 7);" &&
	makes arithmetic 14 "box->size += size;" &&
	makes sign 10 "while (box->next && box->full) {" &&
	makes condition 10 "while (box->next || !box->full) {" &&
	makes condition 10 "while (box->next || 0 && !box->full) {" &&
	makes condition 11 "if (1 || size < LIMIT)" &&
	makes condition 11 "if (0 && size < LIMIT)" &&
	makes statement 13 ";" &&
	makes statement 14 ";" &&
	makes arguments 13 "place(size + 7, box);" &&
	makes field 16 "return box->next;" &&
	makes jump 12 "continue;" &&
	makes return 16 "return 0;" &&
	makes width 5 "static int walk(struct box *box, uint32_t size)"
'

test_expect_success 'comments, includes and assertions stay as they are' '
	cut -f 1 mistakes | sort -n -u >lines &&
	printf "%s\n" 2 3 5 9 10 11 12 13 14 16 >lines.wanted &&
	test_cmp lines.wanted lines &&
	grep "^9	" mistakes >asserted &&
	printf "9\tstatement\t;\n" >asserted.wanted &&
	test_cmp asserted.wanted asserted
'

test_expect_success 'every awk makes the same mistakes' '
	busybox awk -f "$cairn/grader/proof/generate.awk" made.c made.c >by-busybox &&
	test_cmp mistakes by-busybox
'

# The two that are built and run fastest: each mistake is compiled, linked and run.
for lab in 0-start 3-heap; do
	# What is open is open in `make generated`, which finds all of it.
	test_expect_success "some mistakes in $lab are made and noticed" '
		"$generated" --host --solution --slice 6 $lab >report 2>&1
		status=$?
		cat report
		test "$status" -le 1 &&
		grep "^generated/$lab: .* [1-6] killed" report
	'
done

test_expect_success 'what it does not know it refuses' '
	test_expect_code 3 "$generated" --slice many &&
	test_expect_code 3 "$generated" 9-nowhere
'

test_done
