
uint64_t align_down(uint64_t address, uint64_t align)
{
	uint64_t *frame = __builtin_frame_address(0);

	for (int i = 1; i < 64; i++)
		frame[i] = (uint64_t)__builtin_return_address(0);
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
