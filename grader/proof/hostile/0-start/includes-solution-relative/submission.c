#include "../../../solutions/0-start/align.c"
