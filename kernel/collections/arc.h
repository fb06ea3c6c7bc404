/*
 * A reference-counted value whose owners may be on several processors: rc.h with
 * atomic counts.
 *
 *   int *shared = arc_new(int, 41);
 *   arc_retain(shared);
 *   arc_release(shared);
 *
 * Only the counts are safe.  Owners that write to the value need a lock of their
 * own, and a weak reference that several owners share does, too.
 */
#ifndef COLLECTIONS_ARC_H
#define COLLECTIONS_ARC_H

#include <stdatomic.h>
#include <stddef.h>

#include "collections/typed.h"
#include "memory/allocator.h"

/* Lies directly in front of the value, as struct rc does. */
struct arc {
	_Atomic size_t strong; /* owners */
	/* Weak references, and one more while there is an owner. */
	_Atomic size_t weak;
	struct layout value;
};

/*
 * As in rc.h.  Retaining and upgrading panic when a count would exceed SIZE_MAX / 2,
 * since references must have leaked by then.
 */
struct arc *arc_core_new(const void *value, struct layout layout);
struct arc *arc_core_retain(struct arc *arc);
void arc_core_release(struct arc *arc);
struct arc *arc_core_downgrade(struct arc *arc);
struct arc *arc_core_upgrade(struct arc *arc);
void arc_core_release_weak(struct arc *arc);

static inline void *arc_value(struct arc *arc)
{
	return arc + 1;
}

static inline struct arc *arc_of(const void *value)
{
	return (struct arc *)value - 1;
}

/* The same, typed: an owner is a pointer to the value. */
#define arc_new(type, initial)                                        \
	({                                                            \
		type arc_initial_ = (initial);                        \
		struct arc *arc_new_ =                                \
			arc_core_new(&arc_initial_, LAYOUT_OF(type)); \
		(type *)(arc_new_ ? arc_value(arc_new_) : NULL);      \
	})
#define arc_retain(value) \
	((__typeof__(value))arc_value(arc_core_retain(arc_of(value))))
#define arc_release(value) arc_core_release(arc_of(value))
/* Out of date as soon as it is read, if there are other owners. */
#define arc_count(value) atomic_load(&arc_of(value)->strong)

#define ARC_WEAK(type)            \
	union {                   \
		struct arc *core; \
		type *item;       \
	}
#define arc_downgrade(weak, value)                                    \
	({                                                            \
		ASSERT_SAME_TYPE(*(weak)->item, *(value));            \
		(weak)->core = arc_core_downgrade(arc_of(value));     \
	})
#define arc_upgrade(weak)                                                \
	({                                                               \
		struct arc *arc_owner_ = arc_core_upgrade((weak)->core); \
		(__typeof__((weak)->item))(                              \
			arc_owner_ ? arc_value(arc_owner_) : NULL);      \
	})
#define arc_release_weak(weak) arc_core_release_weak((weak)->core)

#endif
