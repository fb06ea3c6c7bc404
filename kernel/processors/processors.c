#include "processors/processors.h"

#include <stddef.h>

#include "machine.h"
#include "processors/race.h"

uint32_t processor_exchange(uint32_t *word, uint32_t value)
{
	uint32_t before;

	if (race_takes(RACE_EXCHANGE, word, 0, value, &before))
		return before;
	return __atomic_exchange_n(word, value, __ATOMIC_SEQ_CST);
}

uint32_t processor_add(uint32_t *word, uint32_t value)
{
	uint32_t before;

	if (race_takes(RACE_ADD, word, 0, value, &before))
		return before;
	return __atomic_fetch_add(word, value, __ATOMIC_SEQ_CST);
}

uint32_t processor_compare_exchange(uint32_t *word, uint32_t expected,
				    uint32_t value)
{
	uint32_t before;

	if (race_takes(RACE_COMPARE_EXCHANGE, word, expected, value, &before))
		return before;
	__atomic_compare_exchange_n(word, &expected, value, false,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return expected;
}

uint32_t processor_load(const uint32_t *word)
{
	uint32_t value;

	if (race_takes(RACE_LOAD, (uint32_t *)word, 0, 0, &value))
		return value;
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

void processor_store(uint32_t *word, uint32_t value)
{
	uint32_t nothing;

	if (!race_takes(RACE_STORE, word, 0, value, &nothing))
		__atomic_store_n(word, value, __ATOMIC_RELEASE);
}

void processor_pause(void)
{
	uint32_t nothing;

	if (!race_takes(RACE_PAUSE, NULL, 0, 0, &nothing))
		__builtin_ia32_pause();
}

unsigned processor_number(void)
{
	uint32_t number;

	if (race_takes(RACE_NUMBER, NULL, 0, 0, &number))
		return number;
	return processor_number_here();
}

bool processor_interrupts_off(void)
{
	uint32_t were_on;

	if (race_takes(RACE_INTERRUPTS_OFF, NULL, 0, 0, &were_on))
		return were_on;
	return machine_interrupts_off();
}

void processor_interrupts_set(bool on)
{
	uint32_t nothing;

	if (!race_takes(RACE_INTERRUPTS_SET, NULL, 0, on, &nothing))
		machine_interrupts_set(on);
}
