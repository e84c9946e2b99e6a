#include "infer/pools.hpp"

#include <algorithm>
#include <cmath>

#include "infer/statistics.hpp"
#include "measure/ranks.hpp"

namespace gatesim::infer {

namespace {

using import::Run;
using import::RunResult;

constexpr double kShare = 0.05;
constexpr double kPlateau = 0.95;
constexpr double kNearly = 0.95;  ///< of the nodes: the pool is full
constexpr double kMostly = 0.5;   ///< of the waiting

/// A run as its pool sees it.
struct Use {
    Moment ready, start, end;
};

/// How much time was spent with so many nodes taken: all of it, and that in which somebody waited.
struct Levels {
    std::vector<double> all, waiting;
};

Levels levels_of(const std::vector<Use>& uses, Time boot, Moment end) {
    std::vector<std::tuple<Moment, int, int>> steps;  // time, nodes more, waiting more
    for (const Use& u : uses) {
        const Moment taken = std::max(u.ready, u.start - boot);
        steps.emplace_back(u.ready, 0, 1);
        steps.emplace_back(taken, 1, -1);
        steps.emplace_back(u.end, -1, 0);
    }
    std::sort(steps.begin(), steps.end());
    Levels out;
    std::int64_t taken = 0, waiting = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        taken += std::get<1>(steps[i]);
        waiting += std::get<2>(steps[i]);
        const Moment now = std::get<0>(steps[i]), next = i + 1 < steps.size() ? std::get<0>(steps[i + 1]) : end;
        if (next <= now || taken < 0) continue;
        const auto level = static_cast<std::size_t>(taken);
        if (level >= out.all.size()) {
            out.all.resize(level + 1);
            out.waiting.resize(level + 1);
        }
        out.all[level] += seconds(next - now);
        if (waiting > 0) out.waiting[level] += seconds(next - now);
    }
    return out;
}

double sum_from(const std::vector<double>& values, std::size_t first) {
    double out = 0;
    for (std::size_t i = first; i < values.size(); ++i) out += values[i];
    return out;
}

/// How many were taken at most in 95 % of the waiting time.
std::size_t plateau(const std::vector<double>& waiting) {
    const double all = sum_from(waiting, 0);
    double below = 0;
    for (std::size_t level = 0; level < waiting.size(); ++level) {
        below += waiting[level];
        if (below >= kPlateau * all) return level;
    }
    return waiting.empty() ? 0 : waiting.size() - 1;
}

/// The time from readiness to start of those that found a node free and nobody else waiting.
Value boot_of(const std::vector<Use>& uses, std::size_t nodes) {
    std::vector<std::pair<Moment, int>> steps;
    std::vector<double> boots;
    for (const Use& u : uses) {
        steps.emplace_back(u.ready, 1);  // asked for, running or not
        steps.emplace_back(u.end, -1);
    }
    std::sort(steps.begin(), steps.end());
    std::vector<Use> by_time = uses;
    std::stable_sort(by_time.begin(), by_time.end(), [](const Use& a, const Use& b) { return a.ready < b.ready; });
    std::size_t step = 0;
    std::int64_t there = 0;
    for (const Use& u : by_time) {
        for (; step < steps.size() && steps[step].first <= u.ready; ++step) there += steps[step].second;
        if (there <= static_cast<std::int64_t>(nodes)) boots.push_back(seconds(u.start - u.ready));
    }
    if (boots.size() < 5) return {0, 0.0, std::nullopt, boots.size()};
    std::sort(boots.begin(), boots.end());
    const auto n = static_cast<double>(boots.size());
    const double off = kZ * std::sqrt(n) / 2;
    const auto rank = [&](double r) { return boots[static_cast<std::size_t>(std::clamp(r, 0.0, n - 1))]; };
    return {nearest_rank(boots, 50), rank(std::floor(n / 2 - off)), rank(std::ceil(n / 2 + off)), boots.size()};
}

PoolSeen pool_of(const std::vector<Use>& uses, const Span& span) {
    PoolSeen out;
    out.runs = uses.size();
    Levels plain = levels_of(uses, 0, span.to);
    const auto seen_most = [](const std::vector<double>& all) {
        std::size_t most = 0;
        for (std::size_t i = 0; i < all.size(); ++i) most = all[i] > 0 ? i : most;
        return most;
    };
    out.most = seen_most(plain.all);
    const std::size_t first = plateau(plain.waiting);
    out.boot = boot_of(uses, first > 0 ? first : out.most);
    const Levels levels = levels_of(uses, from_seconds(out.boot.value), span.to);
    const std::size_t nodes = plateau(levels.waiting);
    const double busy = sum_from(levels.all, 1);
    out.waited = busy > 0 && nodes > 0 ? sum_from(levels.waiting, nodes) / busy : 0;
    // More at other times: it is several pools, or one that grows, and waiting has other reasons.
    const bool seldom_more = sum_from(plain.all, nodes + 1) <= kShare * busy;
    // And waiting for this pool happens where it is full. Elsewhere it is waiting for something else.
    const auto nearly = static_cast<std::size_t>(std::ceil(kNearly * static_cast<double>(nodes)));
    const bool when_full = sum_from(levels.waiting, nearly) >= kMostly * sum_from(levels.waiting, 0);
    out.limited = out.waited >= kShare && seldom_more && when_full;
    out.nodes = out.limited ? nodes : out.most;
    if (out.limited) out.busy = sum_from(levels.all, nodes) / std::max(1.0, span.hours() * 3600);
    return out;
}

/// When the last job ended that this one waits for; 0 if it waits for none.
Moment needed_until(const Test& test, const Run& run, const Graph& graph) {
    const auto needs = graph.needs.find(run.job);
    Moment out = 0;
    if (needs == graph.needs.end()) return out;
    for (const Run* other : test.runs) {
        const bool needed = std::find(needs->second.begin(), needs->second.end(), other->job) != needs->second.end();
        if (needed && other->ended != kNever && other->ended <= run.started) out = std::max(out, other->ended);
    }
    return out;
}

/// From when on nothing but a machine can have been missing.
Moment ready_at(const Test& test, const Run& run, const Graph& graph) {
    return std::min(run.started, std::max(asked(run), needed_until(test, run, graph)));
}

}  // namespace

std::map<import::Texts::Id, std::vector<double>> waits_of(const std::vector<Test>& tests, const Graph& graph) {
    std::map<import::Texts::Id, std::vector<double>> out;
    for (const Test& test : tests)
        for (const Run* r : test.runs)
            if (r->result != RunResult::skipped && r->started != kNever && r->attempt == 1)
                out[r->job].push_back(seconds(r->started - ready_at(test, *r, graph)));
    for (auto& [job, waits] : out) std::sort(waits.begin(), waits.end());
    return out;
}

std::map<import::Texts::Id, PoolSeen> pools_of(const std::vector<Test>& tests, const Graph& graph, const Span& span) {
    std::map<import::Texts::Id, std::vector<Use>> uses;
    for (const Test& test : tests) {
        for (const Run* r : test.runs) {
            if (r->result == RunResult::skipped || r->started == kNever) continue;
            const Moment end = std::max(r->started, r->ended != kNever ? r->ended : span.to);
            uses[r->label].push_back({ready_at(test, *r, graph), r->started, end});
        }
    }
    std::map<import::Texts::Id, PoolSeen> out;
    for (const auto& [label, list] : uses) out[label] = pool_of(list, span);
    return out;
}

}  // namespace gatesim::infer
