// Design: C++ in C: Stack and BlockAllocator "classes" with methods, constructor, and a factory for sizes
// Right: one instance, constructed anew at each init; sizeClass() decides for both ways
// Shown: yes
#include "memory/allocator.h"

#include "6-blocks/fallback.h"

typedef struct layout Layout;
typedef struct Node Node;
struct Node { Node *m_next; };

/* ---- class Stack ---- */
typedef struct Stack Stack;
struct Stack { Node *m_top; Layout m_layout; };

static void Stack_Stack(Stack *this, size_t bytes)
{
	this->m_top = NULL;
	this->m_layout.size = this->m_layout.align = bytes;
}

static bool Stack_fits(const Stack *this, const Layout *layout)
{
	return layout->size <= this->m_layout.size &&
	       layout->align <= this->m_layout.align;
}

static void Stack_push(Stack *this, void *raw)
{
	Node *node = (Node *)raw;
	node->m_next = this->m_top;
	this->m_top = node;
}

static void *Stack_popOrCreate(Stack *this)
{
	Node *node = this->m_top;
	if (node == NULL)
		return fallback_alloc(this->m_layout);
	this->m_top = node->m_next;
	return node;
}

/* ---- class BlockAllocator ---- */
typedef struct BlockAllocator BlockAllocator;
struct BlockAllocator { Stack m_stacks[9]; };

static void BlockAllocator_BlockAllocator(BlockAllocator *this)
{
	size_t bytes = 8;
	for (int i = 0; i != 9; ++i, bytes += bytes)
		Stack_Stack(&this->m_stacks[i], bytes);
}

/* Binary search: the first stack that fits, or NULL. */
static Stack *BlockAllocator_sizeClass(BlockAllocator *this, const Layout *layout)
{
	int low = 0, high = 9;
	while (low < high) {
		const int middle = low + (high - low) / 2;
		if (Stack_fits(&this->m_stacks[middle], layout))
			high = middle;
		else
			low = middle + 1;
	}
	return low == 9 ? NULL : &this->m_stacks[low];
}

static BlockAllocator g_allocator;

void allocator_init(void *start, size_t size)
{
	BlockAllocator_BlockAllocator(&g_allocator);
	fallback_allocator_init(start, size);
}

void *alloc(struct layout layout)
{
	layout_check(layout);
	if (layout.size == 0) { return NULL; }
	Stack *const stack = BlockAllocator_sizeClass(&g_allocator, &layout);
	return stack != NULL ? Stack_popOrCreate(stack) : fallback_alloc(layout);
}

void dealloc(void *block, struct layout layout)
{
	Stack *const stack = BlockAllocator_sizeClass(&g_allocator, &layout);
	if (stack != NULL)
		Stack_push(stack, block);
	else
		fallback_dealloc(block, layout);
}
