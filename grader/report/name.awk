# usage: awk -f report/name.awk
#
# A file's name as text that can be shown: NAME, from the environment.
#
# It keeps its UTF-8.  Bytes that are none, characters that control a terminal or the
# direction of text, and those at which a line ends, are written as \x1b.
#
# Run under LC_ALL=C, where a character is a byte.

function byte_at(text, i) {
	return i > length(text) ? 0 : code[substr(text, i, 1)]
}

function is_tail(byte) {
	return byte >= 128 && byte < 192
}

# The length of the UTF-8 character at i that may stay as it is, or 0.  The limits
# of the second byte exclude surrogates, and longer forms of shorter characters.
function character_length(text, i,    a, b, c) {
	a = byte_at(text, i)
	b = byte_at(text, i + 1)
	c = byte_at(text, i + 2)
	if (a >= 32 && a < 127)
		return 1
	if (a >= 194 && a <= 223)
		return is_tail(b) && !(a == 194 && b < 160) ? 2 : 0
	if (a >= 224 && a <= 239) {
		if (!is_tail(b) || !is_tail(c) || (a == 224 && b < 160) || \
		    (a == 237 && b >= 160))
			return 0
		return is_control(a, b, c) ? 0 : 3
	}
	if (a >= 240 && a <= 244)
		return is_tail(b) && is_tail(c) && \
			is_tail(byte_at(text, i + 3)) && \
			!(a == 240 && b < 144) && !(a == 244 && b >= 144) ? 4 : 0
	return 0
}

# U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F, U+FEFF, U+FFFE, U+FFFF.
function is_control(a, b, c) {
	if (a == 226 && b == 128)
		return (c >= 139 && c <= 143) || (c >= 168 && c <= 174)
	if (a == 226 && b == 129)
		return c >= 160 && c <= 175
	return a == 239 && ((b == 187 && c == 191) || (b == 191 && c >= 190))
}

function harmless(text,    i, size, result) {
	for (i = 1; i <= length(text); i += size ? size : 1) {
		size = character_length(text, i)
		result = result (size ? substr(text, i, size) : \
			sprintf("\\x%02x", byte_at(text, i)))
	}
	return result
}

BEGIN {
	for (i = 1; i < 256; i++)
		code[sprintf("%c", i)] = i
	print harmless(ENVIRON["NAME"])
}
