/* The pictures of the post on heap allocation. */
#include "collections/box.h"
#include "collections/rc.h"
#include "collections/vec.h"
#include "lib/console.h"
#include "showcase/showcase.h"

static void show_box(void)
{
	int *heap_value = box_new(int, 41);

	if (!heap_value)
		alloc_error_handler(LAYOUT_OF(int));
	kprintf("heap_value at %p\n", (void *)heap_value);
	/* Kept, as in the post, so that the vector lies behind it. */
}

static void show_vec(void)
{
	VEC(int) vec = VEC_EMPTY(int);

	for (int i = 0; i < 500; i++)
		if (!vec_push(&vec, i))
			alloc_error_handler(vec.core.layout);
	kprintf("vec at %p\n", vec.core.items);
	vec_free(&vec);
}

/* What the post's Rc counts: an array. */
struct numbers {
	int number[3];
};

static void show_rc(void)
{
	struct numbers *reference, *clone;

	reference = rc_new(struct numbers, ((struct numbers){ { 1, 2, 3 } }));
	if (!reference)
		alloc_error_handler(LAYOUT_OF(struct numbers));
	clone = rc_retain(reference);
	kprintf("current reference count is %zu\n", rc_count(clone));
	rc_release(reference);
	kprintf("reference count is %zu now\n", rc_count(clone));
	rc_release(clone);
}

void show_heap(const struct stage *stage)
{
	stage_heap(stage);
	show_box();
	show_vec();
	show_rc();
	kprintf("It did not crash!\n");
}
