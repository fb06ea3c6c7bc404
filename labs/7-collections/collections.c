/*
 * The cores of the vector and of the reference count.
 */
#include "collections/rc.h"
#include "collections/vec.h"

#include <stdint.h>

#include "lab.h"
#include "lib/panic.h"
#include "lib/string.h"
#include "memory/align.h"

/* Your own types, variables and helpers: here. */
/* End of your own. */

bool vec_core_reserve(struct vec_core *vec, size_t more)
{
	/* Lab 7, task 1: your code here. */
	(void)vec;
	(void)more;
	lab_unfinished("lab 7, task 1: vec_core_reserve");
	/* End of your code. */
}

void *vec_core_item(const struct vec_core *vec, size_t index)
{
	/* Lab 7, task 1: your code here. */
	(void)vec;
	(void)index;
	lab_unfinished("lab 7, task 1: vec_core_item");
	/* End of your code. */
}

void vec_core_free(struct vec_core *vec)
{
	/* Lab 7, task 1: your code here. */
	(void)vec;
	lab_unfinished("lab 7, task 1: vec_core_free");
	/* End of your code. */
}

bool vec_core_push(struct vec_core *vec, const void *item)
{
	/* Lab 7, task 2: your code here. */
	(void)vec;
	(void)item;
	lab_unfinished("lab 7, task 2: vec_core_push");
	/* End of your code. */
}

bool vec_core_pop(struct vec_core *vec, void *item)
{
	/* Lab 7, task 2: your code here. */
	(void)vec;
	(void)item;
	lab_unfinished("lab 7, task 2: vec_core_pop");
	/* End of your code. */
}

bool vec_core_insert(struct vec_core *vec, size_t index, const void *item)
{
	/* Lab 7, task 2: your code here. */
	(void)vec;
	(void)index;
	(void)item;
	lab_unfinished("lab 7, task 2: vec_core_insert");
	/* End of your code. */
}

void vec_core_remove(struct vec_core *vec, size_t index, void *item)
{
	/* Lab 7, task 2: your code here. */
	(void)vec;
	(void)index;
	(void)item;
	lab_unfinished("lab 7, task 2: vec_core_remove");
	/* End of your code. */
}

struct rc *rc_core_new(const void *value, struct layout layout)
{
	/* Lab 7, task 3: your code here. */
	(void)value;
	(void)layout;
	lab_unfinished("lab 7, task 3: rc_core_new");
	/* End of your code. */
}

struct rc *rc_core_retain(struct rc *rc)
{
	/* Lab 7, task 3: your code here. */
	(void)rc;
	lab_unfinished("lab 7, task 3: rc_core_retain");
	/* End of your code. */
}

void rc_core_release(struct rc *rc)
{
	/* Lab 7, task 3: your code here. */
	(void)rc;
	lab_unfinished("lab 7, task 3: rc_core_release");
	/* End of your code. */
}

struct rc *rc_core_downgrade(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	(void)rc;
	lab_unfinished("lab 7, task 4: rc_core_downgrade");
	/* End of your code. */
}

struct rc *rc_core_upgrade(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	(void)rc;
	lab_unfinished("lab 7, task 4: rc_core_upgrade");
	/* End of your code. */
}

void rc_core_release_weak(struct rc *rc)
{
	/* Lab 7, task 4: your code here. */
	(void)rc;
	lab_unfinished("lab 7, task 4: rc_core_release_weak");
	/* End of your code. */
}
