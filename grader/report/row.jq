# The verdict, and one row of a class's table as CSV (RFC 4180), from the JSON of a
# grading; $student is the name, as name.awk has made it.

# What a spreadsheet would take for a formula gets an apostrophe in front; the second
# kind is the same characters at full width.
def guarded: if test("^[=+@\\-\uff1d\uff0b\uff0d\uff20]") then "'" + . else . end;

def field:
	tostring | guarded
	| if test("[\",]") then "\"" + gsub("\""; "\"\"") + "\"" else . end;

# The last column: where to look first, or why there are no tests to look at.
def first:
	if .verdict == "passed" then ""
	else .reason // .first_failure // .tests[0].title end;

.verdict, ([$student, .verdict, .points // "", .possible // "", first]
| map(field)
| join(","))
