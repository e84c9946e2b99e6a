// What common luck is worth: the variance of a difference between two gates, with both on the same luck and with each
// on its own. A ratio of 10 means: ten times as many replications would be needed for the same interval without
// pairing.
//
//     bench_pairing [REPLICATIONS]
#include <fmt/format.h>

#include <cstdlib>

#include "measure/metric.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/grid.hpp"
#include "study/process_pool.hpp"

using namespace gatesim;

namespace {

Arm arm(const std::string& label, const std::string& name, const std::vector<std::string>& sets) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = sets;
    Loaded loaded = load_scenario(std::string(GATESIM_SOURCE) + "/scenarios/" + name, options);
    if (!loaded.scenario) {
        fmt::print(stderr, "{}\n", text(loaded.diagnostics));
        std::exit(2);
    }
    return {label, std::move(*loaded.scenario)};
}

GridResult run(const std::vector<Arm>& arms, std::uint64_t seed, std::uint32_t replications) {
    GridOptions options;
    options.seed = seed;
    options.engine = "heap";
    options.jobs = available_processors();
    options.looks = {replications};
    Journal none;
    GridResult result = run_grid(arms, options, none, [](const GridResult&) { return false; });
    if (!result.problem.text.empty()) {
        fmt::print(stderr, "{}\n", result.problem.text);
        std::exit(result.problem.exit_code);
    }
    return result;
}

double variance(const Series& values) {
    double sum = 0, squares = 0, n = 0;
    for (const auto& v : values) {
        if (!v) continue;
        sum += *v;
        ++n;
    }
    for (const auto& v : values)
        if (v) squares += (*v - sum / n) * (*v - sum / n);
    return squares / (n - 1);
}

void question(const std::string& title, const std::vector<Arm>& arms, std::uint32_t replications) {
    const GridResult same = run(arms, 1, replications);
    const GridResult other = run({arms[1]}, 2, replications);
    fmt::print("{}, {} replications\n", title, replications);
    for (const char* name : {"landing_time_s.mean", "landing_time_s.p95", "builds_per_landed", "node_hours"}) {
        const std::size_t m = *find_metric(name);
        const Series a = same.values(0, m);
        const double together = variance(paired(same.values(1, m), a));
        const double apart = variance(paired(other.values(0, m), a));
        fmt::print("  {:<20} on the same luck {:>12.4g}   each on its own {:>12.4g}   ratio {:.1f}\n", name, together,
                   apart, apart / together);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto n = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 40);
    if (n < 2) return 2;
    question("bootcamp-2013: nearest-non-failing against cancel-behind",
             {arm("cancel-behind", "bootcamp-2013", {}),
              arm("nearest-non-failing", "bootcamp-2013", {"/strategy/on_failure=nearest-non-failing"})},
             n);
    question("year, 1,000 changes: window 20 against 10",
             {arm("10", "year", {"/load/arrivals/limit=1000", "/strategy/window=10", "/strategy/window_floor=10"}),
              arm("20", "year", {"/load/arrivals/limit=1000"})},
             n);
}
