// What replications say of promises, and of the way in which an axis helps.
#pragma once

#include <vector>

#include "study/plan.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

/// A promise by the values of its metric, with an interval of that level.
PromiseView judge_promise(const Promise& promise, const Series& values, double level, double matters, Chance chance);

/// All looks at a cell so far, with the levels of spent_levels: each promise stands as the first look that decided it
/// says. A cell fails with the first promise that does, and keeps them when all are kept; without the opposing ones.
void judge_cell(const PlanTerms& terms, const std::vector<double>& levels, const PlanSource& source, std::size_t index,
                const std::vector<bool>& opposing, PlanCell& cell);
/// The same with all promises, of a cell that was judged.
PlanStanding standing_with_all(const PlanCell& cell);

/// Whether the means keep all promises, as far as is seen; those of `without` do not count.
bool leans_to_keep(const PlanTerms& terms, const std::vector<Series>& values, const std::vector<bool>& without = {});

/// One step along an axis: whether it helps a promise (+1), hurts it (-1), or cannot be told (0), at that level.
int effect_of(const Promise& promise, const Series& less, const Series& more, double level);

/// What steps along an axis do to the promises.
struct AxisEffects {
    std::vector<std::vector<int>> steps;  ///< by step and promise, as effect_of
    std::vector<int> trend;               ///< by promise: from the first to the last of the lines
};

/// Which way helps, by the first promise that shows it: then `opposing` is set of those that want the other way.
/// `neither` where steps help a promise and hurt it.
PlanAxisFound found_of_axis(const PlanTerms& terms, const SweepAxis& axis, const AxisEffects& effects,
                            std::vector<bool>& opposing);

}  // namespace gatesim
