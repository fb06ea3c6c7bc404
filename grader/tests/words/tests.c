/* Calls with arguments of every kind; add-a-lab.t runs them on all ways. */
#include "97-words/beside.h"
#include "97-words/words.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "test/frames.h"
#include "test/test.h"

static const struct rule rule = { "words-1", "what is passed arrives" };

static void structs(void)
{
	struct pair pair = pair_of(1, 2), copy;

	check_count(&rule, "the sum", 3, pair_sum(&pair));
	check_count(&rule, "the color", 7, pair.color);
	pair_copy(&pair, &copy);
	check_count(&rule, "the copy's sum", 3, pair_sum(&copy));
	check(&rule, pair_swap(&pair), "true", "false");
	check_count(&rule, "the first", 2, pair.a);
	pair.a = pair.b;
	check(&rule, !pair_swap(&pair), "false", "true");
	check(&rule, parity_of(3).is_odd, "odd", "even");
	check(&rule, !parity_of(4).is_odd, "even", "odd");
}

static void heap_pointers(void)
{
	char *heap = test_heap();

	check(&rule, heap_at(heap, HEAP_SIZE) == heap, "the heap", "another");
	check(&rule, !heap_at(NULL, 8), "NULL", "another");
}

/* In the tests' own memory, in the heap, and none. */
static void blocks_of_bytes(void)
{
	uint8_t own[] = { 1, 2, 3 };
	uint8_t *shared = test_heap();

	check_count(&rule, "the sum", 6, bytes_sum(own, sizeof(own)));
	bytes_reverse(own, sizeof(own));
	check_count(&rule, "the first", 3, own[0]);
	memset(shared, 1, 10000);
	check_count(&rule, "the sum", 10000, bytes_sum(shared, 10000));
	shared[0] = 9;
	bytes_reverse(shared, 10000);
	check_count(&rule, "the last", 9, shared[9999]);
	check_count(&rule, "the sum of nothing", 0, bytes_sum(NULL, 3));
}

static void texts(void)
{
	check(&rule, text_is_first(""), "true", "false");
	check(&rule, !text_is_first("second"), "false", "true");
	check(&rule, text_is_first(""), "true", "false");
}

static void frames(void)
{
	struct frame frame = frame_from(test_frames());

	check(&rule, test_frames_is_in_use(frame), "a frame of the test's",
	      "0x%llx", (unsigned long long)frame.start);
}

static void beside(void)
{
	check_count(&rule, "the sum", 300000, call_often(100000));
}

static const struct test tests[] = {
	{ "structs", structs },
	{ "heap_pointers", heap_pointers },
	{ "blocks_of_bytes", blocks_of_bytes },
	{ "texts", texts },
	{ "frames", frames },
	{ "beside", beside },
};

LAB("97-words", tests);
