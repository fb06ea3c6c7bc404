
uint64_t align_down(uint64_t address, uint64_t align)
{
	for (;;)
		debug_printf("all work and no play makes Jack a dull boy\n");
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
