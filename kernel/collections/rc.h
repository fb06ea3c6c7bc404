/*
 * A reference-counted value: the last owner frees it.  Lab 7 writes the counts.
 *
 *   int *shared = rc_new(int, 41);
 *   int *other = rc_retain(shared);     two owners
 *
 *   rc_release(shared);
 *   rc_release(other);                  the last: the block is freed
 *
 * A weak reference keeps the counts and not the value: two values that point at
 * each other are freed if one of the two does so weakly.
 *
 * The counts lie directly in front of the value:
 *
 *   +---------+--------+------+--------------+---------+
 *   | padding | strong | weak | value layout |  value  |
 *   +---------+--------+------+--------------+---------+
 *   ^ the block        ^ struct rc           ^ multiple of the value's align
 *
 * The counts are plain numbers: for owners on several processors there is arc.h.
 */
#ifndef COLLECTIONS_RC_H
#define COLLECTIONS_RC_H

#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/*
 * Others read the counts and never change them.  The block is freed when both
 * are 0; the value is good while strong is not.
 */
struct rc {
	size_t strong; /* owners */
	size_t weak; /* weak references */
	struct layout value;
};

/*
 * A counted copy of the value, or of nothing if value is NULL: its bytes are
 * undefined then.  One owner, no weak reference.
 *
 * NULL when there is no memory, or the size of the block exceeds SIZE_MAX.
 * Before all else it panics through layout_check.
 */
struct rc *rc_core_new(const void *value, struct layout layout);

/* One more owner; returns rc.  Panics when there is no owner. */
struct rc *rc_core_retain(struct rc *rc);

/*
 * One owner fewer.  Panics when there is none.  When the last one goes, the block
 * is freed, unless a weak reference still needs the counts.
 */
void rc_core_release(struct rc *rc);

/* One more weak reference; returns rc.  Panics when there is no owner. */
struct rc *rc_core_downgrade(struct rc *rc);

/*
 * One more owner out of a weak reference, which stays: returns rc, or NULL when
 * the last owner has gone.
 */
struct rc *rc_core_upgrade(struct rc *rc);

/*
 * One weak reference fewer.  Panics when there is none.  The last one frees the
 * block if there is no owner any more.
 */
void rc_core_release_weak(struct rc *rc);

/* The value of a struct rc, and back. */
static inline void *rc_value(struct rc *rc)
{
	return rc + 1;
}

static inline struct rc *rc_of(const void *value)
{
	return (struct rc *)value - 1;
}

/*
 * The same, typed: an owner is a pointer to the value.
 */
#define rc_new(type, initial)                                          \
	({                                                             \
		type rc_initial_ = (initial);                          \
		struct rc *rc_new_ =                                   \
			rc_core_new(&rc_initial_, LAYOUT_OF(type));    \
		(type *)(rc_new_ ? rc_value(rc_new_) : NULL);          \
	})
#define rc_retain(value) \
	((__typeof__(value))rc_value(rc_core_retain(rc_of(value))))
#define rc_release(value) rc_core_release(rc_of(value))
#define rc_count(value) (rc_of(value)->strong)

/* A weak reference to a value of that type. */
#define RC_WEAK(type)           \
	union {                 \
		struct rc *core; \
		type *item;     \
	}

/* Make *weak refer to the value. */
#define rc_downgrade(weak, value)                                   \
	({                                                          \
		ASSERT_SAME_TYPE(*(weak)->item, *(value));          \
		(weak)->core = rc_core_downgrade(rc_of(value));     \
	})
/* One more owner of the value, or NULL when it is gone. */
#define rc_upgrade(weak)                                               \
	({                                                             \
		struct rc *rc_owner_ = rc_core_upgrade((weak)->core);  \
		(__typeof__((weak)->item))(                            \
			rc_owner_ ? rc_value(rc_owner_) : NULL);       \
	})
#define rc_release_weak(weak) rc_core_release_weak((weak)->core)

#endif
