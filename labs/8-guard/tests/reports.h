/*
 * Reports as lines of text, and what one must say.
 */
#ifndef LABS_8_GUARD_TESTS_REPORTS_H
#define LABS_8_GUARD_TESTS_REPORTS_H

#include <stdbool.h>

#include "8-guard/guard.h"
#include "test/line.h"
#include "test/test.h"

/* The files of the sites that tests use, all strings of theirs. */
#define SITE_FILES 4
extern const char *const site_files[SITE_FILES];

/* One of these, and a line. */
struct guard_site random_site(void);

bool is_same_site(struct guard_site left, struct guard_site right);

/*
 * "list.c:12".  The file may come from the submission: it is looked for among the
 * tests' own strings, and never followed.
 */
struct line site_line(struct guard_site site);

/*
 * "overflow: byte 24 of 24 bytes, taken at list.c:12": the one stable form, in which
 * only members that have a meaning stand; without what differs from design to
 * design, the address.
 */
struct line report_line(const struct guard_report *report);

/* Fails unless the report says just that; `call` is what has returned it. */
void report_check(const struct rule *rule, const char *call,
		  const struct guard_report *expected,
		  struct guard_report actual);

/* The same for GUARD_NOTHING. */
void report_check_nothing(const struct rule *rule, const char *call,
			  struct guard_report actual);

#endif
