# usage: awk -f merge.awk GUEST_RECORDS JUDGED_RECORDS
#
# One set of records (see compare.awk) out of two: a test has passed if it has
# on the machine and in the judged run, or on the machine alone if it is for the
# machine only; "cannot" is as good.  Otherwise it has the verdict of the run in
# which it failed, the
# machine's if in both, and a record says where:
#
#   where  TEXT

BEGIN { FS = OFS = "\t" }

FNR == 1 { side++ }

$1 == "test" {
	name = $2
	if (side == 1)
		order[++count] = name
	verdict[side, name] = $3
	possible[name] = $5
	next
}

$1 != "next" { block[side, name, ++lines[side, name]] = $0 }

function print_test(name, from, points, where,    i) {
	print "test", name, verdict[from, name], points, possible[name]
	if (where != "")
		print "where", where
	for (i = 1; i <= lines[from, name]; i++)
		print block[from, name, i]
}

END {
	for (i = 1; i <= count; i++) {
		name = order[i]
		guest = verdict[1, name] ~ /^(passed|cannot)$/
		judged = verdict[2, name] ~ /^(passed|cannot|guest-only)$/
		if (guest && judged)
			print_test(name, 1, possible[name], "")
		else if (!guest)
			print_test(name, 1, 0, judged ? \
				"on the machine, not in the judged run" : "")
		else
			print_test(name, 2, 0, \
				"in the judged run, not on the machine")
	}
	print "next", 0
}
