#!/bin/sh

test_description='UEFI: the kernel boots there, and prints on the graphic screen

Pictures of the screen are read back with the font, and compared with what came on
the serial line.'

tests=$(dirname "$0")
. "$tests/lib.sh"
. "$cairn/grader/tests/debugger.sh"

"$cairn/grader/doctor" --quick --uefi 2>missing || {
	skip_all="UEFI cannot be tried: $(cat missing)"
	test_done
}

# boot_uefi WORDS: boots, and leaves a picture of the screen when the kernel has
# ended, and in said what the kernel printed on the serial line.
boot_uefi() {
	CAIRN_FIRMWARE=uefi boot_altered machine_exit qemu64 "$1" <<-EOT &&
		monitor screendump altered/screen
	EOT
		sed -n 's/^.*\(Cairn: [0-9]* KiB\)/\1/; /^Cairn/,$p' altered/serial >said
}

# The picture (PPM, three bytes a pixel) as lines of 8 pixels, in hexadecimal.
pixels() {
	size=$(head -n 2 altered/screen | tail -n 1)
	width=${size% *}
	height=${size#* }
	tail -c $((3 * width * height)) altered/screen |
		od -An -v -tx1 -w24 | tr -d ' '
}

# The text on the screen.
screen() {
	pixels >pixels.hex
	awk -v columns=$((width / 8)) -v height=16 -f "$cairn/grader/tests/screenshot.awk" \
		"$cairn/kernel/screen/font.c" pixels.hex
}

test_expect_success 'an ISO for UEFI is built' '
	build image LAB=5-list IMPL=labs IMAGE=$IMAGE FIRMWARE=uefi
'

test_expect_success 'the screen shows what the serial line does, and nothing else' '
	boot_uefi cairn &&
	grep "allocation error" said &&
	screen >shown &&
	head -n "$(wc -l <said)" shown >actual &&
	test_cmp said actual &&
	test "$(grep -c . shown)" -eq "$(wc -l <said)"
'

test_expect_success 'the first letters of it look like "Cai"' '
	pixels | awk -v columns=$((width / 8)) "
		NR <= 13 * columns && (NR - 1) % columns < 3 {
			gsub(/aaaaaa/, \"#\")
			gsub(/000000/, \".\")
			printf \"%s%s\", \$0, (NR - 1) % columns == 2 ? \"\\n\" : \"\"
		}" >actual &&
	cat >expected <<-\EOT &&
	........................
	........................
	..####..................
	.#....#............#....
	.#......................
	.#........####....##....
	.#............#....#....
	.#........#####....#....
	.#.......#....#....#....
	.#....#..#...##....#....
	..####....###.#..#####..
	........................
	........................
	EOT
	test_cmp expected actual
'

test_expect_success 'a text longer than the screen scrolls' '
	boot_uefi "cairn test" &&
	grep "end of tests" said &&
	screen >shown &&
	rows=$(wc -l <shown) &&
	test "$(wc -l <said)" -gt "$rows" &&
	{ fold -w $((width / 8)) said && echo; } | sed "s, *\$,," |
		tail -n "$rows" >expected &&
	test_cmp expected shown
'

test_done
