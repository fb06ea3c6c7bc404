# usage: awk -f api.awk -f parts.awk labs/*/api
#
# Prints the further files of our solutions, such as 4-bump/defaults.

{ api_line() }

END {
	if (!api_failed)
		api_check()
	if (api_failed)
		exit 2
	for (i = 1; i <= api_lab_count; i++)
		if (api_labs[i] in api_part)
			print api_labs[i] "/" substr(api_part[api_labs[i]], 1, \
				length(api_part[api_labs[i]]) - 2)
}
