// Design: divide and conquer: map the lower half, then the upper one, and take the lower back if that fails
#include "memory/heap.h"

struct job {
	const struct mapper *mapper;
	struct frame_source *frames;
};

static void take_back(const struct job *job, uint64_t low, uint64_t high)
{
	struct frame frame;

	if (high - low > PAGE_SIZE) {
		uint64_t middle = low + (high - low) / (2 * PAGE_SIZE) * PAGE_SIZE;
		take_back(job, low, middle);
		take_back(job, middle, high);
	} else if (unmap(job->mapper, (struct page){ low }, &frame) == MAP_OK) {
		frame_source_deallocate(job->frames, frame);
	}
}

static enum map_result give(const struct job *job, uint64_t low, uint64_t high)
{
	enum map_result result;

	if (high - low > PAGE_SIZE) {
		uint64_t middle = low + (high - low) / (2 * PAGE_SIZE) * PAGE_SIZE;

		if ((result = give(job, low, middle)) != MAP_OK)
			return result;
		if ((result = give(job, middle, high)) != MAP_OK)
			take_back(job, low, middle);
		return result;
	}
	struct frame frame = frame_source_allocate(job->frames);
	if (frame_is_none(frame))
		return FRAME_ALLOCATION_FAILED;
	result = map_to(job->mapper, (struct page){ low }, frame,
			PTE_WRITABLE | PTE_NO_EXECUTE, job->frames);
	if (result != MAP_OK)
		frame_source_deallocate(job->frames, frame);
	return result;
}

enum map_result init_heap(const struct mapper *mapper,
			  struct frame_source *frames)
{
	struct job job = { mapper, frames };

	return give(&job, HEAP_START, HEAP_START + HEAP_SIZE);
}
