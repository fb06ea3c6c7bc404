# usage: awk -f api.awk -f pieces.awk lab=LAB own="LAB..." root=DIR labs/*/api
#
# Prints the pieces that a kernel with this lab's tests is made of, such as
# 2-paging/mapper; and for a piece whose api has a line `also:`, `also:PIECE:PREFIX`.
#
# Several labs write the same functions (an allocator), and each function is linked
# once: from the lab itself, or else from the first lab of `own`, or from the lab that
# is the default, or from any.  Labs without a solution are still being written, and no
# other lab's kernel has them.
#
# Then `part:LAB/NAME` for each further file of our solutions, such as 4-bump/defaults;
# `watched:NAME` for each function that the student of the lab writes; and `fast:LAB` for
# each lab whose piece is compiled to be fast; and `between:NAME` for each function that the
# lab's tests stand before.

function file_exists(name,    line, status) {
	status = (getline line <name)
	close(name)
	return status >= 0
}

function without_ending(path) {
	return substr(path, 1, length(path) - 2)
}

function piece_name(lab) {
	return without_ending(lab "/" api_piece[lab])
}

function has_solution(lab,    path) {
	path = root "/solutions/" piece_name(lab)
	return file_exists(path ".c") || file_exists(path ".o")
}

# Link this lab's piece, if it adds functions and has none of those there are.
function choose(chosen,    n) {
	if (!(chosen in api_piece) || chosen != lab && !has_solution(chosen))
		return
	for (n = 1; n <= api_count[chosen]; n++)
		if (api_is_piece[chosen, n] && api_name[chosen, n] in linked)
			return
	for (n = 1; n <= api_count[chosen]; n++)
		if (api_is_piece[chosen, n])
			linked[api_name[chosen, n]] = 1
	print piece_name(chosen)
	if (chosen in api_also)
		print "also:" piece_name(api_also[chosen]) ":" api_prefix[chosen]
}

{ api_line() }

END {
	if (!api_failed)
		api_check()
	if (api_failed)
		exit 2
	choose(lab)
	count = split(own, owned, " ")
	for (i = 1; i <= count; i++)
		choose(owned[i])
	for (i = 1; i <= api_lab_count; i++)
		if (api_labs[i] in api_is_default)
			choose(api_labs[i])
	for (i = 1; i <= api_lab_count; i++)
		choose(api_labs[i])
	for (i = 1; i <= api_lab_count; i++)
		if (api_labs[i] in api_part)
			print "part:" without_ending(api_labs[i] "/" api_part[api_labs[i]])
	for (i = 1; i <= api_count[lab]; i++)
		if (api_is_piece[lab, i])
			print "watched:" api_name[lab, i]
	for (i = 1; i <= api_lab_count; i++)
		if (api_labs[i] in api_is_fast)
			print "fast:" api_labs[i]
	count = split(api_between[lab], stands_before, " ")
	for (i = 1; i <= count; i++)
		print "between:" stands_before[i]
}
