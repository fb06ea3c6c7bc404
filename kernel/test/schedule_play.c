#include "processors/race.h"

bool race_takes(enum race_door door, uint32_t *word, uint32_t expected,
		uint32_t value, uint32_t *result)
{
	(void)door;
	(void)word;
	(void)expected;
	(void)value;
	(void)result;
	return false;
}
