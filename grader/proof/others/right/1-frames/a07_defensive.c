// Design: verbose and defensive: magic numbers, poison in returned frames, panics on a caller's bug that it notices
#include "memory/frame_allocator.h"

#include "lib/panic.h"
#include "lib/string.h"
#include "machine.h"

#define ALLOCATOR_MAGIC 0xa110ca70f4a3e5ull
#define FREE_MAGIC 0xf4eef4eef4eef4eeull

struct frame_allocator {
	uint64_t magic;
	const struct boot_info *boot_info;
	size_t current_area_index;
	uint64_t current_address;
	bool area_entered;
	uint64_t number_out;
	uint64_t free_list_head;
	uint64_t free_list_length;
};

struct free_frame {
	uint64_t magic;
	uint64_t address;
	uint64_t next;
};

static void check_allocator(const struct frame_allocator *frames)
{
	require(frames != NULL, "no allocator");
	require(frames->magic == ALLOCATOR_MAGIC, "this is no frame allocator");
}

struct frame_allocator *frame_allocator_init(void *memory,
					     const struct boot_info *info)
{
	struct frame_allocator *frames = memory;

	require(memory != NULL, "no memory for the allocator");
	require(info != NULL, "no boot information");
	memset(memory, 0, FRAME_ALLOCATOR_SIZE);
	frames->magic = ALLOCATOR_MAGIC;
	frames->boot_info = info;
	return frames;
}

/*
 * The end of the last used range that touches the frame at address; 0 if there
 * is none.  Looks at all of them, every time.
 */
static uint64_t used_until(const struct boot_info *info, uint64_t address)
{
	uint64_t last_byte = address + PAGE_SIZE - 1;
	uint64_t until = 0;

	for (size_t i = 0; i < info->used_count; i++) {
		uint64_t first_used = info->used[i].start;
		uint64_t last_used = info->used[i].end - 1;

		if (first_used <= last_byte && last_used >= address)
			until = info->used[i].end;
	}
	return until;
}

static uint64_t next_untouched(struct frame_allocator *frames)
{
	const struct boot_info *info = frames->boot_info;

	while (frames->current_area_index < info->area_count) {
		const struct memory_area *area =
			&info->areas[frames->current_area_index];

		if (area->type == MEMORY_USABLE) {
			bool overflow = false;

			if (!frames->area_entered) {
				frames->area_entered = true;
				frames->current_address =
					page_boundary_above(area->range.start);
				if (area->range.start == 0)
					frames->current_address = PAGE_SIZE;
				if (frames->current_address < area->range.start)
					overflow = true;
			}
			while (!overflow &&
			       frames->current_address < area->range.end &&
			       area->range.end - frames->current_address >= PAGE_SIZE) {
				uint64_t candidate = frames->current_address;
				uint64_t until = used_until(info, candidate);

				if (until == 0) {
					frames->current_address += PAGE_SIZE;
					return candidate;
				}
				frames->current_address = page_boundary_above(until);
				if (frames->current_address == 0)
					overflow = true;
			}
			if (overflow) {
				frames->current_area_index = info->area_count;
				break;
			}
		}
		frames->current_area_index++;
		frames->area_entered = false;
	}
	return 0;
}

struct frame frame_allocate(struct frame_allocator *frames)
{
	struct frame result = NO_FRAME;

	check_allocator(frames);
	if (frames->free_list_head != 0) {
		struct free_frame *memory;

		result.start = frames->free_list_head;
		memory = machine_frame_memory(result);
		require(memory->magic == FREE_MAGIC && memory->address == result.start,
			"a free frame was written to");
		frames->free_list_head = memory->next;
		frames->free_list_length--;
		memset(memory, 0, PAGE_SIZE);
	} else {
		uint64_t address = next_untouched(frames);

		if (address == 0)
			return NO_FRAME;
		result.start = address;
	}
	frames->number_out++;
	return result;
}

void frame_deallocate(struct frame_allocator *frames, struct frame frame)
{
	struct free_frame *memory;

	check_allocator(frames);
	require(!frame_is_none(frame), "NO_FRAME is given back");
	require(frame.start % PAGE_SIZE == 0, "this is no frame's start");
	require(frames->number_out > 0, "no frame is out");
	memory = machine_frame_memory(frame);
	memset(memory, 0xdd, PAGE_SIZE);
	memory->magic = FREE_MAGIC;
	memory->address = frame.start;
	memory->next = frames->free_list_head;
	frames->free_list_head = frame.start;
	frames->free_list_length++;
	frames->number_out--;
}
