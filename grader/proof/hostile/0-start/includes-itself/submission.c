#include "align.c"
#include "align.c"
