#include <stdbool.h>
#include <string.h>

#include "host/judged/judge.h"
#include "lib/panic.h"
#include "memory/allocator.h"
#include "memory/heap.h"
#include "test/script.h"

void allocator_init(void *start, size_t size)
{
	uint64_t words[MESSAGE_WORDS] = { (uint64_t)start, size };

	judge_call(CALL_ALLOCATOR_INIT, words, NULL);
}

/* The tests write to blocks, and their own memory is not for the player. */
static bool is_in_heap(uint64_t block, uint64_t size)
{
	return block >= HEAP_START && size <= HEAP_SIZE &&
	       block - HEAP_START <= HEAP_SIZE - size;
}

void *alloc(struct layout layout)
{
	uint64_t words[MESSAGE_WORDS] = { layout.size, layout.align };

	judge_call(CALL_ALLOC, words, NULL);
	require(!words[0] || is_in_heap(words[0], layout.size),
		"alloc returned 0x%llx, from where %zu bytes leave the heap",
		(unsigned long long)words[0], layout.size);
	return (void *)words[0];
}

void dealloc(void *block, struct layout layout)
{
	uint64_t words[MESSAGE_WORDS] = { (uint64_t)block, layout.size,
					  layout.align };

	judge_call(CALL_DEALLOC, words, NULL);
}

/*
 * The player gets a copy, and nothing but the results is taken from it: they
 * are addresses, which the tests of a script compare and never follow.
 */
void script_play(struct script *script)
{
	struct script *shared = judge_shared_script();
	uint64_t words[MESSAGE_WORDS] = { 0 };

	memcpy(shared, script, sizeof(*shared));
	script->now = SCRIPT_STEPS; /* from here on, only the player knows */
	judge_call(CALL_SCRIPT, words, NULL);
	for (size_t i = 0; i < script->count; i++)
		script->steps[i].result = shared->steps[i].result;
}
