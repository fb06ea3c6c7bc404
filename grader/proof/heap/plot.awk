# usage: awk -v title=TEXT [-v log_y=1] -f plot.awk LINES >SVG
#
# Draws lines "SERIES X Y" as a plot, a curve for each series with its name at its end.
# X goes by octaves, Y from 0, or by decades with log_y.  Colours are told apart on
# light and dark ground, and the marks by their shape.

function x_of(x) {
	return left + width * (log(x) - log(x_low)) / (log(x_high) - log(x_low))
}

function y_of(y) {
	if (log_y)
		return top + height * (1 - (log(y) - log(y_low)) / (log(y_high) - log(y_low)))
	return top + height * (1 - y / y_high)
}

function text(x, y, anchor, words) {
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, words
}

function grid_y(y) {
	printf "<path class=\"grid\" d=\"M%d %.1fh%d\"/>\n", left, y_of(y), width
	text(left - 6, y_of(y) + 4, "end", y)
}

# One of four shapes around a point.
function mark(shape, x, y) {
	if (shape == 1)
		return sprintf("M%.1f %.1fh8v8h-8z", x - 4, y - 4)
	if (shape == 2)
		return sprintf("M%.1f %.1fl5 9h-10z", x, y - 5)
	if (shape == 3)
		return sprintf("M%.1f %.1fl5 5l-5 5l-5 -5z", x, y - 5)
	return sprintf("M%.1f %.1fa4 4 0 1 0 0.1 0z", x, y - 4)
}

BEGIN { left = 56; top = 34; width = 420; height = 250 }

!($1 in count) { names[++series] = $1 }
{
	i = ++count[$1]
	xs[$1, i] = $2
	ys[$1, i] = $3
	columns[$2] = 1
	if (!x_low || $2 < x_low) x_low = $2
	if ($2 > x_high) x_high = $2
	if (!y_least || $3 < y_least) y_least = $3
	if ($3 > y_most) y_most = $3
}

END {
	y_low = 1
	while (log_y && y_low * 10 <= y_least)
		y_low *= 10
	y_high = log_y ? y_low * 10 : 100
	while (y_high < y_most)
		y_high *= log_y ? 10 : 2
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 330\" width=\"560\" height=\"330\">"
	print "<style>text{font:13px sans-serif;fill:#57606a}.grid{stroke:#8c959f;stroke-opacity:.4}" \
		".s{fill:none;stroke-width:2}.s1{stroke:#8c6d1f}.s2{stroke:#c2410c}.s3{stroke:#2f81f7}" \
		".s4{stroke:#1a9850}.m1{fill:#8c6d1f}.m2{fill:#c2410c}.m3{fill:#2f81f7}.m4{fill:#1a9850}" \
		"@media(prefers-color-scheme:dark){text{fill:#adb5bd}}</style>"
	text(left, 18, "start", title)
	for (y = log_y ? y_low : y_high / 5; y <= y_high; y = log_y ? y * 10 : y + y_high / 5)
		grid_y(y)
	for (x in columns)
		text(x_of(x), top + height + 20, "middle", x)
	for (s = 1; s <= series; s++) {
		name = names[s]
		line = marks = ""
		for (i = 1; i <= count[name]; i++) {
			x = x_of(xs[name, i])
			y = y_of(ys[name, i])
			line = line sprintf("%s%.1f %.1f", i > 1 ? "L" : "M", x, y)
			marks = marks mark(s, x, y)
		}
		printf "<path class=\"s s%d\" d=\"%s\"/><path class=\"m%d\" d=\"%s\"/>\n", s, line, s, marks
		ends[s] = y + 4
		for (t = 1; t < s; t++)
			if (ends[s] - ends[t] < 13 && ends[t] - ends[s] < 13)
				ends[s] = ends[t] + (ends[s] >= ends[t] ? 13 : -13)
		text(left + width + 10, ends[s], "start", name)
	}
	print "</svg>"
}
