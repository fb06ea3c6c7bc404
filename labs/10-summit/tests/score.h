/*
 * The score of lab 10; it decides no verdict.
 */
#ifndef LABS_10_SUMMIT_TESTS_SCORE_H
#define LABS_10_SUMMIT_TESTS_SCORE_H

/* Shows how the submission and our solution fare on the same traces. */
void score(void);

#endif
