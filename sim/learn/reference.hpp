// What the reference answer reaches, to stand beside what the learner reached.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "learn/checker.hpp"
#include "learn/golden.hpp"
#include "learn/work.hpp"
#include "study/journal.hpp"

namespace gatesim::learn {

/// By check: what the reference answer measures, as text. Checks of an answer have none: their goal says it.
using Reference = std::map<std::string, std::string>;

/// Measures it on the runs of the figures. What went wrong is in `out`.
Reference measure_reference(const Lesson& lesson, const GoldenOptions& how, const std::shared_ptr<Journal>& journal,
                            GoldenResult& out);

/// As expected/golden.json has it.
Reference read_reference(const Lesson& lesson);

/// One line of the comparison: what it is, the learner's and the reference's.
struct Beside {
    std::string what, yours, reference;
};

/// The learner's settings, levers and measured figures beside those of the reference. Only what both have.
std::vector<Beside> beside_reference(const Lesson& lesson, const Work& work, const CheckOutcome& outcome);

}  // namespace gatesim::learn
