/*
 * Tests of blocks that a class holds: how large they are, that they come back
 * to their own class, and that they stay there.
 */
#include "tests.h"

#include "memory/heap.h"
#include "memory/page.h"
#include "rules.h"
#include "test/allocator/model.h"
#include "test/test.h"

/* ---- How large a block is ------------------------------------------------ */

#define SMALL_HEAP (16 * 1024ull)

/*
 * Fill a small heap with blocks of that size.  They are as many as blocks of
 * the class would be, but for a tenth, which an allocator may keep for its
 * own notes.
 */
static void fill_with(uint8_t *heap, size_t size, size_t align, size_t class)
{
	size_t enough = SMALL_HEAP * 9 / 10 / class;

	model_begin(heap, SMALL_HEAP);
	while (model_try_take(size, align))
		;
	check(&rule_waste, model.count >= enough,
	      "about as many blocks as the class has room for",
	      "%zu blocks of %zu bytes, align %zu, where %zu of %zu bytes fit",
	      model.count, size, align, enough, class);
}

/*
 * A class's own size and the smallest size that needs it.  The fallback has no
 * blocks below 16 bytes, so a class below that may take as much.
 */
void class_sizes(void)
{
	uint8_t *heap = test_heap();

	for (size_t class = 16; class <= LARGEST_CLASS; class *= 2) {
		fill_with(heap, class, 1, class);
		fill_with(heap, class, class, class);
		fill_with(heap, class / 2 + 1, 1, class);
	}
	fill_with(heap, SMALLEST_CLASS, 1, 16);
	model_check_all();
}

/* ---- Which class it comes back to ---------------------------------------- */

/* Layouts of one class: by size, by align, by both. */
#define SAME_CLASS 4

static struct layout layout_of(size_t class, size_t i)
{
	const struct layout layouts[SAME_CLASS] = {
		{ class, 1 },
		{ 1, class },
		{ class / 2 + 1, 4 },
		{ class, class },
	};

	return layouts[i % SAME_CLASS];
}

static void take_one_of_each(void)
{
	for (size_t class = SMALLEST_CLASS; class <= LARGEST_CLASS;
	     class *= 2) {
		model_take(class - 1, 1);
		model_take(class, 1);
		model_take(class + 1, 1);
		model_take(1, class);
	}
}

/*
 * Sizes around that of each class, taken, partly given back and taken again.
 * A block that was given to a larger class than its own reaches into its
 * neighbour.
 */
void classes_apart(void)
{
	model_begin_whole_heap();
	for (size_t round = 0; round < 2; round++) {
		take_one_of_each();
		model_give_every_other();
		take_one_of_each();
		model_check_all();
		model_give_shuffled();
	}
}

/*
 * One block at a time, so often that the heap has no room for a quarter of
 * them: it must be the same few again and again.
 */
#define TINY_HEAP (8 * 1024ull)
#define TURNS 5
static void take_in_turn(size_t class)
{
	for (size_t i = 0; i < TURNS * TINY_HEAP / class; i++) {
		struct layout layout = layout_of(class, i);
		struct layout before = layout_of(class, i + SAME_CLASS - 1);

		check(&rule_reuse, model_try_take(layout.size, layout.align),
		      "the block that was just freed",
		      "NULL for Layout { size: %zu, align: %zu }, block %zu; of the "
		      "same class, the one before was freed as { %zu, %zu }",
		      layout.size, layout.align, i + 1, before.size,
		      before.align);
		model_give(model.count - 1);
	}
}

static void take_freed(size_t size, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(&rule_reuse, model_try_take(size, 1),
		      "a block of the class that has free ones",
		      "NULL for %zu bytes, the %zu. of %zu that were freed",
		      size, i + 1, count);
}

/* As far as there are so many. */
static void take_up_to(size_t count, size_t size)
{
	while (count > 0 && model_try_take(size, 1))
		count--;
}

/* The rest of the heap is blocks of a class, all come back, and all are had again. */
static void take_all_twice(size_t class)
{
	size_t count;

	model.kept = model.count;
	take_up_to(MODEL_BLOCKS, class);
	count = model.count - model.kept;
	model_give_shuffled();
	take_freed(class, count);
	model_check_all();
}

/* Begin a heap of which nothing is left but its last page, or what there is of it. */
static void leave_last_page(uint8_t *heap, size_t size)
{
	model_begin(heap, size);
	take_up_to((size - 1) / PAGE_SIZE, PAGE_SIZE);
}

/*
 * A block at a time, as often as there are blocks in half of the heap.  It is the
 * class's list that gives it, not the fallback, so the other half is left.
 */
static void leave_the_rest(uint8_t *heap, size_t class)
{
	model_begin(heap, HEAP_SIZE);
	for (size_t i = 0; i <= HEAP_SIZE / 2 / class; i++) {
		model_take(class, 1);
		model_give_all();
	}
	check(&rule_reuse, model_try_take(HEAP_SIZE / 2, 1),
	      "half of the heap",
	      "NULL after one block of %zu bytes at a time: does a freed one stay "
	      "free while the fallback gives more?", class);
	model_give_all();
}

/* More than 1024 blocks; and a heap whose links have more than 16 bits. */
#define HEAP_OF_MANY (90 * 1024ull)
#define HEAP_OF_MANY_CLASS 64
#define LARGE_HEAP (1024 * 1024ull)

/*
 * Each class takes back all that it gave, whichever of its layouts it was
 * for.  A block that comes back as one of a smaller class is missing here.
 */
void classes_reused(void)
{
	uint8_t *heap = test_heap_of(LARGE_HEAP);

	for (size_t class = SMALLEST_CLASS; class <= LARGEST_CLASS;
	     class *= 2) {
		model_begin(heap, TINY_HEAP);
		model_take(1, 1); /* stays */
		take_in_turn(class);
		model_give_all();
	}
	for (size_t class = 64; class <= LARGEST_CLASS; class *= 2)
		leave_the_rest(heap, class);
	model_begin(heap, HEAP_OF_MANY);
	take_all_twice(HEAP_OF_MANY_CLASS);
	model_begin(heap, LARGE_HEAP);
	take_all_twice(LARGEST_CLASS);
}

/* ---- A second heap ------------------------------------------------------- */

/*
 * A first heap has a block of the class in use in its last page; of a second one, that
 * page is too short to be cut up, wherever it begins.  Its blocks come back all the same.
 */
static void begin_anew_with_less(uint8_t *heap, size_t skipped, size_t class)
{
	leave_last_page(heap, HEAP_SIZE);
	take_up_to(1, class);
	leave_last_page(heap + skipped, HEAP_SIZE - PAGE_SIZE / 2 - skipped);
	take_all_twice(class);
}

/*
 * Free blocks of a first heap are none of a second one's, which lies elsewhere;
 * nor of the same memory, begun anew.
 */
void init_forgets_lists(void)
{
	uint8_t *heap = test_heap();
	size_t size = HEAP_SIZE / 2 - MODEL_GUARD;
	size_t largest;

	model_begin(heap, size);
	take_one_of_each();
	model_give_shuffled();
	model_begin_guarded(heap + HEAP_SIZE / 2, size);
	take_one_of_each();
	model_check_guards();
	model_give_shuffled();
	largest = model_largest(); /* begins anew for each attempt */
	take_one_of_each();
	model_give_shuffled();
	model_begin(model.heap, size);
	model_check_whole(largest);
	for (size_t class = SMALLEST_CLASS; class <= LARGEST_CLASS; class *= 2) {
		begin_anew_with_less(heap, 0, class);
		begin_anew_with_less(heap, PAGE_SIZE / 2, class);
	}
}

/* ---- When there is no more ----------------------------------------------- */

/* Blocks of classes until nothing is left, the largest first. */
static void fill_heap(void)
{
	for (size_t class = LARGEST_CLASS; class >= SMALLEST_CLASS; class /= 2)
		while (model_try_take(class, 1))
			;
}

/*
 * Behind the last block is room for a request, but not for a block of its class.
 * Whatever that request gets, it must not come back as a block of the class.
 */
static void take_the_rest(uint8_t *heap, size_t class)
{
	model_begin_guarded(heap, 4 * class + class / 4 * 3);
	model_take(class, 1);
	while (model_try_take(class, 1))
		;
	if (model_try_take(class / 2 + 1, 1))
		model_give(model.count - 1);
	model_try_take(class, 1);
	model_check_all();
	model_check_guards();
}

/*
 * Of the last page a block of the class was in use, and no more is.  Then something large
 * takes half of the page, and blocks of the class, of the other half, come back all the
 * same.
 */
static void halve_last_page(uint8_t *heap, size_t class)
{
	leave_last_page(heap, HEAP_SIZE);
	model.kept = model.count;
	take_up_to(1, class);
	model_give_all();
	take_up_to(1, LARGEST_CLASS + 1);
	take_all_twice(class);
}

/*
 * The heap is full, and some blocks of two classes come back.  They are had
 * again by their class, whatever is refused meanwhile; and no block is cut
 * off another.
 */
void heap_is_full(void)
{
	uint8_t *heap = test_heap();

	for (size_t class = 32; class <= LARGEST_CLASS; class *= 2)
		take_the_rest(heap + LARGEST_CLASS, class);
	for (size_t class = SMALLEST_CLASS; class <= LARGEST_CLASS; class *= 2)
		halve_last_page(heap, class);
	model_begin(heap, HEAP_SIZE);
	for (size_t i = 0; i < 40; i++)
		model_take(i % 2 ? 64 : 500, 1);
	fill_heap();
	for (size_t i = 40; i-- > 20;)
		model_give(i);
	model_try_take(8192, 1);
	model_try_take(HEAP_SIZE, 4096);
	take_freed(500, 10);
	take_freed(64, 10);
	fill_heap();
	model_check_all();
	model_give_shuffled();
}

/*
 * What the design gives up.  The whole heap is blocks of 128 bytes, all are
 * freed, and a program wants a large one: no class gives back what it has
 * had.
 */
void small_then_large(void)
{
	struct layout large = { 4096, 8 };
	size_t count;

	model_begin_whole_heap();
	model_take(large.size, large.align);
	model_give(0);
	while (model_try_take(128, 1))
		;
	count = model.count;
	check(&rule_waste, count >= HEAP_SIZE / 2 / 128,
	      "half of the heap or more", "%zu blocks of 128 bytes", count);
	model_give_shuffled();
	take_freed(128, count);
	model_give_shuffled();
	if (!model_try_take(large.size, large.align))
		test_cannot(&rule_stays, large);
	model_give_all();
}
