# usage: awk -f lab.awk lab=LAB but_expected= FILE...
#
# Are the parts of a lab there, and do they fit each other?  Prints what is missing in
# a sentence, or nothing.  The files are those of api, points, expected.txt, tests.c and
# tests/*.c that exist; the tests are the lines `{ "name", ...` of their table.

function lacks(sentence) {
	if (!found)
		print sentence
	found = 1
}

FNR == 1 {
	kind = FILENAME
	sub(/.*\//, "", kind)
	if (kind ~ /\.c$/)
		kind = "tests.c"
	seen[kind] = 1
	here = "labs/" lab "/"
}

{ sub(/\r$/, "") }

kind == "api" && /^piece: *[a-z][a-z0-9_]*\.c$/ { piece = 1 }

kind == "points" {
	sub(/#.*/, "")
	if (NF == 0)
		next
	if (NF != 2 || $1 !~ /^[0-9]+$/ || $2 !~ /^[a-z][a-z0-9_]*$/)
		lacks(here "points:" FNR ": expected `POINTS test_name`")
	else if ($2 in has_points)
		lacks(here "points:" FNR ": " $2 " comes twice")
	else
		with_points[++points_count] = $2
	has_points[$2] = 1
}

kind == "expected.txt" && /^[a-z][a-z0-9_]*\.\.\.( |$)/ {
	name = substr($0, 1, index($0, "...") - 1)
	if (!(name in is_expected))
		expected[++expected_count] = name
	is_expected[name] = 1
}

kind == "tests.c" && /struct test [a-z_]*\[\] = \{/ { in_table = 1 }
/^\};/ { in_table = 0 }
in_table && /^[ \t]*\{ "[a-z][a-z0-9_]*",/ {
	split($0, part, "\"")
	tests[++test_count] = part[2]
	is_test[part[2]] = 1
}
kind == "tests.c" && /^LAB\("/ {
	split($0, part, "\"")
	called = part[2]
}

function check_files(    part, count, i) {
	here = "labs/" lab "/"
	count = split("api points tests.c expected.txt", part, " ")
	for (i = 1; i <= count; i++)
		if (!(part[i] in seen) && !(part[i] == "expected.txt" && but_expected))
			lacks(here part[i] " is missing or empty; " \
				(part[i] == "expected.txt" ? \
				 "make expected LAB=" lab " writes it" : \
				 "docs/add-a-lab.md says what is in it"))
	if (!piece)
		lacks(here "api has no line `piece: NAME.c`")
	if (called != lab)
		lacks("the tests of " here " need a line LAB(\"" lab "\", tests)" \
			(called ? ", and have \"" called "\"" : ""))
}

function check_points(    i) {
	for (i = 1; i <= test_count; i++)
		if (!(tests[i] in has_points))
			lacks("the test " tests[i] " has no points: " here "points " \
				"needs a line `POINTS " tests[i] "`")
	for (i = 1; i <= points_count; i++)
		if (!(with_points[i] in is_test))
			lacks(here "points lists " with_points[i] ", but the table " \
				"of tests has no line { \"" with_points[i] "\", ... }")
	for (i = 1; i <= test_count; i++)
		if (tests[i] != with_points[i])
			lacks(here "points has another order than the table of " \
				"tests: " with_points[i] " in place of " tests[i])
}

function check_expected(    i) {
	for (i = 1; i <= test_count; i++)
		if (!(tests[i] in is_expected))
			lacks(here "expected.txt has no lines of " tests[i] \
				"; make expected LAB=" lab " writes them")
	for (i = 1; i <= expected_count; i++)
		if (!(expected[i] in is_test))
			lacks(here "expected.txt has lines of " expected[i] \
				", which is no test; make expected LAB=" lab \
				" leaves them out")
}

END {
	check_files()
	check_points()
	if (!but_expected)
		check_expected()
}
