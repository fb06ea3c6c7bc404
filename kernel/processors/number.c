#include "machine/descriptors.h"
#include "processors/race.h"

unsigned processor_number_here(void)
{
	return descriptors_processor();
}
