#!/bin/sh
# The machine that every boot runs on; sourced by grader/run/boot and grader/qemu.

# TCG even where KVM is at hand: instruction counts repeat, and where
# virtualisation is nested KVM is up to forty times slower.
#
# With CAIRN_FIRMWARE=uefi it boots by UEFI, and has the graphic screen that this
# firmware needs; what is seen there, QEMU's monitor can store (screendump FILE).
machine_command() {
	case ${CAIRN_FIRMWARE:-bios} in
	uefi) firmware="-bios /usr/share/ovmf/OVMF.fd -vga std" ;;
	*) firmware= ;;
	esac
	echo "${CAIRN_QEMU:-qemu-system-x86_64} -no-user-config -nodefaults \
		-machine q35 -accel tcg,tb-size=32 -icount shift=7,sleep=off \
		-cpu qemu64,+pdpe1gb -m ${CAIRN_MEMORY:-128M} \
		-display none -no-reboot \
		-device isa-debug-exit,iobase=0xf4,iosize=0x04 \
		$firmware ${CAIRN_QEMU_EXTRA:-}"
}
