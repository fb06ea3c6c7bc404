#include "reports.h"

#include "rules.h"

const char *const site_files[SITE_FILES] = { "list.c", "main.c", "tree.c",
					     "main.c (copy)" };

#define SITE_LINES 2000

struct guard_site random_site(void)
{
	return (struct guard_site){ site_files[test_random_below(SITE_FILES)],
				    1 + test_random_below(SITE_LINES) };
}

bool is_same_site(struct guard_site left, struct guard_site right)
{
	return left.file == right.file && left.line == right.line;
}

struct line site_line(struct guard_site site)
{
	struct line line = LINE_EMPTY;

	for (int i = 0; i < SITE_FILES; i++)
		if (site.file == site_files[i])
			line_add(&line, "%s:%llu", site.file,
				 (unsigned long long)site.line);
	if (line.length == 0)
		line_add(&line, "{ %p, %llu }", (const void *)site.file,
			 (unsigned long long)site.line);
	return line;
}

static const char *finding_name(enum guard_finding what)
{
	static const char *const names[] = {
		[GUARD_NOTHING] = "nothing",
		[GUARD_OVERFLOW] = "overflow",
		[GUARD_UNDERFLOW] = "underflow",
		[GUARD_USE_AFTER_FREE] = "use after free",
		[GUARD_DOUBLE_FREE] = "double free",
		[GUARD_INTERIOR_FREE] = "free from inside",
		[GUARD_NEVER_ALLOCATED] = "free of what was never allocated",
		[GUARD_OTHER_LAYOUT] = "free with another layout",
		[GUARD_BOOKS] = "damage to the guard's notes",
	};
	uint64_t number = (uint64_t)what;

	return number < sizeof(names) / sizeof(names[0]) ? names[number] :
							   "no finding there is";
}

/* Whether the report is about a block that the guard knows. */
static bool is_about_block(enum guard_finding what)
{
	return what != GUARD_NOTHING && what != GUARD_BOOKS &&
	       what != GUARD_NEVER_ALLOCATED;
}

struct line report_line(const struct guard_report *report)
{
	struct line line = LINE_EMPTY;

	line_add(&line, "%s", finding_name(report->what));
	if (!is_about_block(report->what))
		return line;
	line_add(&line, ": byte %s%llu of %zu bytes, align %zu",
		 report->offset < 0 ? "-" : "",
		 (unsigned long long)(report->offset < 0 ?
					      0 - (uint64_t)report->offset :
					      (uint64_t)report->offset),
		 report->layout.size, report->layout.align);
	line_add(&line, ", taken at %s", site_line(report->allocated).text);
	if (report->freed.file || report->freed.line)
		line_add(&line, ", freed at %s", site_line(report->freed).text);
	return line;
}

static bool is_same(const struct guard_report *left,
		    const struct guard_report *right)
{
	if (left->what != right->what)
		return false;
	if (left->what == GUARD_NEVER_ALLOCATED)
		return left->block == right->block;
	return !is_about_block(left->what) ||
	       (left->block == right->block &&
		left->layout.size == right->layout.size &&
		left->layout.align == right->layout.align &&
		left->offset == right->offset &&
		is_same_site(left->allocated, right->allocated) &&
		is_same_site(left->freed, right->freed));
}

/* A line of what was expected, with the address. */
static struct line whole_line(const struct guard_report *report)
{
	struct line line = report_line(report);

	if (is_about_block(report->what) ||
	    report->what == GUARD_NEVER_ALLOCATED)
		line_add(&line, " (%p)", report->block);
	return line;
}

void report_check(const struct rule *rule, const char *call,
		  const struct guard_report *expected,
		  struct guard_report actual)
{
	struct line wanted = LINE_EMPTY;

	line_add(&wanted, "%s: %s", call, whole_line(expected).text);
	check(rule, is_same(expected, &actual), wanted.text, "%s: %s", call,
	      whole_line(&actual).text);
}

void report_check_nothing(const struct rule *rule, const char *call,
			  struct guard_report actual)
{
	static const struct guard_report nothing = { .what = GUARD_NOTHING };

	report_check(rule, call, &nothing, actual);
}
