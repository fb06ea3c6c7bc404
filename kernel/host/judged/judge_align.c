#include <stddef.h>

#include "host/judged/judge.h"
#include "memory/align.h"

uint64_t align_down(uint64_t address, uint64_t align)
{
	uint64_t words[MESSAGE_WORDS] = { address, align };

	judge_call(CALL_ALIGN_DOWN, words, NULL);
	return words[0];
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	uint64_t words[MESSAGE_WORDS] = { address, align };

	judge_call(CALL_ALIGN_UP, words, NULL);
	return words[0];
}
