# The report in the Test Anything Protocol, version 13, from the JSON: a line for
# each test, and all else in comments.

include "common";

def show_test($number):
	"\(if .result == "failed" then "not ok" else "ok" end) \($number) - \(.name)"
	+ " (\(.points) of \(.possible) points)"
	+ (if .result == "skipped" then " # SKIP on the machine only" else "" end),
	(select(.result == "passed" and .why != null) | "# \(.why)"),
	(select(.result == "failed") | .title, .description[] | "# " + .);

"TAP version 13",
(facts | "# \(.key): \(.value)"),
if .verdict == "not graded" then
	"Bail out!  \(.summary)"
else
	"1..\(.tests | length)",
	(.printed[] | "# " + .),
	(.tests | to_entries[] | .key as $index | .value | show_test($index + 1)),
	"# \(.summary)"
end
