// Student's t.
#pragma once

#include <cstddef>

namespace gatesim {

/// How many standard errors the two-sided interval of a mean of n values reaches to either side, at that level; n > 1.
double student_quantile(std::size_t n, double level);

}  // namespace gatesim
