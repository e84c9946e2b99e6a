// What replications say of promises, and of the way in which an axis helps.
#pragma once

#include <vector>

#include "study/plan.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

/// A promise by the values of its metric, with an interval of that level.
PromiseView judge_promise(const Promise& promise, const Series& values, double level, double matters, Chance chance);

/// All looks at a cell so far, with the levels of spent_levels: each promise stands as the first look that decided it
/// says. A cell fails with the first promise that does, and keeps them when all are kept.
void judge_cell(const PlanTerms& terms, const std::vector<double>& levels, const PlanSource& source, std::size_t index,
                PlanCell& cell);

/// Whether the means keep all promises, as far as is seen.
bool leans_to_keep(const PlanTerms& terms, const std::vector<Series>& values);

/// One step along an axis: whether it helps a promise (+1), hurts it (-1), or cannot be told (0), at that level.
int effect_of(const Promise& promise, const Series& less, const Series& more, double level);

/// What steps along an axis do to the promises, by step and promise.
struct AxisEffects {
    std::vector<std::vector<int>> steps;
    std::vector<double> trend;  ///< by promise: from the first to the last of the line, as a share; positive helps
};
PlanAxisFound found_of_axis(const PlanTerms& terms, const SweepAxis& axis, const AxisEffects& effects);

}  // namespace gatesim
