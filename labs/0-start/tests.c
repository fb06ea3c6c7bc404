/*
 * The tests of lab 0: rounding down and up, first with numbers to check by
 * hand, then with any numbers.
 */
#include "memory/align.h"
#include "test/line.h"
#include "test/test.h"

static const struct rule rule_down = {
	"start-1", "align_down gives the largest multiple that is not above"
};
static const struct rule rule_up = {
	"start-2", "align_up gives the smallest multiple that is not below"
};

/* These show the call just as it is written here when it fails. */
#define check_down(address, align, expected)                              \
	check_hex(&rule_down, "align_down(" #address ", " #align ")",     \
		  expected, align_down(address, align))
#define check_up(address, align, expected)                                \
	check_hex(&rule_up, "align_up(" #address ", " #align ")",         \
		  expected, align_up(address, align))

/* Addresses between two multiples. */
static void align_down_between(void)
{
	check_down(0x1234, 0x1000, 0x1000);
	check_down(0x1fff, 0x1000, 0x1000);
	check_down(0x1fff, 0x10, 0x1ff0);
	check_down(0x444444440123, 0x100, 0x444444440100);
	check_down(0xfffffffffffff234, 0x1000, 0xfffffffffffff000);
}

/* An address that is a multiple already stays where it is. */
static void align_down_multiples(void)
{
	check_down(0x1000, 0x1000, 0x1000);
	check_down(0, 0x1000, 0);
	check_down(0x1235, 1, 0x1235);
	check_down(0xfffffffffffff000, 0x1000, 0xfffffffffffff000);
}

/* An address that is a multiple already stays where it is. */
static void align_up_multiples(void)
{
	check_up(0x1000, 0x1000, 0x1000);
	check_up(0, 0x1000, 0);
	check_up(0x1235, 1, 0x1235);
	check_up(0xfffffffffffff000, 0x1000, 0xfffffffffffff000);
}

/* One address after the other, from one multiple to the next. */
static void align_up_steps(void)
{
	check_up(0x1000, 16, 0x1000);
	for (uint64_t address = 0x1001; address <= 0x1010; address++)
		check_hex(&rule_up, "align_up(0x1001 to 0x1010, 16)", 0x1010,
			  align_up(address, 16));
	check_up(0x444444440123, 0x100, 0x444444440200);
}

static void check_call(const struct rule *rule, const char *function,
		       uint64_t address, uint64_t align, uint64_t expected,
		       uint64_t actual)
{
	struct line call = LINE_EMPTY;

	if (actual == expected)
		return;
	line_add(&call, "%s(0x%llx, 0x%llx)", function,
		 (unsigned long long)address, (unsigned long long)align);
	check_hex(rule, call.text, expected, actual);
}

/*
 * Any multiple of any align, the small ones first, and what is round it: the last
 * address below the next multiple goes down to this one, the first one above this goes
 * up to it.
 */
static void any_address(void)
{
	for (unsigned i = 0; i < 10000; i++) {
		uint64_t align = 1ull << i * 64 / 10000;
		uint64_t multiple = test_random() & ~(align - 1);
		uint64_t offset = test_random() & (align - 1);
		uint64_t address = multiple + offset;

		check_call(&rule_down, "align_down", address, align, multiple,
			   align_down(address, align));
		if (address > UINT64_MAX - (align - 1))
			continue; /* there is no multiple above */
		check_call(&rule_up, "align_up", address, align,
			   offset ? multiple + align : multiple,
			   align_up(address, align));
	}
}

static const struct test tests[] = {
	{ "align_down_between", align_down_between },
	{ "align_down_multiples", align_down_multiples },
	{ "align_up_multiples", align_up_multiples },
	{ "align_up_steps", align_up_steps },
	{ "any_address", any_address },
};

LAB("0-start", tests);
