/*
 * How the collections get their types: one untyped core serves all, and a macro
 * above it knows the type of the items.
 *
 *   VEC(int) numbers = VEC_EMPTY(int);
 *   vec_push(&numbers, 41);      compiles
 *   vec_push(&numbers, "41");    does not
 *
 * A typed collection is a union of the core and of a member that is never stored
 * to: `item`, a pointer to the items' type, which only __typeof__ looks at.
 *
 * Types are compared, not converted: a vector of char takes (char)'a' and not
 * 'a', which C counts as an int.
 */
#ifndef COLLECTIONS_TYPED_H
#define COLLECTIONS_TYPED_H

/* Stops the compiler unless both expressions have the same type. */
#define ASSERT_SAME_TYPE(one, other)                                     \
	_Static_assert(__builtin_types_compatible_p(__typeof__(one),      \
						    __typeof__(other)),   \
		       "this collection holds values of another type")

/* The type of a typed collection's items. */
#define ITEM_TYPE(collection) __typeof__(*(collection)->item)

#endif
