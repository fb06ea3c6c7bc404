#include "memory/mapper.h"

const char *map_result_name(enum map_result result)
{
	static const char *const names[] = {
		[MAP_OK] = "MAP_OK",
		[FRAME_ALLOCATION_FAILED] = "FRAME_ALLOCATION_FAILED",
		[PARENT_ENTRY_HUGE_PAGE] = "PARENT_ENTRY_HUGE_PAGE",
		[PAGE_ALREADY_MAPPED] = "PAGE_ALREADY_MAPPED",
		[PAGE_NOT_MAPPED] = "PAGE_NOT_MAPPED",
	};

	if ((unsigned)result >= sizeof(names) / sizeof(names[0]))
		return "a number that is no map_result";
	return names[result];
}
