#!/bin/sh

test_description='The parts of the kernel that a host program can test

Each program under unit/ prints TAP of its own; here it counts as one test.'

tests=$(dirname "$0")
. "$tests/lib.sh"

sources="kernel/boot_info.c kernel/memory_map.c kernel/lib/format.c
	kernel/lib/arguments.c kernel/guest/acpi.c kernel/guest/find_free.c"

for compiler in gcc clang; do
	for program in "$cairn"/grader/tests/unit/*.c; do
		name=$(basename "$program" .c)
		test_expect_success "$name passes under the sanitizers of $compiler" '
			(cd "$cairn" && $compiler -std=c17 -g -O1 -Wall -Wextra -Werror \
				-fsanitize=address,undefined \
				-fno-sanitize-recover=all -Ikernel $sources \
				"$program" -o "$SHARNESS_TRASH_DIRECTORY/$name") &&
			"./$name"
		'
	done
done

test_done
