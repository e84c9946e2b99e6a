// Changes that arrive at a rate (`load.arrivals`).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/change_kind.hpp"
#include "model/ids.hpp"
#include "model/varying.hpp"
#include "model/weekly_hours.hpp"

namespace gatesim {

/// By what a rate was stated, which counts where it has hours: "8/h" is meant in those hours, "40/day" on each day that
/// has any, spread over them, "40/weekday" the same on Monday to Friday only, "200/week" in all hours of the week.
enum class RatePer : std::uint8_t { hour, day, weekday, week };

/// Changes that arrive as a Poisson stream, spread over the projects by weight.
struct ArrivalLoad {
    std::vector<ChangeKind> kinds;  ///< the rest is "code"
    Varying<double> per_second;     ///< averaged over day and night, or over a whole week (see `per`)
    std::vector<std::pair<ProjectId, double>> projects;
    std::uint64_t limit = 0;  ///< stop after so many changes; 0 = the period's end
    WeeklyHours hours;        ///< arrive in these only; always() = day and night, and `per` says nothing
    Varying<RatePer> per;     ///< has the steps of per_second
    bool says_hours = true;   ///< false: the scenario leaves open when they arrive
};

}  // namespace gatesim
