// What grows faster than its work: processor time a build, along series in which one thing doubles at each step.
//
//     bench_growth [--strategy NAME] [--series landings|period|jobs|pending] [--seconds S]
//
// landings: changes that come, one after the other at the same rate. period: the same changes and builds, stretched
// over a longer time. jobs: of each change. pending: changes in the queue while a fixed number leaves it; filling the
// queue is not counted.
//
// Each figure is processor time of one run on the plain heap, in microseconds a build that started; short runs are
// repeated with other luck until they took a tenth of a second. The exponent says how the cost of a run grows with what
// doubles, if a build is counted as its work: 1.00 is flat. It is fitted to the last four sizes, because small ones are
// mostly what every run costs. A strategy whose run takes longer than --seconds (default 20) leaves out what is larger.
// Nothing asserts a time: what counts is the exponent, and ratios within one run.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/processor_time.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/replication.hpp"

namespace {

using namespace gatesim;

constexpr double kLeastSeconds = 0.1;  ///< a shorter run is repeated
constexpr std::size_t kFitted = 4;     ///< sizes that the exponent is fitted to
constexpr double kGrows = 1.1;         ///< an exponent above it is marked

/// One run of a series.
struct Point {
    std::string scenario;               ///< as JSON, without its strategy
    std::uint64_t from = 0;             ///< is measured once so many have come
    std::uint64_t leave = UINT64_MAX;   ///< ends when so many have landed or left
    std::uint64_t builds = UINT64_MAX;  ///< or when so many builds have started
};

struct Series {
    std::string name, what;
    std::vector<int> sizes;
    std::function<Point(int size, const std::string& strategy)> at;
};

/// Landings of a race, in which everybody starts again, need room: others would finish before they have landed.
double per_hour(const std::string& strategy) {
    return strategy == "rebase-race" ? 6 : 60;
}

/// A monorepo in small: changes that touch targets, and break together where they touch the same.
std::string monorepo(double rate_per_hour, int limit, double minutes, int jobs) {
    std::string list;
    for (int j = 0; j < jobs; ++j)
        list += fmt::format("{}\"j{}\": {{\"duration\": {{\"dist\": \"lognormal\", \"mean\": \"{}s\", \"cv\": 0.3}}}}",
                            j > 0 ? ", " : "", j, std::llround(minutes * 60));
    return fmt::format(
        R"({{"period": {{"kind": "terminating"}},
            "load": {{"arrivals": {{"rate": "{}/day", "limit": {}}},
                     "footprint": {{"targets": 20000, "size": {{"p50": 2, "p95": 60}}, "popularity": 0.5, "large": "3%"}}}},
            "jobs": {{{}}}, "pools": {{"workers": {{"nodes": {}, "single_use": false}}}},
            "failures": {{"defect": "5%", "overlap": {{"semantic": "1.35%"}}}}}})",
        rate_per_hour * 24, limit, list, 500 * jobs);
}

std::vector<int> doubling(int from, int to) {
    std::vector<int> out;
    for (int size = from; size <= to; size *= 2) out.push_back(size);
    return out;
}

std::vector<Series> all_series() {
    constexpr double kMinutes = 5;
    return {
        {"landings", "changes that come at the same rate", doubling(1000, 32000),
         [](int size, const std::string& strategy) { return Point{monorepo(per_hour(strategy), size, kMinutes, 1)}; }},
        {"period", "times as long for the same 2,000 changes", doubling(1, 64),
         [](int size, const std::string& strategy) {
             return Point{monorepo(per_hour(strategy) / size, 2000, kMinutes * size, 1)};
         }},
        {"jobs", "jobs a change, 50 changes", doubling(8, 1024),
         [](int size, const std::string& strategy) { return Point{monorepo(per_hour(strategy), 50, kMinutes, size)}; }},
        {"pending", "changes that came at once, while 100 land or leave", doubling(125, 8000),
         [](int size, const std::string&) {
             return Point{monorepo(1e6, size, kMinutes, 1), static_cast<std::uint64_t>(size), 100, 500'000};
         }},
    };
}

/// Counts, and begins to once `from` changes have come: what those cost is not the queue's doing.
class Counter final : public Observer {
public:
    explicit Counter(std::uint64_t from) : from_(from), began_s_(bench::cpu_seconds()) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::arrived && ++arrived_ == from_) {
            builds = left = 0;
            began_s_ = bench::cpu_seconds();
        }
        builds += event.kind == EventKind::build_started;
        left += event.kind == EventKind::dequeued;
    }
    double took_s() const { return bench::cpu_seconds() - began_s_; }

    std::uint64_t builds = 0, left = 0;

private:
    std::uint64_t from_, arrived_ = 0;
    double began_s_;
};

[[noreturn]] void give_up(const std::string& what) {
    fmt::print(stderr, "bench_growth: {}\n", what);
    std::exit(1);
}

struct Cost {
    double us_a_build = 0, longest_s = 0;
};

Cost measure(const Point& point, const std::string& strategy) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = {"/strategy={\"name\": \"" + strategy + "\"}"};
    const Loaded loaded = load_scenario_text(point.scenario, "growth.json", ".", options);
    if (!loaded.scenario) give_up(text(loaded.diagnostics));
    Cost out;
    double seconds = 0;
    std::uint64_t builds = 0;
    for (std::uint64_t seed = 1; seconds < kLeastSeconds; ++seed) {
        Cast cast;
        Counter counter(point.from);
        ReplicationOptions run;
        run.seed = seed;
        run.engine = "heap";
        run.stop = [&] { return counter.left >= point.leave || counter.builds >= point.builds; };
        const ReplicationResult result = run_replication(*loaded.scenario, run, cast, {&counter});
        const double took = counter.took_s();
        if (!result.broken.empty() || !result.unreadable.empty()) give_up(result.broken + result.unreadable);
        if (counter.builds == 0) give_up(strategy + " started no build");
        seconds += took;
        builds += counter.builds;
        out.longest_s = std::max(out.longest_s, took);
    }
    out.us_a_build = seconds * 1e6 / static_cast<double>(builds);
    return out;
}

/// Of the least-squares line through the logarithms of the last sizes, and 1 for the builds themselves.
std::optional<double> exponent(const std::vector<int>& sizes, const std::vector<double>& costs) {
    const std::size_t n = std::min(kFitted, costs.size());
    if (n < 2) return std::nullopt;
    double x_mean = 0, y_mean = 0, xy = 0, xx = 0;
    for (std::size_t i = costs.size() - n; i < costs.size(); ++i) {
        x_mean += std::log(sizes[i]) / static_cast<double>(n);
        y_mean += std::log(costs[i]) / static_cast<double>(n);
    }
    for (std::size_t i = costs.size() - n; i < costs.size(); ++i) {
        const double x = std::log(sizes[i]) - x_mean;
        xy += x * (std::log(costs[i]) - y_mean);
        xx += x * x;
    }
    return 1 + xy / xx;
}

void print_series(const Series& series, const std::vector<std::string>& strategies, double most_seconds) {
    fmt::print("\n{}: {}\nmicroseconds a build\n{:<14}", series.name, series.what, "");
    for (const int size : series.sizes) fmt::print("{:>9}", size);
    fmt::print("{:>10}\n", "exponent");
    for (const std::string& strategy : strategies) {
        fmt::print("{:<14}", strategy);
        std::vector<double> costs;
        bool goes_on = true;
        for (const int size : series.sizes) {
            if (!goes_on) {
                fmt::print("{:>9}", "-");
                continue;
            }
            const Cost cost = measure(series.at(size, strategy), strategy);
            costs.push_back(cost.us_a_build);
            fmt::print("{:>9.2f}", cost.us_a_build);
            std::fflush(stdout);
            goes_on = cost.longest_s < most_seconds;
        }
        const auto e = exponent(series.sizes, costs);
        fmt::print("{:>10}{}\n", e ? fmt::format("{:.2f}", *e) : "-", e && *e > kGrows ? "  grows" : "");
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> strategies;
    std::string wanted;
    double most_seconds = 20;
    for (int i = 1; i < argc; i += 2) {
        const std::string option = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (option == "--strategy" && find_strategy(value)) {
            strategies.push_back(value);
        } else if (option == "--series" && !value.empty()) {
            wanted = value;
        } else if (option == "--seconds" && std::atof(value.c_str()) > 0) {
            most_seconds = std::atof(value.c_str());
        } else {
            fmt::print(stderr, "usage: bench_growth [--strategy NAME]... [--series NAME] [--seconds S]\n");
            return 2;
        }
    }
    if (strategies.empty())
        strategies = {"zuul", "rebase-race", "optimistic", "speculate-all", "aviator", "submitqueue"};
    bool any = false;
    for (const Series& series : all_series()) {
        if (!wanted.empty() && wanted != series.name) continue;
        any = true;
        print_series(series, strategies, most_seconds);
    }
    if (!any) give_up("no series " + wanted + "; there are landings, period, jobs and pending");
    return 0;
}
