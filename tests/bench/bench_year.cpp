// What a year of builds costs: every ratio that sim/SPEED.md states, measured in one run.
//
//     bench_year [--rounds N] [--full]
//
// Each figure is processor time (user and system) of a process of its own, so that a busy machine matters little; what
// is compared is measured in interleaved rounds, and medians are printed. --full adds the 10 million builds (about a
// minute).
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "bench/year_run.hpp"

namespace {

using namespace gatesim::bench;

const std::string kScenario = GATESIM_SOURCE "/scenarios/year";
const std::string kSimpyModel = GATESIM_SOURCE "/tests/bench/year_simpy.py";

// Changes that make about so many builds: see scenarios/year/notes.md.
constexpr std::uint64_t changes_for(std::uint64_t builds) {
    return builds * 415 / 10'000;
}

constexpr double kZuulBuildsPerSecond = 1000;  // of the real scheduler; see sim/SPEED.md

[[noreturn]] void give_up(const std::string& what) {
    fmt::print(stderr, "{} did not finish\n", what);
    std::exit(1);
}

Cost year(const std::string& engine, std::uint64_t builds, const std::string& listening) {
    const auto cost = measured({"year", kScenario, engine, std::to_string(changes_for(builds)), listening});
    if (!cost) give_up(fmt::format("the year with {} and {}", engine, listening));
    return *cost;
}

Cost calendar(std::uint64_t events) {
    const auto cost = measured({"calendar", std::to_string(events), "1000"});
    if (!cost) give_up("the calendar");
    return *cost;
}

Cost median(std::vector<Cost> costs) {
    std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.cpu_s < b.cpu_s; });
    return costs[costs.size() / 2];
}

void print_row(const std::string& name, const Cost& cost, const Cost& base) {
    fmt::print("{:<34} {:>10} {:>8.2f} {:>12.0f} {:>12.0f} {:>9.2f} {:>9.0f} {:>8.2f}\n", name, cost.builds, cost.cpu_s,
               static_cast<double>(cost.builds) / cost.cpu_s, static_cast<double>(cost.events) / cost.cpu_s,
               cost.us_per_build(), cost.peak_mib, cost.us_per_build() / base.us_per_build());
}

void print_head(const std::string& of) {
    fmt::print("\n{:<34} {:>10} {:>8} {:>12} {:>12} {:>9} {:>9} {:>8}\n", "", "builds", "cpu s", "builds/s", "events/s",
               "us/build", "peak MiB", "x " + of);
}

/// Everything at one size, interleaved.
void compare(std::uint64_t builds, int rounds) {
    std::vector<Cost> heap, simgrid, bare, meter, tables;
    for (int round = 0; round < rounds; ++round) {
        heap.push_back(year("heap", builds, "nobody"));
        simgrid.push_back(year("simgrid", builds, "nobody"));
        bare.push_back(calendar(heap.back().events));
        meter.push_back(year("heap", builds, "meter"));
        tables.push_back(year("heap", builds, "tables"));
    }
    const Cost base = median(heap);
    const Cost engine = median(simgrid);
    Cost calendar_alone = median(bare);
    calendar_alone.builds = base.builds;
    print_head("heap");
    print_row("plain heap", base, base);
    print_row("SimGrid's engine", engine, base);
    print_row("the bare calendar, as many events", calendar_alone, base);
    print_row("heap, metrics on", median(meter), base);
    print_row("heap, metrics and CSV tables", median(tables), base);
    fmt::print("times a real Zuul scheduler ({:.0f} builds/s): heap {:.0f}, SimGrid {:.0f} (goal 150)\n",
               kZuulBuildsPerSecond, 1e6 / base.us_per_build() / kZuulBuildsPerSecond,
               1e6 / engine.us_per_build() / kZuulBuildsPerSecond);
}

/// Cost per build must not grow with the length of the year.
void scale(const std::string& engine, bool full) {
    std::vector<std::uint64_t> sizes = {10'000, 100'000, 1'000'000};
    if (full) sizes.push_back(10'000'000);
    print_head("10^5");
    std::vector<Cost> costs;
    for (const std::uint64_t builds : sizes) {
        std::vector<Cost> rounds;
        for (int round = 0; round < (builds <= 100'000 ? 5 : 1); ++round)
            rounds.push_back(year(engine, builds, "nobody"));
        costs.push_back(median(rounds));
    }
    for (const Cost& cost : costs) print_row(engine, cost, costs[1]);
    if (full)
        fmt::print("10 million builds in {:.1f} s (goal {}), {:.0f} MiB (goal 1024)\n", costs.back().cpu_s,
                   engine == "heap" ? 30 : 60, costs.back().peak_mib);
}

/// The same year as a process-based model in Python, with less in it: see year_simpy.py.
void simpy(const Cost& heap) {
    FILE* pipe = popen(("/usr/bin/python3 " + kSimpyModel + " 500").c_str(), "r");
    std::string text;
    char buffer[256];
    while (pipe && std::fgets(buffer, sizeof buffer, pipe)) text += buffer;
    const int status = pipe ? pclose(pipe) : -1;
    Cost cost;
    std::istringstream in(text);
    if (status != 0 || !(in >> cost.builds >> cost.events >> cost.cpu_s >> cost.peak_mib)) {
        fmt::print("SimPy: skipped, no python3-simpy for /usr/bin/python3 here\n");
        return;
    }
    print_head("heap");
    print_row("SimPy (simplified gate)", cost, heap);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!arguments.empty() && arguments[0] == "--child") return child({arguments.begin() + 1, arguments.end()});
    bool full = false;
    int rounds = 5;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--full") {
            full = true;
        } else if (arguments[i] == "--rounds" && i + 1 < arguments.size() && std::atoi(arguments[i + 1].c_str()) > 0) {
            rounds = std::atoi(arguments[++i].c_str());
        } else {
            fmt::print(stderr, "usage: bench_year [--rounds N] [--full]\n");
            return 2;
        }
    }
    compare(100'000, rounds);
    scale("heap", full);
    scale("simgrid", full);
    simpy(year("heap", 10'000, "nobody"));
    return 0;
}
