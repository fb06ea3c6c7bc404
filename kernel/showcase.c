#include "showcase.h"

#include "collections/box.h"
#include "collections/rc.h"
#include "collections/vec.h"
#include "lib/console.h"
#include "lib/panic.h"
#include "machine.h"
#include "memory/allocator.h"
#include "memory/frame_allocator.h"
#include "memory/heap.h"

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

/* The frame allocator as a frame source, for whoever maps. */
static struct frame_allocator *frames;

static struct frame allocate_frame(struct frame_source *source)
{
	(void)source;
	return frame_allocate(frames);
}

static void deallocate_frame(struct frame_source *source, struct frame frame)
{
	(void)source;
	frame_deallocate(frames, frame);
}

static struct frame_source frame_source = { allocate_frame, deallocate_frame };

void showcase_run(const struct boot_info *info)
{
	static _Alignas(FRAME_ALLOCATOR_ALIGN) char memory[FRAME_ALLOCATOR_SIZE];
	struct mapper mapper = { machine_root() };
	enum map_result result;

	frames = frame_allocator_init(memory, info);
	result = init_heap(&mapper, &frame_source);
	require(result == MAP_OK, "init_heap returned %s",
		map_result_name(result));
	allocator_init((void *)HEAP_START, HEAP_SIZE);
	show_box();
	show_vec();
	show_rc();
	kprintf("It did not crash!\n");
}
