# The report as JUnit XML, as GitLab and Jenkins read it, from the JSON.
#
# A failure is the submission's, an error is the grader's own: nothing is graded.

include "common";

# An element with its attributes, and what stands in it, which is XML already.
def element($name; $attributes; $inside):
	"<\($name)"
	+ ([$attributes | to_entries[] | " \(.key)=\"\(.value | tostring | @html)\""] | add // "")
	+ (if $inside == "" then "/>" else ">\($inside)</\($name)>" end)
	+ "\n";

def property: element("property"; {name: .key, value: .value}; "");

def properties: element("properties"; {}; "\n" + ([.[] | property] | add));

def test_case($lab):
	element("testcase"; {classname: $lab, name: .name};
		([{key: "points", value: .points}, {key: "possible", value: .possible}]
		 | properties)
		+ if .result == "skipped" then
			element("skipped"; {message: "on the machine only"}; "")
		elif .result == "failed" then
			element("failure"; {type: .title, message: .why};
				.description | text | @html)
		else "" end);

def error_case:
	element("testcase"; {classname: .lab, name: "grading"};
		element("error"; {type: "not graded", message: .reason};
			.summary | @html));

def cases:
	if .verdict == "not graded" then error_case
	else .lab as $lab | [.tests[] | test_case($lab)] | add end;

def number_of($result): [.tests[]? | select(.result == $result)] | length;

def counts:
	(.verdict == "not graded") as $error
	| {
		tests: (if $error then 1 else .tests | length end),
		failures: number_of("failed"),
		errors: (if $error then 1 else 0 end),
		skipped: number_of("skipped")
	};

def printed:
	if (.printed // []) == [] then ""
	else element("system-out"; {}; .printed | text | @html) end;

def suite:
	element("testsuite"; {name: .lab} + counts;
		"\n" + ([{key: "verdict", value: .verdict},
			(select(.points != null)
			 | {key: "points", value: .points},
			   {key: "possible", value: .possible}),
			facts] | properties) + cases + printed);

"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
+ element("testsuites"; {name: "cairn"} + counts; "\n" + suite)
| rtrimstr("\n")
