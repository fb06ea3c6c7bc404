#include "submission.c"
#include "submission.c"
