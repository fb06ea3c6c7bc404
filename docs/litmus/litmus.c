/*
 * Two small programs of two processors, played in every order that a machine may
 * make of them.  `make litmus` prints what their loads may find, and the handout
 * of lab 9 quotes it.
 *
 * A machine does what stands in the program, in this order, but for two liberties:
 * a store may wait in a buffer, where others do not see it; and a load may be made
 * before a plain load that stands before it.  x86 has a buffer, which stores leave
 * in order (Intel SDM volume 3A, "Memory Ordering").  The weak one keeps no order
 * that a door does not ask for; real ones differ in more than this.  The names of
 * the programs are those of Alglave, Maranget and Tautschnig, "Herding Cats",
 * TOPLAS 2014.
 */
#include <stdbool.h>
#include <stdio.h>

enum { PROCESSORS = 2, LENGTH = 2, WORDS = 2, MACHINES = 3, DOORS = 3 };
enum kind { STORE, STORE_RELEASE, EXCHANGE, LOAD, LOAD_ACQUIRE };

/* All words begin with 0, and what writes, writes 1. */
struct operation {
	enum kind kind;
	unsigned word;
};

struct program {
	const char *doors;
	struct operation of[PROCESSORS][LENGTH];
};

#define DOORS_TO(program)                                                 \
	{                                                                 \
		{ "plain", program(STORE, LOAD) },                        \
		{ "store (release), load (acquire)",                      \
		  program(STORE_RELEASE, LOAD_ACQUIRE) },                 \
		{ "exchange, load (acquire)",                             \
		  program(EXCHANGE, LOAD_ACQUIRE) },                      \
	}

/* Data are plain, as those that a lock protects; flags are not. */
enum { DATA, FLAG, X = 0, Y };
#define PASSING(store, load)                                              \
	{ { { STORE, DATA }, { store, FLAG } },                           \
	  { { load, FLAG }, { LOAD, DATA } } }
#define BUFFERING(store, load)                                            \
	{ { { store, X }, { load, Y } }, { { store, Y }, { load, X } } }
static const struct program passing[DOORS] = DOORS_TO(PASSING);
static const struct program buffering[DOORS] = DOORS_TO(BUFFERING);

static const struct machine {
	const char *name;
	bool buffers, reorders;
} machines[MACHINES] = {
	{ "in order", false, false },
	{ "x86", true, false },
	{ "weak", true, true },
};

struct state {
	bool memory[WORDS];
	struct {
		bool is_done, waits; /* a store, in the buffer */
		bool found; /* what a load has */
	} of[PROCESSORS][LENGTH];
};

/* Operation i of p is done, or leaves the buffer; false if it cannot be now. */
static bool step(const struct machine *machine, const struct program *program,
		 struct state *state, int p, int i)
{
	enum kind kind = program->of[p][i].kind;
	bool *word = &state->memory[program->of[p][i].word];
	bool leaves = state->of[p][i].waits;

	if (state->of[p][i].is_done && !leaves)
		return false;
	for (int before = 0; before < i; before++) {
		bool overtakes = machine->reorders && kind >= LOAD &&
				 program->of[p][before].kind == LOAD;
		bool in_order = kind == EXCHANGE ||
				(leaves && (!machine->reorders ||
					    kind == STORE_RELEASE));

		if ((!state->of[p][before].is_done && !overtakes) ||
		    (state->of[p][before].waits && in_order))
			return false;
	}
	state->of[p][i].is_done = true;
	state->of[p][i].waits = machine->buffers && !leaves && kind < EXCHANGE;
	if (kind >= LOAD)
		state->of[p][i].found = *word;
	else if (!state->of[p][i].waits)
		*word = true;
	return true;
}

/* Every order of the rest; a bit for each outcome: bit 0 for 00, bit 1 for 01. */
static unsigned play(const struct machine *machine,
		     const struct program *program, const struct state *state)
{
	unsigned outcomes = 0, outcome = 0;

	for (int p = 0; p < PROCESSORS; p++)
		for (int i = 0; i < LENGTH; i++) {
			struct state next = *state;

			if (step(machine, program, &next, p, i))
				outcomes |= play(machine, program, &next);
			if (program->of[p][i].kind >= LOAD)
				outcome = 2 * outcome + state->of[p][i].found;
		}
	return outcomes ? outcomes : 1u << outcome;
}

/* Stressed: what no machine does in order. */
static void print_table(const char *name, const struct program *programs)
{
	const struct state start = { 0 };

	printf("| %s |", name);
	for (int m = 0; m < MACHINES; m++)
		printf(" %s |", machines[m].name);
	printf("\n| --- | --- | --- | --- |\n");
	for (const struct program *of = programs; of < programs + DOORS; of++) {
		unsigned in_order = play(&machines[0], of, &start);

		printf("| %s |", of->doors);
		for (int m = 0; m < MACHINES; m++) {
			unsigned outcomes = play(&machines[m], of, &start);

			for (unsigned o = 0; o < 4; o++)
				if (outcomes >> o & 1)
					printf(in_order >> o & 1 ? " %u%u" :
								   " **%u%u**",
					       o / 2, o % 2);
			printf(" |");
		}
		printf("\n");
	}
}

int main(void)
{
	print_table("message passing: `flag`, `data`", passing);
	printf("\n");
	print_table("store buffering: `y`, `x`", buffering);
	return 0;
}
