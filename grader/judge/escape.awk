# What a submission or a compiler printed, made fit to be shown: loaded before
# compare.awk and report.awk.
#
# Run under LC_ALL=C, where a character is a byte.

BEGIN {
	for (escape_byte = 1; escape_byte < 256; escape_byte++)
		escape_code[sprintf("%c", escape_byte)] = escape_byte
}

# The text with every byte that is not printable ASCII written as \x1b, and cut
# where it is longer than fits a few lines.
function escape(text,    i, character, result, cut) {
	if (length(text) > 300) {
		text = substr(text, 1, 300)
		cut = "..."
	}
	if (text !~ /[^ -~]/)
		return text cut
	for (i = 1; i <= length(text); i++) {
		character = substr(text, i, 1)
		if (character ~ /[ -~]/)
			result = result character
		else
			result = result sprintf("\\x%02x", \
				escape_code[character])
	}
	return result cut
}
