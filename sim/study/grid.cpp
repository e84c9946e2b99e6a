#include "study/grid.hpp"

#include "study/grid_work.hpp"

namespace gatesim {

namespace {

/// Runs what of them is not there, or says that it is missing where nothing may run. False: stop.
bool make_there(Grid& grid, const std::vector<GridTask>& wanted, const GridOptions& options) {
    const std::vector<GridTask> missing = grid.missing(wanted);
    if (!options.run_nothing) return grid.run(missing);
    grid.result.missing = missing;
    return missing.empty();
}

/// Finds the warm-up, from pilots that are run first. False: stop.
bool warm_up(Grid& grid, const GridOptions& options) {
    if (!make_there(grid, grid.tasks(grid.pilots(), true), options)) return false;
    grid.set_warmup();
    return true;
}

}  // namespace

Series GridResult::values(std::size_t arm, std::size_t metric) const {
    Series out;
    for (const ReplicationRecord& r : records[arm]) out.push_back(r.values[metric]);
    return out;
}

Chance GridResult::chance_between(std::size_t arm, std::size_t other) const {
    if (what_runs[arm] == what_runs[other]) return Chance::none;
    for (std::size_t a : {arm, other})
        if (chance_in(records[a]) == Chance::some) return Chance::some;
    return Chance::none;
}

std::string journal_terms(const GridOptions& options) {
    std::string out = "seed " + std::to_string(options.seed);
    if (options.until != kNever) out += ", until " + std::to_string(options.until) + " us";
    return out;
}

GridResult run_grid(const std::vector<Arm>& arms, const GridOptions& options, Journal& journal,
                    const std::function<bool(const GridResult&)>& enough) {
    Grid grid(arms, options, journal);
    GridResult& result = grid.result;
    for (const Arm& arm : arms) result.what_runs.push_back(what_runs(arm.scenario));
    result.problem = journal.problem();
    grid.progress.looks = options.looks.size();
    bool whole = result.problem.text.empty() && warm_up(grid, options);
    std::uint32_t used = 0;
    for (std::uint32_t count : options.looks) {
        if (!whole) break;
        grid.progress.look = ++result.look;
        used = count;
        whole = make_there(grid, grid.tasks(count, false), options);
        grid.collect(count);
        if (!whole) break;
        result.settled = enough(result);
        if (result.settled) break;
    }
    if (whole && options.run_nothing) {
        grid.keep(grid.tasks(grid.pilots(), true));
        grid.keep(grid.tasks(used, false));
    }
    grid.set_timing();
    return std::move(grid.result);
}

Warmup find_warmup(const Scenario& scenario, const GridOptions& options, StudyProblem& problem) {
    Journal none;
    const std::vector<Arm> arms = {{"", scenario}};
    Grid grid(arms, options, none);
    warm_up(grid, options);
    problem = grid.result.problem;
    if (grid.result.interrupted) problem = {"interrupted before anything was done", 130, 0};
    return grid.result.warmup;
}

}  // namespace gatesim
