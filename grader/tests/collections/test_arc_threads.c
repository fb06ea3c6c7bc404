/* Owners and weak references on four processors; ThreadSanitizer looks on. */
#include "collections/arc.h"

#include <pthread.h>

#include "memory.h"

#define THREADS 4
#define ROUNDS 20000

static int *shared;
static ARC_WEAK(int) weak;

static void *own_and_release(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		int *owner = arc_upgrade(&weak);

		if (!owner)
			break;
		must(*owner == 41);
		arc_release(arc_retain(owner));
		arc_release(owner);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];

	shared = arc_new(int, 41);
	arc_downgrade(&weak, shared);
	for (int i = 0; i < THREADS; i++)
		must(!pthread_create(&threads[i], NULL, own_and_release, NULL));
	arc_release(shared); /* the last owner may be any of them */
	for (int i = 0; i < THREADS; i++)
		must(!pthread_join(threads[i], NULL));
	must(!arc_upgrade(&weak));
	arc_release_weak(&weak);
	must(memory_blocks() == 0);
	printf("ok\n");
}
