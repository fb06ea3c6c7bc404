#!/bin/sh

test_description='docs/seeds.md names files and tests that exist

Each row of its tables: a feature, where it is, and what proves it.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# rows: the second and the third column of every row, with a tab between them.
rows() {
	sed -n 's/^| [^|]* | \([^|]*\) | \([^|]*\) |$/\1	\2/p' \
		"$cairn/docs/seeds.md" | grep -v '^here	\|^---'
}

test_expect_success 'every file exists' '
	rows | cut -f 1 | grep -o "\`[^\`]*\`" | tr -d "\`" >files &&
	test $(wc -l <files) -gt 20 &&
	while read -r file
	do
		test -e "$cairn/$file" || { echo "there is no $file"; return 1; }
	done <files
'

test_expect_success 'every test of a lab exists' '
	rows | cut -f 2 | sed -n "s/^\`\(.*\)\`$/\1/p" >proofs &&
	test $(wc -l <proofs) -gt 10 &&
	while IFS=" :" read -r lab test
	do
		grep -q " ${test# }$" "$cairn/labs/$lab/points" ||
			{ echo "$lab has no test ${test# }"; return 1; }
	done <proofs
'

test_expect_success 'every other test exists' '
	rows | cut -f 2 | grep "\.t: " >proofs &&
	test $(wc -l <proofs) -gt 8 &&
	while read -r proof
	do
		grep -qF "${proof#*.t: }" "$cairn/grader/tests/${proof%%: *}" ||
			{ echo "there is no $proof"; return 1; }
	done <proofs
'

test_expect_success 'every row has a proof, or waits for a lab that is not there' '
	rows >all &&
	while IFS="	" read -r here proof
	do
		case $proof in
		"to come") ! test -e "$cairn/labs/${here#lab }/points" ;;
		\`*\` | *.t:*) ;;
		*) false ;;
		esac || { echo "$here: $proof"; return 1; }
	done <all
'

test_done
