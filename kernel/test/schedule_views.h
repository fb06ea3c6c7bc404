/*
 * What each context sees of words that are written without doors.
 *
 * A plain write may wait in a register or in a buffer for as long as compiler and
 * processor like, so nobody can count on another's before a door has told it that it was
 * made.  Here nobody sees it before: a context finds in these words what its own
 * processor has written, and what is ordered before it.  Where all plain words are used
 * by one holder of a lock after the other, that is all there is, and nobody can tell.
 */
#ifndef TEST_SCHEDULE_VIEWS_H
#define TEST_SCHEDULE_VIEWS_H

#include "test/schedule_model.h"

/* The words; all contexts see what they hold now. */
void views_begin(uint32_t *words, size_t count);

/* This word, if it is one of them, is used through doors: everybody sees the same. */
void views_leave_out(const uint32_t *word);

/* What the context has written since it went on, it has written then. */
void views_note(const struct model *model, unsigned context);

/*
 * The context goes on: the words hold what it sees.  Without a model, it is one that
 * comes after all others.
 */
void views_show(const struct model *model, unsigned context);

#endif
