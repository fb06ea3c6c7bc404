#!/bin/sh

test_description='The collections, against models on the host

Each program in collections/ makes a million operations or so, or refuses each
request for memory in turn.  A value of another type must not compile.'

tests=$(dirname "$0")
. "$tests/lib.sh"

sources="kernel/collections/*.c solutions/7-collections/*.c kernel/lib/format.c
	kernel/memory/allocator.c solutions/0-start/align.c solutions/4-bump/defaults.c
	grader/tests/collections/memory.c"

# compile COMPILER FLAGS PROGRAM.c
compile() {
	(cd "$cairn" && $1 -std=c17 -g -O1 -Wall -Wextra -Werror $2 -Ikernel \
		-Igrader/tests/collections $sources "$3" \
		-o "$SHARNESS_TRASH_DIRECTORY/program")
}

sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=all"
for program in "$cairn"/grader/tests/collections/test_*.c; do
	name=$(basename "$program" .c)
	test_expect_success "$name passes under the sanitizers" '
		compile gcc "$sanitizers" "grader/tests/collections/$name.c" &&
		./program | grep ok
	'
done

test_expect_success 'owners on four processors race for nothing' '
	compile gcc -fsanitize=thread grader/tests/collections/test_arc_threads.c &&
	./program | grep ok
'

test_expect_success 'clang compiles all of them' '
	for program in "$cairn"/grader/tests/collections/test_*.c
	do
		compile clang "" "grader/tests/collections/$(basename "$program")" ||
			return 1
	done
'

# typed COLLECTION RIGHT WRONG: it compiles with the one statement only, and then
# the compiler names the reason.
typed() {
	for statement in "$2" "$3"; do
		printf '#include "collections/%s.h"\nvoid use(void);\n%s\n' "$1" \
			"void use(void) { $statement }" >use.c
		gcc -std=c17 -I"$cairn/kernel" -fsyntax-only use.c 2>said
		echo $?
	done >statuses
	printf '0\n1\n' | test_cmp - statuses &&
		grep "this collection holds values of another type" said
}

test_expect_success 'a value of another type does not compile' '
	typed vec "VEC(int) v; vec_push(&v, 1);" "VEC(int) v; vec_push(&v, 1l);" &&
	typed vec "VEC(int) v; int i; vec_pop(&v, &i);" \
		"VEC(int) v; char i; vec_pop(&v, &i);" &&
	typed vec "VEC(int) v; vec_insert(&v, 0, 1);" \
		"VEC(int) v; vec_insert(&v, 0, 1.0);" &&
	typed rc "int *i = 0; RC_WEAK(int) w; rc_downgrade(&w, i);" \
		"long *i = 0; RC_WEAK(int) w; rc_downgrade(&w, i);" &&
	typed arc "int *i = 0; ARC_WEAK(int) w; arc_downgrade(&w, i);" \
		"long *i = 0; ARC_WEAK(int) w; arc_downgrade(&w, i);" &&
	typed linked_list "LIST(int) l; list_push_back(&l, 1);" \
		"LIST(int) l; list_push_back(&l, (char)1);" &&
	typed deque "DEQUE(int) d; deque_push_front(&d, 1);" \
		"DEQUE(int) d; deque_push_front(&d, 1u);" &&
	typed binary_heap "BINARY_HEAP(int) h; binary_heap_push(&h, 1);" \
		"BINARY_HEAP(int) h; binary_heap_push(&h, 1ll);" &&
	typed btree_map "BTREE_MAP(int, char) m; map_insert(&m, 1, (char)2);" \
		"BTREE_MAP(int, char) m; map_insert(&m, 1, 2);" &&
	typed btree_map "BTREE_MAP(int, char) m; map_find(&m, 1);" \
		"BTREE_MAP(int, char) m; map_find(&m, 1l);" &&
	typed btree_set "BTREE_SET(int) s; set_insert(&s, 1);" \
		"BTREE_SET(int) s; set_insert(&s, (short)1);"
'

test_done
