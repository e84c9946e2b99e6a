#include "infer/leaving.hpp"

#include <algorithm>
#include <set>

#include "infer/statistics.hpp"

namespace gatesim::infer {

namespace {

using import::Entry;
using import::Run;
using import::RunResult;

constexpr Time kSoon = 5 * kMinute;

/// Until when it was surely there; 0: nobody knows.
Moment surely_there(const Entry& e) {
    if (e.left != kNever) return e.left;
    if (e.left_lo != kNever) return e.left_lo;
    return e.outcome == import::Left::open ? kNever : 0;
}

Moment surely_gone(const Entry& e) {
    return e.left != kNever ? e.left : e.left_hi;
}

/// When the test was red for good; kNever: it was not. Its runs are in order of job and attempt.
Moment red_at(const Test& test) {
    Moment out = kNever;
    for (std::size_t i = 0; i < test.runs.size(); ++i) {
        const Run& r = *test.runs[i];
        const bool last = i + 1 == test.runs.size() || test.runs[i + 1]->job != r.job;
        if (last && r.voting && (r.result == RunResult::failure || r.result == RunResult::timeout))
            out = std::min(out, r.ended);
    }
    return out;
}

}  // namespace

bool Leaving::leaves_at_once() const {
    return known() && at_once > waited;
}

Leaving leaving_of(const import::Records& records, const std::vector<Test>& tests) {
    Leaving out;
    std::set<std::uint32_t> gone;  // a stay leaves once, however many of its tests were red
    for (const Test& test : tests) {
        const Moment red = red_at(test);
        if (test.entry == kNone || red == kNever) continue;
        const Entry& e = records.entries[test.entry];
        Moment ahead = 0;  // until when somebody ahead was surely there
        for (std::uint32_t i = 0; i < test.entry; ++i) {
            const Entry& other = records.entries[i];
            const bool same = other.project == e.project && other.branch == e.branch && other.change != e.change;
            if (same && other.enqueued < e.enqueued) ahead = std::max(ahead, surely_there(other));
        }
        if (ahead < red + kSoon) continue;
        if (e.outcome == import::Left::ejected && surely_gone(e) < ahead)
            out.at_once += gone.insert(test.entry).second;
        else if (surely_there(e) >= red + kSoon)
            ++out.waited;
    }
    out.waits = wilson(out.waited, out.at_once + out.waited);
    return out;
}

}  // namespace gatesim::infer
