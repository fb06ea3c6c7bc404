#!/bin/sh
# The machine that every boot runs on; sourced by grader/run/boot and grader/qemu.
#
# shellcheck disable=SC2034 # what it sets

# TCG even where KVM is at hand: instruction counts repeat, and where
# virtualisation is nested KVM is up to forty times slower.
#
# Sets machine_command.  CAIRN_PROCESSORS is how many it has, 1 if it is not set; with
# -icount they take turns, so that this repeats, too.
#
# With CAIRN_FIRMWARE=uefi it boots by UEFI, and has the graphic screen that this
# firmware needs; what is seen there, QEMU's monitor can store (screendump FILE).
find_machine_command() {
	case ${CAIRN_FIRMWARE:-bios} in
	uefi) firmware="-bios /usr/share/ovmf/OVMF.fd -vga std" ;;
	*) firmware= ;;
	esac
	machine_command="${CAIRN_QEMU:-qemu-system-x86_64} -no-user-config -nodefaults \
		${CAIRN_PROCESSORS:+-smp $CAIRN_PROCESSORS} \
		-machine q35 -accel tcg,tb-size=32 -icount shift=7,sleep=off \
		-cpu qemu64,+pdpe1gb -m ${CAIRN_MEMORY:-128M} \
		-display none -no-reboot -boot order=d \
		-device isa-debug-exit,iobase=0xf4,iosize=0x04 \
		$firmware ${CAIRN_QEMU_EXTRA:-}"
}

# QEMU splits option values at commas; a doubled comma stands for one.  Sets escaped.
escape_commas() {
	escaped=$1
	case $1 in
	*,*) escaped=$(printf '%s\n' "$1" | sed 's/,/,,/g') ;;
	esac
}

# find_drive ISO: sets drive to the value of -drive by which the kernel beside the ISO is
# the first disk, which the kernel itself cannot change; to nothing if there is none.
find_drive() {
	drive=
	[ -e "${1%/*}/kernel.elf" ] || return 0
	escape_commas "${1%/*}/kernel.elf"
	drive=if=virtio,format=raw,readonly=on,file=$escaped
}
