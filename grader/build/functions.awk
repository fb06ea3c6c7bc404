# usage: awk -f api.awk -f functions.awk labs/N-name/api
#
# Prints the functions that the student writes, one a line.

{ api_line() }

END {
	if (!api_failed)
		api_check()
	if (api_failed)
		exit 2
	lab = api_labs[1]
	for (n = 1; n <= api_count[lab]; n++)
		if (api_is_piece[lab, n])
			print api_name[lab, n]
}
