/* Growing strings. */
#include "collections/text.h"

#include "memory.h"

static void grows(void)
{
	struct text text = TEXT_EMPTY;

	must(text_length(&text) == 0 && !strcmp(text_bytes(&text), ""));
	must(memory_blocks() == 0);
	must(text_append(&text, "hello"));
	must(text_append_byte(&text, ','));
	must(text_format(&text, " %d worlds of %s", 2, "ours"));
	must(!strcmp(text_bytes(&text), "hello, 2 worlds of ours"));
	must(text_length(&text) == 23);
	must(text_format(&text, "; %s", text_bytes(&text)));
	must(text_length(&text) == 48);
	must(!strcmp(text_bytes(&text) + 25, "hello, 2 worlds of ours"));
	text_cut(&text, 100);
	must(text_length(&text) == 48);
	text_cut(&text, 5);
	must(!strcmp(text_bytes(&text), "hello"));
	text_free(&text);
	must(text_length(&text) == 0);
}

static void doubles_itself(void)
{
	struct text text = TEXT_EMPTY;

	must(text_append(&text, "ab"));
	for (size_t length = 2; length < 5000; length *= 2) {
		must(text_length(&text) == length);
		must(text_append(&text, text_bytes(&text)));
	}
	for (size_t i = 0; i < text_length(&text); i++)
		must(text_bytes(&text)[i] == "ab"[i % 2]);
	text_free(&text);
}

static void in_order(void)
{
	struct text one = TEXT_EMPTY, other = TEXT_EMPTY;

	must(text_compare(&one, &other) == 0);
	must(text_append(&one, "a"));
	must(text_compare(&one, &other) > 0 && text_compare(&other, &one) < 0);
	must(text_append(&other, "a\xff"));
	must(text_append_byte(&one, '\0'));
	must(text_length(&one) == 2);
	must(text_compare(&one, &other) < 0);
	text_free(&one);
	text_free(&other);
}

static bool fill(void)
{
	struct text text = TEXT_EMPTY;
	size_t before = 0;
	bool done = true;

	for (int i = 0; i < 20 && done; i++) {
		before = text_length(&text);
		done = text_format(&text, "%d and %d, ", i, i);
	}
	must(text_length(&text) == strlen(text_bytes(&text)));
	must(done || text_length(&text) == before);
	text_free(&text);
	must(memory_blocks() == 0);
	return done;
}

int main(void)
{
	grows();
	doubles_itself();
	in_order();
	refuse_each(fill);
	must(memory_blocks() == 0);
	printf("ok\n");
}
