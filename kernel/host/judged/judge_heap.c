#include "host/judged/judge.h"
#include "memory/heap.h"

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	uint64_t words[MESSAGE_WORDS] = { mapper->root.start };

	judge_call(CALL_INIT_HEAP, words, frames);
	return words[0];
}
