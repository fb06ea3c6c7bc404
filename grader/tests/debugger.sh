#!/bin/sh
# A kernel under a debugger; sourced by tests, after lib.sh.
#
# shellcheck disable=SC2154 # lib.sh sets these

# boot_altered PLACE CPU [WORDS]: boots with these words, under a debugger that
# stops at the place and then obeys standard input.  What the machine printed is in
# altered/serial.  CAIRN_FIRMWARE=uefi takes that ISO.
boot_altered() {
	booted=cairn${CAIRN_FIRMWARE:+-$CAIRN_FIRMWARE}.iso
	rm -rf altered && mkdir altered && cat >altered/then &&
		cat >altered/commands <<-EOT &&
			set confirm off
			file $cairn/$IMAGE/kernel.elf.debug
			target remote altered/gdb
			tbreak $1
			continue
			source altered/then
			kill
		EOT
		. "$cairn/grader/run/machine.sh" || return 1
	(
		CAIRN_QEMU_EXTRA="-S -vga std -cpu $2"
		find_machine_command
		find_drive "$cairn/$IMAGE/$booted"
		# shellcheck disable=SC2086 # options, divided by blanks
		exec timeout "$patience" $machine_command -cdrom "$cairn/$IMAGE/$booted" \
			-drive "$drive" \
			-smbios "type=11,value=${3:-cairn}" \
			-serial file:altered/serial \
			-chardev socket,path=altered/gdb,server=on,wait=off,id=gdb \
			-gdb chardev:gdb
	) &
	until test -S altered/gdb || ! kill -0 $!; do
		sleep 0.2
	done
	timeout "$patience" gdb -batch -x altered/commands >altered/gdb-says 2>&1
	kill $! 2>/dev/null
	wait
	cat altered/gdb-says altered/serial
}
