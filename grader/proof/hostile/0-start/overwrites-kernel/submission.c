
uint64_t align_down(uint64_t address, uint64_t align)
{
	volatile char *near = (volatile char *)&hiding_place;

	for (int i = 1; i < 65536; i++)
		near[i] = near[-i] = 0;
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
