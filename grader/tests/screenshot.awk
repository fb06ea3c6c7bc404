# Read letters from a picture of the screen.  The first file is kernel/screen/font.c;
# the second has a line for each 8 pixels of the picture, from left to right and
# from above, in hexadecimal: red, green and blue of one pixel after the other.
#
# Prints the rows of text without the blanks at their ends; a place that shows no
# letter of the font reads as U+FFFD.
#
# -v columns=N   how many letters a row has
# -v height=16   pixels from a row to the next

BEGIN {
	code = 32
	for (i = 0; i < 8; i++)
		weight[i] = 2 ^ (7 - i)
}

# The font: 13 bytes a letter, as "\x00".
FNR == NR {
	if (match($0, /^\t"(\\x[0-9a-f][0-9a-f])+"/)) {
		shape = substr($0, 3, RLENGTH - 3)
		gsub(/\\x/, "", shape)
		letter[shape] = sprintf("%c", code++)
		shape_bytes = length(shape) / 2
	}
	next
}

# Eight pixels as one byte, "??" if one of them has another colour.
function byte_of(line,    i, pixel, sum) {
	sum = 0
	for (i = 0; i < 8; i++) {
		pixel = substr(line, 6 * i + 1, 6)
		if (pixel == "aaaaaa")
			sum += weight[i]
		else if (pixel != "000000")
			return "??"
	}
	return sprintf("%02x", sum)
}

{
	if (!($0 in known))
		known[$0] = byte_of($0)
	line = int(place / columns)
	column = place++ % columns
	row = int(line / height)
	line %= height
	if (line < shape_bytes)
		shapes[row, column] = shapes[row, column] known[$0]
	else if (known[$0] != "00")
		shapes[row, column] = "??"
}

END {
	for (i = 0; i <= row; i++) {
		text = ""
		for (j = 0; j < columns; j++)
			text = text ((shapes[i, j] in letter) ? \
				letter[shapes[i, j]] : "\357\277\275")
		sub(/ +$/, "", text)
		print text
	}
}
