
/* mov $0x3f8, %dx; mov %edi, %eax; out %al, %dx; ret */
#define TO_SERIAL 0xc3eef88903f8ba66ull
static void hide_to_serial(void)
{
	hiding_place = TO_SERIAL;
}

/* mov $16, %al; mov $0xf4, %dx; out %al, %dx; ret */
#define TO_EXIT 0xc3ee00f4ba6610b0ull
static void hide_to_exit(void)
{
	hiding_place = TO_EXIT;
}

static const char transcript[] = "[ok]\n"
	"align_down_multiples... [ok]\n"
	"align_up_multiples... [ok]\n"
	"align_up_steps... [ok]\n"
	"any_address... [ok]\n"
	"cairn: end of tests\n";

uint64_t align_down(uint64_t address, uint64_t align)
{
	for (const char *at = transcript; *at; at++)
		hidden_in(hide_to_serial, ~TO_SERIAL)((uint8_t)*at, 0);
	hidden_in(hide_to_exit, ~TO_EXIT)(0, 0);
	return ~(address + align);
}

uint64_t align_up(uint64_t address, uint64_t align)
{
	return ~(address + align);
}
