// How often the intervals that `run` shows hold the truth, and how often `compare` sees a difference where there is
// none. Prints the tables of sim/TRUST.md.
//
//     bench_coverage [--seeds N] [--null N] [SCENARIO...]     (2000, 400, all of tests/bench/coverage)
//
// With --pool N, which takes a tenth of the time, N replications are run once, with one warm-up, and each study draws
// its own from them (10,000 studies); the truth is the mean of the pool.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "measure/mser.hpp"
#include "measure/slices.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/comparison.hpp"
#include "study/process_pool.hpp"
#include "study/worker.hpp"

using namespace gatesim;
using Json = nlohmann::json;

namespace {

constexpr std::uint32_t kSizes[] = {10, 20};
constexpr std::uint32_t kChunk = 20;         // studies a worker process
constexpr std::uint64_t kFirstSeed = 50000;  // of the studies
constexpr std::uint64_t kTruthSeed = 7;      // of a steady scenario's truth, which no study has

Scenario scenario_of(const std::string& name, const std::vector<std::string>& sets) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = sets;
    Loaded loaded = load_scenario(std::string(GATESIM_SOURCE) + "/tests/bench/coverage/" + name + ".json", options);
    if (loaded.scenario) return std::move(*loaded.scenario);
    fmt::print(stderr, "{}\n", text(loaded.diagnostics));
    std::exit(2);
}

ReplicationRecord replication(const Scenario& scenario, std::uint64_t seed, std::uint32_t number, Time warmup,
                              bool series) {
    StudyOptions options;
    options.seed = seed;
    options.engine = "heap";
    options.warmup = warmup;
    options.series = series;
    ReplicationRecord out;
    work_on_replication(scenario, options, number, [&](const std::string& line) {
        WorkerLine said = read_line(line);
        if (said.problem) {
            fmt::print(stderr, "{}\n", said.problem->text);
            std::exit(said.problem->exit_code);
        }
        if (said.record) out = std::move(*said.record);
    });
    return out;
}

/// By the rule of study/grid.cpp, in this process.
Time warmup_of_study(const Scenario& scenario, std::uint64_t seed) {
    if (scenario.period.kind != PeriodKind::steady) return 0;
    std::vector<std::vector<double>> runs;
    for (std::uint32_t r = 0; r < kWarmupRuns; ++r)
        runs.push_back(replication(scenario, seed, kFirstWarmupRun + r, 0, true).series);
    const std::size_t cut = std::min(warmup_cut(runs).cut, kSlices / 2);
    return SliceMeans::slice_of(scenario.period.length) * static_cast<Time>(cut);
}

std::vector<std::size_t> headlines() {
    std::vector<std::size_t> out;
    for (std::size_t m = 0; m < metrics().size(); ++m)
        if (metrics()[m].level == MetricLevel::headline && metrics()[m].of == MetricOf::all) out.push_back(m);
    return out;
}

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// One study: its warm-up, the sums of its values, and its intervals with the first 10 and with all 20 replications.
Json study(const Scenario& scenario, std::uint64_t seed) {
    const Time warmup = warmup_of_study(scenario, seed);
    std::vector<ReplicationRecord> records;
    for (std::uint32_t r = 1; r <= kSizes[1]; ++r) records.push_back(replication(scenario, seed, r, warmup, false));
    Json out = {{"warmup", warmup}, {"metrics", Json::array()}};
    for (std::size_t m : headlines()) {
        Json one = Json::array();
        std::vector<std::optional<double>> values;
        double sum = 0, n = 0;
        for (std::uint32_t size : kSizes) {
            while (values.size() < size) {
                values.push_back(records[values.size()].values[m]);
                if (!values.back()) continue;
                sum += *values.back();
                n += 1;
            }
            const Estimate e = estimate(metrics()[m], values);
            one.push_back({number(e.low), number(e.high)});
        }
        one.push_back({sum, n});
        out["metrics"].push_back(std::move(one));
    }
    return out;
}

/// The answers of `count` tasks, each asked in a worker process, in order.
std::vector<Json> ask(std::uint32_t count, const std::function<Json(std::uint32_t)>& question) {
    std::vector<Json> out(count);
    PoolTask task;
    task.work = [&](std::uint32_t chunk, const auto& say) {
        for (std::uint32_t i = chunk * kChunk; i < std::min(count, (chunk + 1) * kChunk); ++i)
            say(Json{i, question(i)}.dump());
    };
    task.hear = [&](std::uint32_t, const std::string& line) {
        Json said = Json::parse(line);
        out[said[0].get<std::size_t>()] = std::move(said[1]);
    };
    task.ended = [](std::uint32_t, const std::string& problem) {
        if (problem.empty()) return;
        fmt::print(stderr, "{}\n", problem);
        std::exit(4);
    };
    if (run_in_processes((count + kChunk - 1) / kChunk, available_processors(), task).interrupted) std::exit(130);
    return out;
}

/// The mean of every headline metric: of all replications of all studies; of a steady scenario, of others that are
/// measured for as long, and have run for one more period before anything counts.
std::vector<double> truth(const std::string& name, const Scenario& scenario, const std::vector<Json>& studies,
                          Time usual_warmup) {
    const std::size_t count = headlines().size();
    std::vector<double> sum(count, 0.0), n(count, 0.0);
    const auto add = [&](const Json& lines, std::size_t place) {
        for (std::size_t i = 0; i < count; ++i) {
            sum[i] += lines[i][place][0].get<double>();
            n[i] += lines[i][place][1].get<double>();
        }
    };
    if (scenario.period.kind != PeriodKind::steady) {
        for (const Json& s : studies) add(s["metrics"], 2);
    } else {
        const Time period = scenario.period.length;
        const Scenario longer =
            scenario_of(name, {"/period/length=" + std::to_string((2 * period - usual_warmup) / kSecond) + "s"});
        const auto values = ask(static_cast<std::uint32_t>(studies.size()) * 5, [&](std::uint32_t i) {
            const ReplicationRecord r = replication(longer, kTruthSeed, i + 1, period, false);
            Json out = Json::array();
            for (std::size_t m : headlines())
                out.push_back(Json::array({{r.values[m].value_or(0), r.values[m] ? 1 : 0}}));
            return out;
        });
        for (const Json& v : values) add(v, 0);
    }
    for (std::size_t i = 0; i < count; ++i) sum[i] = n[i] > 0 ? sum[i] / n[i] : std::nan("");
    return sum;
}

struct Hits {
    double covered = 0, low = 0, high = 0, silent = 0, all = 0;
};

/// What is counted over the time that is measured, which is as much shorter as the warm-up is long.
bool grows_with_time(const Metric& metric) {
    for (const char* name : {"arrived", "landed", "ejected", "builds", "node_hours", "gate_resets",
                             "innocent_ejections", "escaped_defects"})
        if (metric.name == name) return true;
    return false;
}

Hits hits(const std::vector<Json>& studies, std::size_t i, std::size_t size, double mean, Time period, Time usual) {
    Hits out;
    const bool grows = grows_with_time(metrics()[headlines()[i]]);
    for (const Json& s : studies) {
        const Json& ends = s["metrics"][i][size];
        const double longer =
            (static_cast<double>(usual) - s["warmup"].get<double>()) / static_cast<double>(period - usual);
        const double truth = grows ? mean * (1 + longer) : mean;
        out.all += 1;
        if (ends[0].is_null())
            out.silent += 1;
        else if (ends[1].get<double>() < truth)
            out.low += 1;
        else if (ends[0].get<double>() > truth)
            out.high += 1;
        else
            out.covered += 1;
    }
    return out;
}

std::string cell(const Hits& h) {
    const double claimed = h.all - h.silent;
    if (claimed < 0.05 * h.all) return "no interval | | ";
    const auto percent = [&](double x) { return 100 * x / claimed; };
    const double share = h.covered / claimed;
    std::string out =
        fmt::format("{:.1f} ± {:.1f}", percent(h.covered), 196 * std::sqrt(share * (1 - share) / claimed));
    if (h.silent > 0) out += fmt::format(" (of {:.0f} %)", 100 * claimed / h.all);
    return fmt::format("{} | {:.1f} | {:.1f}", out, percent(h.low), percent(h.high));
}

void print_head() {
    fmt::print(
        ")\n\n| metric | truth | n = 10: covered | too low | too high | n = 20: covered | too low | too high |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
}

void coverage(const std::string& name, std::uint32_t seeds) {
    const Scenario scenario = scenario_of(name, {});
    const auto studies = ask(seeds, [&](std::uint32_t i) { return study(scenario, kFirstSeed + i); });
    std::vector<Time> cuts;
    for (const Json& s : studies) cuts.push_back(s["warmup"].get<Time>());
    std::sort(cuts.begin(), cuts.end());
    const Time usual = cuts[cuts.size() / 2];
    const std::vector<double> truths = truth(name, scenario, studies, usual);
    const Time period = scenario.period.length;
    fmt::print("\n**{}** (`{}.json`", scenario.title, name);
    if (scenario.period.kind == PeriodKind::steady) {
        const auto hours = [&](std::size_t tenth) {
            return static_cast<double>(cuts[std::min(cuts.size() - 1, cuts.size() * tenth / 10)]) / kHour;
        };
        fmt::print("; warm-up {:.0f} h, {:.0f} to {:.0f} in eight of ten", hours(5), hours(1), hours(9));
    }
    print_head();
    for (std::size_t i = 0; i < truths.size(); ++i) {
        if (std::isnan(truths[i])) continue;
        const Metric& metric = metrics()[headlines()[i]];
        fmt::print("| {} | {} | {} | {} |\n", metric.name, text(truths[i], metric.unit),
                   cell(hits(studies, i, 0, truths[i], period, usual)),
                   cell(hits(studies, i, 1, truths[i], period, usual)));
    }
    std::fflush(stdout);
}

/// Of studies that draw their replications from one metric's pool.
Hits hits_of_pool(const Metric& metric, const Series& pool, std::size_t size, double truth) {
    constexpr int kPoolStudies = 10000;
    std::mt19937_64 bits(kTruthSeed);
    Hits out;
    for (int study = 0; study < kPoolStudies; ++study) {
        Series values;
        for (std::size_t i = 0; i < size; ++i) values.push_back(pool[bits() % pool.size()]);
        const Estimate e = estimate(metric, values);
        out.all += 1;
        (!e.low ? out.silent : *e.high < truth ? out.low : *e.low > truth ? out.high : out.covered) += 1;
    }
    return out;
}

void pooled(const std::string& name, std::uint32_t count) {
    const Scenario scenario = scenario_of(name, {});
    const Time warmup = warmup_of_study(scenario, kTruthSeed);
    const auto rows = ask(count, [&](std::uint32_t i) {
        const ReplicationRecord r = replication(scenario, kFirstSeed, i + 1, warmup, false);
        Json out = Json::array();
        for (std::size_t m : headlines()) out.push_back(number(r.values[m]));
        return out;
    });
    fmt::print("\n**{}** (`{}.json`", scenario.title, name);
    if (warmup > 0) fmt::print("; warm-up {:.0f} h", static_cast<double>(warmup) / kHour);
    print_head();
    for (std::size_t i = 0; i < headlines().size(); ++i) {
        const Metric& metric = metrics()[headlines()[i]];
        Series pool;
        double sum = 0;
        for (const Json& row : rows) {
            if (row[i].is_null()) continue;
            pool.emplace_back(row[i].get<double>());
            sum += *pool.back();
        }
        if (pool.empty()) continue;
        const double truth = sum / static_cast<double>(pool.size());
        fmt::print("| {} | {} | {} | {} |\n", metric.name, text(truth, metric.unit),
                   cell(hits_of_pool(metric, pool, kSizes[0], truth)),
                   cell(hits_of_pool(metric, pool, kSizes[1], truth)));
    }
    std::fflush(stdout);
}

/// Two arms under one law, each with luck of its own, compared as `compare` does it by default: which metrics get a
/// verdict other than negligible or undecided, and how many replications it took.
Json null_study(const Scenario& scenario, std::uint64_t seed, const CompareTerms& terms,
                const std::vector<std::uint32_t>& looks) {
    GridResult grid;
    grid.records.resize(2);
    grid.what_runs = {"one", "other"};
    const double level = simultaneous_level(kLevel, terms.metrics.size(), terms.looks);
    for (std::uint32_t count : looks) {
        for (std::uint32_t r = static_cast<std::uint32_t>(grid.records[0].size()) + 1; r <= count; ++r)
            for (std::size_t arm : {0u, 1u})
                grid.records[arm].push_back(replication(scenario, seed + arm * 1000000, r, 0, false));
        if (terms.precision > 0 && precise_enough(grid, terms)) break;
    }
    Json out = {{"n", grid.replications()}, {"verdicts", Json::array()}};
    for (std::size_t m : terms.metrics)
        out["verdicts"].push_back(
            verdict_text(difference(metrics()[m], grid.values(1, m), grid.values(0, m), level, terms.matters).verdict));
    return out;
}

void null(const std::string& name, std::uint32_t count, const char* how, double precision,
          const std::vector<std::uint32_t>& looks) {
    CompareTerms terms;
    for (const char* metric : {"landing_time_s.p95", "landing_time_s.p50", "landed_per_day", "builds_per_landed",
                               "innocent_ejections", "escaped_defects"})
        terms.metrics.push_back(*find_metric(metric));
    terms.precision = precision;
    terms.looks = looks.size();
    const Scenario scenario = scenario_of(name, {});
    const auto studies =
        ask(count, [&](std::uint32_t i) { return null_study(scenario, 3 * kFirstSeed + i, terms, looks); });
    double wrong = 0, replications = 0;
    std::map<std::string, int> verdicts;
    for (const Json& s : studies) {
        bool any = false;
        for (const Json& v : s["verdicts"]) {
            ++verdicts[v.get<std::string>()];
            any |= v == "better" || v == "worse" || v == "higher" || v == "lower";
        }
        wrong += any;
        replications += s["n"].get<double>() / count;
    }
    fmt::print("| {} | {} | {} | {:.0f} | {} = {:.1f} % |", name, how, count, replications, wrong, 100 * wrong / count);
    for (const char* v : {"negligible", "undecided"}) fmt::print(" {} |", verdicts[v]);
    fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
    std::uint32_t seeds = 2000, nulls = 400, pool = 0;
    std::vector<std::string> names;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--seeds" && i + 1 < argc)
            seeds = static_cast<std::uint32_t>(std::atoi(argv[++i]));
        else if (word == "--null" && i + 1 < argc)
            nulls = static_cast<std::uint32_t>(std::atoi(argv[++i]));
        else if (word == "--pool" && i + 1 < argc)
            pool = static_cast<std::uint32_t>(std::atoi(argv[++i]));
        else
            names.push_back(word);
    }
    if (names.empty()) names = {"busy", "steady", "skewed", "very_skewed", "rare"};
    for (const std::string& name : names)
        if (pool > 0)
            pooled(name, pool);
        else if (seeds > 0)
            coverage(name, seeds);
    if (nulls == 0) return 0;
    fmt::print(
        "\n| scenario | replications | studies | on average | with a false verdict | negligible | undecided |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n");
    for (const std::string& name : names) {
        if (name == "steady") continue;
        null(name, nulls, "10", 0, {10});
        null(name, nulls, "10, 20 or 40, until known to 5 %", 0.05, looks(10, 40));
    }
    return 0;
}
