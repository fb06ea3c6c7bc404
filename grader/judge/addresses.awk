# usage: awk -f addresses.awk RECORDS
#
# The addresses in the backtraces of compare.awk's records, each once: as it is
# printed, a tab, and the one to look up.  A return address is behind its call,
# which is found one byte earlier; the first of a backtrace is exact.

BEGIN { FS = "\t" }

# The hexadecimal number one lower; 64 bits are too many for awk and some shells.
function one_less(number,    last) {
	last = substr(number, length(number))
	number = substr(number, 1, length(number) - 1)
	if (last != "0")
		return number substr("0123456789abcde", \
			index("123456789abcdef", last), 1)
	if (number ~ /^0x0*$/)
		return number "0"
	return one_less(number) "f"
}

$1 == "actual" && match($2, /^  at .*0x[0-9a-f]+\)?$/) {
	match($2, /0x[0-9a-f]+\)?$/)
	address = substr($2, RSTART)
	sub(/\)$/, "", address)
	if (!(address in seen))
		print address "\t" (inside ? one_less(address) : address)
	seen[address] = inside = 1
	next
}

{ inside = 0 }
