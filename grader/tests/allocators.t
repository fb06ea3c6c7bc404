#!/bin/sh

test_description='make qemu ALLOCATOR=... HEAP_SIZE=... shows the kernel on another heap

Real boots, of images that make builds as it does for qemu.'

tests=$(dirname "$0")
. "$tests/lib.sh"

# shows WORD=VALUE... : what the finished kernel prints, in out/serial.
shows() {
	build image IMAGE="$IMAGE" "$@" &&
		mkdir -p out &&
		"$cairn/grader/run/boot" "$cairn/$IMAGE/cairn.iso" out cairn show=heap &&
		cat out/serial
}

# Behind the box of 4 bytes lies the vector, of 512 items at last: behind all of its
# earlier blocks; in the memory of these; in a block of its class; and far above, where
# large blocks are cut off.
for allocator in bump:407f4 list:40800 blocks:40800 summit:579a8; do
	test_expect_success "the showcase runs on ${allocator%:*}" '
		shows ALLOCATOR=${allocator%:*} &&
		grep "It did not crash!" out/serial &&
		grep "vec at 0x4444444${allocator#*:}$" out/serial
	'
done

test_expect_success 'a page is too small a heap for bump, and enough for list' '
	shows ALLOCATOR=bump HEAP_SIZE=4096 &&
	grep "allocation error: Layout { size: 12, align: 4 }" out/serial &&
	shows ALLOCATOR=list HEAP_SIZE=4096 &&
	grep "It did not crash!" out/serial
'

test_expect_success 'what is no allocator and no size is said in a sentence' '
	test_expect_code 2 make -s -C "$cairn" qemu ALLOCATOR=frames 2>said &&
	grep "ALLOCATOR is one of bump list blocks summit, not \"frames\"" said &&
	for size in 5000 0 1M
	do
		test_expect_code 2 make -s -C "$cairn" qemu HEAP_SIZE=$size 2>said &&
		grep "HEAP_SIZE is a number of bytes, a multiple of 4096, not \"$size\"" said ||
			return 1
	done
'

test_done
