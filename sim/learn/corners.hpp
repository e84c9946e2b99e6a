// The ends of what a learner may set: work that no author writes, and some learner does.
#pragma once

#include <string>
#include <vector>

#include "learn/lesson.hpp"
#include "learn/work.hpp"

namespace gatesim::learn {

/// Works with every pointer of `edit` and every lever at one of its ends, all else as in `solved`. Up to four of them:
/// all combinations. More: each at both ends by itself, and all at once. A value out of a list is left as it is.
std::vector<Work> corner_works(const Lesson& lesson, const Work& solved);

/// "/strategy/window = 200, /strategy/window_floor = 1"
std::string corner_text(const Work& work);

}  // namespace gatesim::learn
