/*
 * A box: one value on the heap, which has one owner.
 */
#ifndef COLLECTIONS_BOX_H
#define COLLECTIONS_BOX_H

#include "memory/allocator.h"

/*
 * A pointer to a new value of that type, at its type's alignment.  NULL when
 * there is no memory; value is not evaluated then.
 */
#define box_new(type, value)                               \
	({                                                 \
		type *box_block_ = alloc(LAYOUT_OF(type)); \
		if (box_block_)                            \
			*box_block_ = (value);             \
		box_block_;                                \
	})

/* Free the value.  NULL is not a box, and nothing happens. */
#define box_free(box)                                                    \
	do {                                                             \
		__typeof__(box) box_freed_ = (box);                      \
		if (box_freed_)                                          \
			dealloc(box_freed_, LAYOUT_OF(__typeof__(*box_freed_))); \
	} while (0)

/* What box_scoped keeps, and what the end of the scope calls with it. */
struct box_scope {
	void *block;
	struct layout layout;
};

static inline void box_leave_scope(struct box_scope *scope)
{
	if (scope->block)
		dealloc(scope->block, scope->layout);
}

/*
 * A box that is freed when its variable goes out of scope, in whatever way the
 * block is left (the cleanup attribute of GCC and Clang):
 *
 *   box_scoped(int, answer, 41);
 *   if (!answer)
 *           return false;
 *
 * Nothing is freed by a panic, which never leaves the scope.
 */
#define box_scoped(type, name, value)                                        \
	type *const name = box_new(type, value);                             \
	__attribute__((__cleanup__(box_leave_scope), __unused__))            \
	struct box_scope name##_scope_ = { name, LAYOUT_OF(type) }

#endif
