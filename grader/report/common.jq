# What the forms that are made from the JSON have in common: docs/report.md.
#
# All texts in it are printable ASCII already, and what a submission printed
# stands behind a bar; a form adds only what its own syntax asks for.

# What the verdict depends on, as far as it is known: objects with key and value.
def facts:
	. as $report
	| "submission", "submission_sha256", "lab", "lab_version", "version",
	  "machines", "seed", "sandbox", "compiler", "host_compiler", "qemu", "command"
	| select($report[.] != null)
	| {key: ., value: $report[.]};

# Lines as one text, each ended by a newline.
def text: map(. + "\n") | add // "";
