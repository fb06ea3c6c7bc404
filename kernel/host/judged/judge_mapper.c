#include <stddef.h>

#include "host/judged/judge.h"
#include "memory/mapper.h"

enum map_result map_to(const struct mapper *mapper, struct page page,
		       struct frame frame, uint64_t flags,
		       struct frame_source *frames)
{
	uint64_t words[MESSAGE_WORDS] = { mapper->root.start, page.start,
					  frame.start, flags };

	judge_call(CALL_MAP_TO, words, frames);
	return words[0];
}

enum map_result unmap(const struct mapper *mapper, struct page page,
		      struct frame *frame)
{
	uint64_t words[MESSAGE_WORDS] = { mapper->root.start, page.start,
					  frame->start };

	judge_call(CALL_UNMAP, words, NULL);
	frame->start = words[1];
	return words[0];
}

struct translation translate(const struct mapper *mapper, uint64_t address)
{
	uint64_t words[MESSAGE_WORDS] = { mapper->root.start, address };

	judge_call(CALL_TRANSLATE, words, NULL);
	return (struct translation){ words[0] != 0, words[1], words[2] };
}
