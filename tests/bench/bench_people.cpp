// What people cost: the processor time of a build in a week written by people against the replay of the same week, and
// of whole release cycles, measured in one run.
//
//     bench_people [--rounds N]
//
// Everything runs on the plain heap with the meter listening, as in every run; rounds are interleaved and medians
// printed. The goal is at most twice the replay per build, and a cycle in seconds.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/processor_time.hpp"
#include "measure/meter.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/little.hpp"
#include "study/replication.hpp"

namespace {

using namespace gatesim;

constexpr std::uint32_t kReplaysARound = 10;  // a week's replay is over in milliseconds

struct Cost {
    double builds = 0, landed = 0, cpu_s = 0;
    double us_per_build() const { return cpu_s * 1e6 / builds; }
};

Scenario load(const std::string& name) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    Loaded loaded = load_scenario(GATESIM_SOURCE "/scenarios/" + name, options);
    if (!loaded.scenario) {
        fmt::print(stderr, "{} cannot be loaded\n{}", name, text(loaded.diagnostics));
        std::exit(2);
    }
    return std::move(*loaded.scenario);
}

/// Counts everything that was built and landed, warm-up included: it costs as well.
class Counter final : public Observer {
public:
    void on(const Event& event) override {
        builds += event.kind == EventKind::build_started;
        landed += event.kind == EventKind::landed;
    }
    double builds = 0, landed = 0;
};

Cost cost_of(const Scenario& scenario, std::uint32_t first, std::uint32_t count) {
    Cost cost;
    const double begin = bench::cpu_seconds();
    for (std::uint32_t replication = first; replication < first + count; ++replication) {
        Cast cast;
        Ledger ledger(cast);
        Meter meter(scenario);
        ledger.add(meter);
        Stations stations;
        Counter counter;
        ReplicationOptions options;
        options.engine = "heap";
        options.replication = replication;
        const ReplicationResult result = run_replication(scenario, options, cast, {&ledger, &stations, &counter});
        if (!result.broken.empty() || !result.unreadable.empty()) {
            fmt::print(stderr, "{}: {}{}\n", scenario.name, result.broken, result.unreadable);
            std::exit(1);
        }
        cost.builds += counter.builds;
        cost.landed += counter.landed;
    }
    cost.cpu_s = bench::cpu_seconds() - begin;
    return cost;
}

Cost median(std::vector<Cost> costs) {
    std::sort(costs.begin(), costs.end(),
              [](const Cost& a, const Cost& b) { return a.us_per_build() < b.us_per_build(); });
    return costs[costs.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    std::uint32_t rounds = 3;
    if (argc == 3 && std::string(argv[1]) == "--rounds") rounds = static_cast<std::uint32_t>(std::atoi(argv[2]));
    if (rounds == 0 || (argc != 1 && argc != 3)) {
        fmt::print(stderr, "usage: bench_people [--rounds N]\n");
        return 2;
    }
    const std::vector<std::string> names = {"bootcamp-2013", "bootcamp-2013-people", "havana-2013", "openstack-2013"};
    std::vector<Scenario> scenarios;
    for (const std::string& name : names) scenarios.push_back(load(name));
    std::vector<std::vector<Cost>> costs(names.size());
    for (std::uint32_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::uint32_t count = i == 0 ? kReplaysARound : 1;
            costs[i].push_back(cost_of(scenarios[i], 1 + round * count, count));
        }
    const Cost replay = median(costs[0]);
    fmt::print("{:<24} {:>9} {:>9} {:>8} {:>10} {:>10}\n", "", "builds", "landed", "cpu s", "us/build", "x replay");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Cost cost = median(costs[i]);
        fmt::print("{:<24} {:>9.0f} {:>9.0f} {:>8.2f} {:>10.2f} {:>10.2f}\n", names[i], cost.builds, cost.landed,
                   cost.cpu_s, cost.us_per_build(), cost.us_per_build() / replay.us_per_build());
    }
    const double ratio = median(costs[1]).us_per_build() / replay.us_per_build();
    fmt::print("\npeople / replay, per build: {:.2f} (goal: at most 2)\n", ratio);
    return ratio <= 2 ? 0 : 1;
}
