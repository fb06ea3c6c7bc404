# The report as Gradescope's results.json, from the JSON.
#
# Gradescope wants a score, for all or for each test.  What is not graded has
# neither: Gradescope then says that the autograder failed, and gives no zero.

include "common";

def shown($output): {output: $output, output_format: "text", visibility: "visible"};

def test_element:
	{name}
	+ if .result == "skipped" then
		{score: 0, max_score: 0} + shown("on the machine only")
	else
		{score: .points, max_score: .possible, status: .result}
		+ shown(if .result == "passed" then .why // ""
			else [.title, .description[]] | text end)
	end;

if .verdict == "not graded" then
	shown("\(.summary)\nYour instructor has to grade it again.\n")
else
	{score: .points} + shown([.summary, .printed[]] | text)
	+ {tests: [.tests[] | test_element]}
end
+ {
	stdout_visibility: "hidden",
	extra_data: ({verdict} + ([facts] | from_entries))
}
