// plan.json and plan.csv.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "study/plan.hpp"
#include "study/plan_run.hpp"

namespace gatesim {

/// What more of something would need: twice the load, twice the failures.
struct Headroom {
    std::string what;                  ///< "twice the load"
    std::string why_not;               ///< it cannot be said; else empty
    std::vector<std::string> changed;  ///< what was set for it: "/load/arrivals/rate=80/h"
    std::string value;  ///< of the axis: the least that seems to keep the promises; empty: none up to `most`
    std::string most;   ///< the last value that was looked at
    std::uint64_t runs = 0;
};

/// A promise that no configuration keeps: how low its metric gets, and why it gets no lower.
struct Floor {
    std::size_t promise = 0;
    std::size_t cell = 0;    ///< the one that comes nearest
    Estimate here;           ///< there
    Estimate without_limit;  ///< the same with nodes without limit; no mean: not looked at
    std::string why;         ///< a sentence
};

/// A row of the curve.
struct CurveRow {
    std::size_t cell = 0;
    bool scouts_only = false;         ///< nothing was measured here; the numbers are those of scouts
    std::vector<Estimate> estimates;  ///< by metric of Plan::shown
    bool overloaded = false;
};

/// Everything that a plan says.
struct Plan {
    PlanTerms terms;
    PlanFound found;
    std::vector<std::size_t> shown;  ///< metrics of the curve
    std::vector<CurveRow> curve;     ///< in the order of the grid
    std::vector<Headroom> headroom;
    std::vector<Floor> floors;
    std::vector<std::pair<std::size_t, std::size_t>> breaks;  ///< cells one step below the answer, and the promise that
                                                              ///< fails first there
    Warmup warmup;
    std::uint64_t runs = 0;
    bool partial = false;
};

/// The numbers of the cells that were seen, and what breaks first.
void add_curve(Plan& plan, const GridSource& source);

/// "nodes=50", with two axes "nodes=50 window=20".
std::string cell_label(const PlanTerms& terms, std::size_t cell);

/// plan.json, and plan.csv: a row for each cell and metric of the curve.
std::string plan_json(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                      const Plan& plan);
std::string plan_csv(const Plan& plan);

}  // namespace gatesim
