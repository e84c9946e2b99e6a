// Review as a delay.
#pragma once

#include <memory>

#include "load/people/review_desk.hpp"

namespace gatesim {

std::unique_ptr<ReviewDesk> make_sampled_desk(const Scenario& scenario, const SampledReview& review,
                                              const Rhythm& rhythm, Luck luck, Calendar& calendar, LoadDoor& door,
                                              ReviewListener& listener);

}  // namespace gatesim
