#include "97-words/beside.h"

#include "97-words/words.h"

uint64_t call_often(size_t times)
{
	uint64_t sum = 0;

	while (times-- > 0)
		sum += pair_sum(&(struct pair){ 1, 2, 0 });
	return sum;
}
