#!/bin/sh
# The two channels of a run, its transcript and what it prints for debugging,
# each a FIFO in the current folder with a reader that keeps a bounded part.
# Sourced by boot and run-host:
#
#   channels_open; PROGRAM writing to serial.fifo and debug.fifo &
#   channels_read "$!"; wait for it; channels_close
#
# Leaves the files serial and debug, and a file `endless` if the transcript did
# not fit.

serial_limit=262144
debug_limit=524288

# Says in one sentence why no verdict can come of this run.
trouble() {
	echo "${0##*/}: $*" >&2
	exit 2
}

channels_remove() {
	rm -f serial.fifo debug.fifo endless
}

channels_open() {
	channels_remove
	rm -f serial debug
	mkfifo serial.fifo debug.fifo || trouble "cannot make a FIFO in $PWD"
}

# Keeps the first bytes of the transcript and stops the program that prints
# more: QEMU would outlive a closed pipe.
read_serial() {
	if ! head -c "$serial_limit" <serial.fifo >serial 2>/dev/null; then
		kill "$1" 2>/dev/null
		return 1
	fi
	if [ "$(($(wc -c <serial)))" -ge "$serial_limit" ]; then
		: >endless
		kill "$1" 2>/dev/null
	fi
	return 0
}

# Keeps the first bytes of the debug channel and lets the rest go: a print too
# many costs nothing.
read_debug() {
	{
		head -c "$debug_limit" >debug 2>/dev/null || return 1
		cat >/dev/null
	} <debug.fifo
}

# Starts the readers; the argument is the process to stop if it never ceases.
channels_read() {
	read_serial "$1" &
	serial_reader=$!
	read_debug &
	debug_reader=$!
}

# Waits for the readers.  If a FIFO was never opened by the program, its reader
# still waits for somebody to do so.
channels_close() {
	: 1<>serial.fifo 2<>debug.fifo
	wait "$serial_reader" || trouble "cannot write $PWD/serial; is the disk full?"
	wait "$debug_reader" || trouble "cannot write $PWD/debug; is the disk full?"
}
