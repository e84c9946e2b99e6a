// What an event costs in a long queue beside a short one: window fixed at 20, nodes without limit, every tenth change
// fails and every tenth needs an earlier one. Both queues are kept full while the same number of changes goes through
// them. Prints medians of interleaved rounds and their ratio.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "kernel/engine.hpp"
#include "study/world.hpp"

namespace {

using namespace gatesim;

Scenario scenario_of(int length, int through) {
    Scenario s;
    Pipeline gate;
    gate.name = "gate";
    gate.strategy = {"zuul",
                     {{"window", std::int64_t{20}},
                      {"window_floor", std::int64_t{20}},
                      {"window_increase_factor", std::int64_t{0}}}};
    s.pipelines = {gate};
    s.labels = {"any"};
    Pool pool;
    pool.name = "any";
    pool.labels = {0};
    s.pools = {pool};
    s.job_names = {"unit", "full"};
    Job unit, full;
    unit.id = 0;
    unit.label = full.label = 0;
    unit.duration.a = 45;
    full.id = 1;
    full.duration.a = 60;
    s.projects = {{"p", {{0, "", {unit, full}}}}};
    s.load.listed.emplace();
    std::uint64_t state = 1;
    auto below = [&](int n) {
        return static_cast<int>((state = state * 6364136223846793005u + 1442695040888963407u) >> 33) % n;
    };
    for (int i = 0; i < length + through; ++i) {
        ListedChange change;
        change.id = "C" + std::to_string(i);
        // The first `length` are there at once; then one comes about as often as one leaves.
        change.enqueue_at = {{0, i < length ? 0 : (i - length) * 8 * kSecond}};
        if (below(10) == 0) {
            ScriptedRun run;
            run.job = 0;
            run.fails = true;
            run.duration = (10 + below(30)) * kSecond;
            change.jobs.push_back(run);
        }
        if (i > 0 && below(10) == 0) change.depends_on.push_back("C" + std::to_string(std::max(0, i - 1 - below(30))));
        s.load.listed->changes.push_back(std::move(change));
    }
    return s;
}

/// Nanoseconds an event, counted from when the queue is filled until `through` changes left it.
double cost(const Scenario& scenario, std::size_t through) {
    Calendar calendar;
    Cast cast;
    World world(scenario, Luck(1, 1), calendar, cast, {}, {});
    world.start();
    auto engine = make_heap_engine();
    engine->run(calendar, 0, [] { return false; });  // the filling
    const std::uint64_t before = calendar.fired();
    const auto start = std::chrono::steady_clock::now();
    engine->run(calendar, kNever, [&] { return world.gate().items_left() >= through; });
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    return took.count() / static_cast<double>(calendar.fired() - before);
}

}  // namespace

int main() {
    constexpr int kThrough = 3000;
    const std::vector<int> lengths = {100, 10'000};
    std::vector<std::vector<double>> costs(lengths.size());
    std::vector<Scenario> scenarios;
    for (int length : lengths) scenarios.push_back(scenario_of(length, kThrough));
    for (int round = 0; round < 7; ++round)
        for (std::size_t i = 0; i < lengths.size(); ++i) costs[i].push_back(cost(scenarios[i], kThrough));
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        std::sort(costs[i].begin(), costs[i].end());
        fmt::print("queue of {:>6}: {:6.0f} ns an event (median of {}, {:.0f} to {:.0f})\n", lengths[i], costs[i][3],
                   costs[i].size(), costs[i].front(), costs[i].back());
    }
    fmt::print("ratio: {:.2f} (to be at most 1.5)\n", costs[1][3] / costs[0][3]);
    return 0;
}
