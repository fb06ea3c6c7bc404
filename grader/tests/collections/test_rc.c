/* Counted values, strong and weak, plain and atomic, by one set of tests. */
#include "collections/arc.h"
#include "collections/rc.h"

#include "memory.h"

struct wide {
	_Alignas(64) int number;
};

/* KIND is rc or arc. */
#define DEFINE_TESTS(KIND, WEAK)                                            \
	static void KIND##_owners(void)                                     \
	{                                                                   \
		int *one = KIND##_new(int, 41), *two = KIND##_retain(one);  \
                                                                            \
		must(one == two && *two == 41 && KIND##_count(one) == 2);   \
		KIND##_release(one);                                        \
		must(*two == 41 && memory_blocks() == 1);                   \
		KIND##_release(two);                                        \
		must(memory_blocks() == 0);                                 \
	}                                                                   \
                                                                            \
	static void KIND##_weak_references(void)                            \
	{                                                                   \
		struct wide *owner =                                        \
			KIND##_new(struct wide, ((struct wide){ 41 }));     \
		WEAK(struct wide) weak, other;                              \
                                                                            \
		must((uint64_t)owner % 64 == 0);                            \
		KIND##_downgrade(&weak, owner);                             \
		KIND##_downgrade(&other, owner);                            \
		must(KIND##_upgrade(&weak) == owner);                       \
		KIND##_release(owner);                                      \
		must(owner->number == 41);                                  \
		KIND##_release(owner);                                      \
		must(KIND##_upgrade(&weak) == NULL);                        \
		must(memory_blocks() == 1);                                 \
		KIND##_release_weak(&other);                                \
		must(memory_blocks() == 1);                                 \
		KIND##_release_weak(&weak);                                 \
		must(memory_blocks() == 0);                                 \
	}                                                                   \
                                                                            \
	static void KIND##_weak_first(void)                                 \
	{                                                                   \
		int *owner = KIND##_new(int, 1);                            \
		WEAK(int) weak;                                             \
                                                                            \
		KIND##_downgrade(&weak, owner);                             \
		KIND##_release_weak(&weak);                                 \
		must(*owner == 1 && memory_blocks() == 1);                  \
		KIND##_release(owner);                                      \
		must(memory_blocks() == 0);                                 \
	}                                                                   \
                                                                            \
	static void KIND##_without_memory(void)                             \
	{                                                                   \
		memory_refuse(1);                                           \
		must(!KIND##_new(int, 1));                                  \
		memory_refuse(0);                                           \
		must(!KIND##_core_new(NULL, (struct layout){ SIZE_MAX, 1 })); \
		must(!KIND##_core_new(NULL,                                 \
				      (struct layout){ SIZE_MAX - 40, 8 })); \
		must(memory_blocks() == 0);                                 \
	}                                                                   \
                                                                            \
	static WEAK(int) KIND##_kept; /* keeps the counts where they are */ \
                                                                            \
	static void KIND##_release_twice(void)                              \
	{                                                                   \
		int *owner = KIND##_new(int, 1);                            \
                                                                            \
		KIND##_downgrade(&KIND##_kept, owner);                      \
		KIND##_release(owner);                                      \
		KIND##_release(owner);                                      \
	}                                                                   \
                                                                            \
	static void KIND##_all(void)                                        \
	{                                                                   \
		size_t before = memory_blocks();                            \
                                                                            \
		must(before == 0);                                          \
		KIND##_owners();                                            \
		KIND##_weak_references();                                   \
		KIND##_weak_first();                                        \
		KIND##_without_memory();                                    \
	}

DEFINE_TESTS(rc, RC_WEAK)
DEFINE_TESTS(arc, ARC_WEAK)

int main(void)
{
	rc_all();
	arc_all();
	must(panics(rc_release_twice));
	must(panics(arc_release_twice));
	rc_release_weak(&rc_kept);
	arc_release_weak(&arc_kept);
	must(memory_blocks() == 0);
	printf("ok\n");
}
