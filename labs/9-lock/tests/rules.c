#include "rules.h"

const struct rule rule_takes = {
	"lock-1", "a lock that nobody holds can be taken, and one that is held cannot"
};
