// What a plan says beyond its answer: what twice the load and twice the failures would need, and why a promise that
// nothing keeps cannot be kept.
#pragma once

#include <string>
#include <vector>

#include "command/plan_terms.hpp"
#include "study/plan_document.hpp"

namespace gatesim {

/// The cells of a plan and the arms behind them that only the extras run.
struct PlanArms {
    static constexpr std::size_t kNoArm = static_cast<std::size_t>(-1);

    struct Scaled {
        Headroom said;                    ///< `why_not` is set where there is nothing to run
        std::size_t first = 0;            ///< arm of the first value
        std::vector<std::string> values;  ///< of the axis, and twice as far
    };

    std::vector<Arm> arms;  ///< the cells, then the others
    std::vector<Scaled> scaled;
    std::size_t without_limit = kNoArm;  ///< the last cell with nodes without limit
    std::size_t wide = kNoArm;           ///< the same, and as many changes tested at once as there are
};

/// Loads them. `exit_code` is set and what is wrong is printed if that fails.
std::optional<PlanArms> load_plan_arms(const Arguments& arguments, const PlanAsked& asked, int& exit_code);

/// Scouts what the answer would be, by halves. False: stop.
bool add_headroom(const PlanArms& arms, Grid& grid, Plan& plan);

/// Of each promise that the best cell does not keep. False: stop.
bool add_floors(const PlanArms& arms, Grid& grid, const GridSource& source, Plan& plan);

}  // namespace gatesim
