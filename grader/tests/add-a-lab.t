#!/bin/sh

test_description='A lab is added by adding its folders

In a copy of the project: docs/add-a-lab.md is followed to the letter, parts are left
out, and a lab calls functions with arguments of every kind.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# Make cannot handle the blank in the name of the folder of tests.
tree=$cairn/$IMAGE/tree
rm -rf "$tree"

# The files and the commands of the page: a block that follows the name of a file is
# that file, and a line of a block that begins with `make` is a command.
follow_page() {
	awk '
		/^    / {
			sub(/^    /, "")
			if (path != "") {
				for (; blank > 0; blank--)
					print "" >path
				print >path
			} else if (/^make /)
				print >"commands"
			inside = 1
			next
		}
		/^$/ { blank += inside; next }
		{
			inside = blank = 0
			path = ""
		}
		/`(labs|solutions)\/[^`]*`[^`]*:$/ {
			count = split($0, part, "`")
			path = part[count - 1]
		}
	' docs/add-a-lab.md
}

# run COMMAND...: in the copy, what it says in the file `said`.
run() {
	(cd "$tree" && timeout "$patience" "$@" </dev/null) >said 2>&1
	status=$?
	cat said
	return "$status"
}

grade() {
	run grader/grade --seed 1 "$@"
}

# lacks SENTENCE: not graded, before anything is built, for that reason.
lacks() {
	rm -rf "$tree/build/image" &&
		test_expect_code 2 grade --lab 99-toy --on host &&
		grep "99-toy is not graded: .*$1" said
}

test_expect_success 'the page makes a lab that works on all three ways' '
	copy_project "$tree" &&
	(cd "$tree" && mkdir labs/99-toy solutions/99-toy && follow_page) &&
	sort "$tree/commands" >commands &&
	cat >expected <<-\EOT &&
	make check LAB=99-toy IMPL=solutions
	make expected LAB=99-toy
	make grade LAB=99-toy
	make grade LAB=99-toy IMPL=solutions
	EOT
	test_cmp expected commands &&
	run make expected LAB=99-toy &&
	cat >expected <<-\EOT &&
	small_sums... [ok]
	sums_wrap_around...
	  the sum is 0x1
	sums_wrap_around... [ok]
	EOT
	test_cmp expected "$tree/labs/99-toy/expected.txt" &&
	run make grade LAB=99-toy IMPL=solutions &&
	grep "on the machine, and in a process apart" said &&
	grep "99-toy: 3 of 3 points" said &&
	run make check LAB=99-toy IMPL=solutions &&
	grep "99-toy: 3 of 3 points" said &&
	run make grade LAB=99-toy &&
	! grep "make:" said &&
	grep "next: lab 99, task 1: toy_sum" said &&
	grep "99-toy: 0 of 3 points" said
'

test_expect_success 'the help and the list of labs have it' '
	run make help && grep "LAB is one of .* 99-toy" said &&
	test_expect_code 3 grade --lab 98-toy && grep "there are: .* 99-toy" said
'

test_expect_success 'a wrong solution fails on each way, by its rule' '
	sed "s/a + b/a - b/" "$tree/solutions/99-toy/toy.c" >wrong.c &&
	for on in host judged guest
	do
		test_expect_code 1 grade --lab 99-toy --on $on \
			--submission "$SHARNESS_TRASH_DIRECTORY/wrong.c" &&
		grep "failed .* small_sums" said &&
		grep "rule toy-1: toy_sum adds" said &&
		grep "99-toy: 0 of 3 points" said || return 1
	done
'

test_expect_success 'make expected adds a test, and keeps what is in braces' '
	cp -r "$tree/labs/99-toy" whole &&
	cd "$tree/labs/99-toy" &&
	sed -i "s/0x1/{{hex}}/" expected.txt &&
	sed -i "s/.*{ \"sums_wrap.*/&\n\t{ \"again\", sums_wrap_around },/" tests.c &&
	echo "3 again" >>points &&
	cd - &&
	lacks "expected.txt has no lines of again; make expected LAB=99-toy" &&
	run make expected LAB=99-toy &&
	cat >expected <<-\EOT &&
	small_sums... [ok]
	sums_wrap_around...
	  the sum is {{hex}}
	sums_wrap_around... [ok]
	again...
	  the sum is 0x1
	again... [ok]
	EOT
	test_cmp expected "$tree/labs/99-toy/expected.txt" &&
	run make expected LAB=99-toy && grep "is as it should be" said
'

test_expect_success 'make expected writes nothing that our solution does not pass' '
	cp "$tree/solutions/99-toy/toy.c" right.c &&
	cp wrong.c "$tree/solutions/99-toy/toy.c" &&
	test_must_fail run make expected LAB=99-toy
	cp right.c "$tree/solutions/99-toy/toy.c" &&
	grep "our solution has not passed small_sums: .*failed" said &&
	test_cmp expected "$tree/labs/99-toy/expected.txt"
'

test_expect_success 'what is missing in a lab is said at once, and costs nobody a point' '
	for part in api points tests.c expected.txt
	do
		rm -r "$tree/labs/99-toy" && cp -r whole "$tree/labs/99-toy" &&
		: >"$tree/labs/99-toy/$part" &&
		lacks "labs/99-toy/$part is missing or empty" || return 1
	done &&
	rm -r "$tree/labs/99-toy" && cp -r whole "$tree/labs/99-toy" &&
	toy=$tree/labs/99-toy &&
	echo "1 small_sums" >"$toy/points" &&
	lacks "the test sums_wrap_around has no points" &&
	printf "1 sums_wrap_around\n2 small_sums\n" >"$toy/points" &&
	lacks "points has another order" &&
	printf "1 small_sums\n2 sums_wrap_around\n3 gone\n" >"$toy/points" &&
	lacks "points lists gone" &&
	cp whole/points "$toy" &&
	echo "gone... [ok]" >>"$toy/expected.txt" &&
	lacks "expected.txt has lines of gone" &&
	cp whole/expected.txt "$toy" &&
	sed -i "s/^LAB(\"99/LAB(\"98/" "$toy/tests.c" &&
	lacks "need a line LAB(\"99-toy\"" &&
	cp whole/tests.c "$toy" &&
	rm "$toy/points" &&
	test_expect_code 3 grade --lab 99-toy &&
	grep "labs/99-toy has no file points yet" said &&
	cp whole/points "$toy"
'

test_expect_success 'a symbol that is missing is named, and so is a wrong api' '
	cp right.c "$tree/solutions/99-toy/toy.c" &&
	sed -i "s/^uint64_t/uint64_t twice(uint64_t);\n&/; s/a + b/twice(a)/" \
		"$tree/solutions/99-toy/toy.c" &&
	test_expect_code 1 grade --lab 99-toy --impl solutions --on host &&
	grep "it uses .twice., which is not among the functions for labs" said &&
	cp right.c "$tree/solutions/99-toy/toy.c" &&
	sed "s/uint64_t b)/uint64_t *b)/" whole/api >"$tree/labs/99-toy/api" &&
	test_expect_code 2 grade --lab 99-toy --on judged &&
	grep "labs/99-toy/api:4: how does the pointer .b. cross" said &&
	sed "s/^uint64_t/void */" whole/api >"$tree/labs/99-toy/api" &&
	test_expect_code 2 grade --lab 99-toy --on judged &&
	grep "labs/99-toy/api:4: how far may the tests reach .*toy_sum" said &&
	sed "s/;//" whole/api >"$tree/labs/99-toy/api" &&
	test_expect_code 2 grade --lab 99-toy --on judged &&
	grep "labs/99-toy/api:4: .*does not end with" said &&
	cp whole/api "$tree/labs/99-toy/api"
'

test_expect_success 'of labs with the same functions, each has its own' '
	mkdir -p "$tree/labs/98-toy" "$tree/solutions/98-toy" &&
	for file in labs/99-toy/api labs/99-toy/points labs/99-toy/expected.txt \
		labs/99-toy/tests.c labs/99-toy/toy.c solutions/99-toy/toy.c
	do
		sed "s/\"99-toy\"/\"98-toy\"/; s/toy\.c/sum.c/; s/a + b/b + a/" \
			"$tree/$file" >"$tree/$(echo $file | sed "s/99/98/; s/toy\.c/sum.c/")" ||
			return 1
	done &&
	pieces() { run grader/build/api pieces "$@" && grep "^[0-9].*toy" said >pieces; } &&
	pieces 98-toy && echo 98-toy/sum >expected && test_cmp expected pieces &&
	pieces 99-toy && echo 99-toy/toy >expected && test_cmp expected pieces &&
	pieces 0-start && echo 98-toy/sum >expected && test_cmp expected pieces &&
	pieces 0-start 99-toy && echo 99-toy/toy >expected && test_cmp expected pieces &&
	echo default >>"$tree/labs/99-toy/api" &&
	pieces 0-start && echo 99-toy/toy >expected && test_cmp expected pieces &&
	grade --lab 98-toy --impl solutions --on judged &&
	grep "98-toy: 3 of 3 points" said
'

test_expect_success 'a lab can use the piece of another under other names' '
	echo "also: 99-toy inner_" >>"$tree/labs/98-toy/api" &&
	sed -i "s/^uint64_t/uint64_t inner_toy_sum(uint64_t, uint64_t);\n&/; s/b + a/inner_toy_sum(a, b)/" \
		"$tree/solutions/98-toy/sum.c" &&
	grep inner_ "$tree/solutions/98-toy/sum.c" &&
	for on in host judged guest
	do
		grade --lab 98-toy --impl solutions --on $on &&
		grep "98-toy: 3 of 3 points" said || return 1
	done
'

test_expect_success 'arguments of every kind arrive on all ways' '
	mkdir "$tree/labs/97-words" "$tree/solutions/97-words" &&
	cp "$cairn/grader/tests/words"/* "$tree/labs/97-words" &&
	mv "$tree/labs/97-words/words.c" "$tree/solutions/97-words" &&
	for on in host judged guest
	do
		grade --lab 97-words --impl solutions --on $on &&
		grep "97-words: 6 of 6 points" said || return 1
	done
'

# A submission of that lab with a line changed, judged.
with() {
	sed "$1" "$tree/solutions/97-words/words.c" >words.c &&
		! cmp -s words.c "$tree/solutions/97-words/words.c" &&
		grade --lab 97-words --on judged --submission "$SHARNESS_TRASH_DIRECTORY/words.c"
}

test_expect_success 'what comes back is bounded and checked' '
	test_expect_code 1 with "s/return start;/return (char *)start + 1;/" &&
	grep "heap_at returned 0x444444440001, from where 102400 bytes leave" said &&
	test_expect_code 1 with "s/return start;/return (void *)\&bytes_sum;/" &&
	grep "heap_at returned 0x" said &&
	test_expect_code 1 with "s/	pair->b = a;/&pair->color++;/" &&
	grep "the call has changed pair.color" said &&
	with "s/	return (struct parity){ number, .*/	struct parity parity = { number, 0 };\n*(char *)\&parity.is_odd = number % 2 ? 2 : 0;\nreturn parity;/"
'

for compiler in gcc clang; do
	test_expect_success "both sides of every lab'\''s calls compile with $compiler" '
		cd "$cairn/labs" && labs=$(echo */api) && cd - &&
		for lab in $labs
		do
			lab=${lab%/api}
			build HOST_CC=$compiler build/$compiler/host/api/$lab/judge.o \
				build/$compiler/player/api/$lab/player.o || return 1
		done
	'
done

test_expect_success 'no lab is named where labs are graded' '
	cd "$cairn" &&
	git grep -nE "[0-9]+-(start|frames|paging|heap|bump|list|blocks|collections)" -- \
		":(glob)grader/*.*" grader/grade grader/grade-class grader/take grader/build \
		grader/run grader/judge grader/report kernel Makefile |
		grep -v ":[0-9]*:[ \t]*[#/*]\|such as\|:LAB ?=" >"$SHARNESS_TRASH_DIRECTORY/named"
	cd - && test_must_be_empty named
'

rm -rf "$tree"
test_done
