#include "infer/queue.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <tuple>

#include "infer/lognormal.hpp"
#include "infer/statistics.hpp"

namespace gatesim::infer {

namespace {

using import::Entry;
using import::Left;

constexpr double kShare = 0.05;
constexpr double kSeldom = 0.02;  ///< so short a time with more groups comes of ends that are not known exactly

struct Stretch {
    Moment from, to;
};

/// When every job of the test had run once; kNever while one had not.
Moment first_pass(const Test& test) {
    Moment out = 0;
    for (const import::Run* r : test.runs) {
        if (r->attempt > 1 || r->result == import::RunResult::skipped) continue;
        out = std::max(out, r->ended);  // kNever is later than everything
    }
    return out;
}

std::vector<Stretch> live_groups(const import::Records& records, const std::vector<Test>& tests) {
    std::map<std::uint32_t, Moment> next;  // by stay, when its next group began
    std::vector<Stretch> out;
    for (auto test = tests.rbegin(); test != tests.rend(); ++test) {
        if (test->entry == kNone || test->from == kNever) continue;
        Moment to = std::min(first_pass(*test), end_of(records.entries[test->entry]));
        const auto [later, last] = next.try_emplace(test->entry, kNever);
        to = std::min(to, later->second);
        later->second = test->from;
        if (to > test->from && to != kNever) out.push_back({test->from, to});
    }
    return out;
}

Value median_of(std::vector<Length> lengths, Value& sigma) {
    const auto law = fit_lognormal(lengths);
    if (!law) return {0, std::nullopt, std::nullopt, lengths.size()};
    sigma = law->sigma;
    return law->median;
}

}  // namespace

Moment end_of(const Entry& e) {
    if (e.left != kNever) return e.left;
    if (e.left_hi == kNever) return kNever;
    return e.left_lo == kNever ? e.left_hi : e.left_lo + (e.left_hi - e.left_lo) / 2;
}

Window window_of(const import::Records& records, const std::vector<Test>& tests) {
    std::vector<std::tuple<Moment, int, int>> steps;  // time, groups more, stays more; ends come first
    for (const auto& [from, to] : live_groups(records, tests)) {
        steps.emplace_back(from, 1, 0);
        steps.emplace_back(to, -1, 0);
    }
    for (const Entry& e : records.entries) {
        steps.emplace_back(e.enqueued, 0, 1);
        if (end_of(e) != kNever) steps.emplace_back(end_of(e), 0, -1);
    }
    std::sort(steps.begin(), steps.end());
    std::vector<double> all, full;  // time by number of groups; of it, with more stays than groups
    std::int64_t groups = 0, stays = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        groups += std::get<1>(steps[i]);
        stays += std::get<2>(steps[i]);
        const double s = seconds(std::get<0>(steps[i + 1]) - std::get<0>(steps[i]));
        if (s <= 0 || groups <= 0) continue;
        const auto level = static_cast<std::size_t>(groups);
        if (level >= all.size()) {
            all.resize(level + 1);
            full.resize(level + 1);
        }
        all[level] += s;
        if (stays > groups) full[level] += s;
    }
    Window out;
    if (all.empty()) return out;
    double busy = 0;
    for (const double s : all) busy += s;
    double above = 0;
    for (out.most = all.size() - 1; out.most > 1 && above + all[out.most] < kSeldom * busy; --out.most)
        above += all[out.most];
    out.at_most = all[out.most] / busy;
    out.limited = full[out.most] >= kShare * busy;
    return out;
}

Stays stays_of(const import::Records& records, const Span& span) {
    Stays out;
    std::map<std::uint32_t, std::vector<const Entry*>> by_change;
    std::size_t ejected = 0, conflict = 0, withdrawn = 0, put_out = 0, back = 0;
    std::vector<Length> lengths, pauses;
    double ahead = 0;
    std::priority_queue<Moment, std::vector<Moment>, std::greater<>> ends;  // of those in the queue
    for (std::size_t i = 0; i < records.entries.size(); ++i) {
        const Entry& e = records.entries[i];
        by_change[e.change].push_back(&e);
        const Moment end = end_of(e);
        if (e.enqueued < span.from && (end == kNever || end > span.from))
            out.waiting.push_back(static_cast<std::uint32_t>(i));
        while (!ends.empty() && ends.top() <= e.enqueued) ends.pop();
        ahead += static_cast<double>(ends.size());
        ends.push(end);
        if (e.outcome == Left::open) continue;
        ++out.decided;
        ejected += e.outcome == Left::ejected ? 1 : 0;
        conflict += e.outcome == Left::ejected && e.cause == import::LeftFor::conflict ? 1 : 0;
        withdrawn += e.outcome == Left::withdrawn ? 1 : 0;
        if (e.outcome == Left::landed && end != kNever) {
            const double s = std::max(1.0, seconds(end - e.enqueued));
            lengths.push_back({s, s});
        }
    }
    const Moment late = span.to - (span.to - span.from) / 10;
    for (const auto& [change, stays] : by_change) {
        for (std::size_t i = 0; i < stays.size(); ++i) {
            const Moment end = end_of(*stays[i]);
            if (stays[i]->outcome != Left::ejected || end == kNever || end > late) continue;
            ++put_out;
            if (i + 1 == stays.size()) continue;
            ++back;
            const double s = std::max(1.0, seconds(stays[i + 1]->enqueued - end));
            pauses.push_back({s, s});
        }
    }
    Value unused;
    out.ejected = wilson(ejected, out.decided);
    out.conflict = wilson(conflict, out.decided);
    out.withdrawn = wilson(withdrawn, out.decided);
    out.came_back = wilson(back, put_out);
    out.back_after = median_of(pauses, out.back_sigma);
    out.stay = median_of(lengths, unused);
    out.ahead = records.entries.empty() ? 0 : ahead / static_cast<double>(records.entries.size());
    return out;
}

}  // namespace gatesim::infer
