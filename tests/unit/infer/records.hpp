// Records for tests, put together by hand.
#pragma once

#include "import/records.hpp"

namespace gatesim::infer {

/// Monday 2026-03-02 00:00 UTC.
inline constexpr import::Moment kDayOne = Time{1772409600} * kSecond;

inline import::Moment at(double minutes) {
    return kDayOne + from_seconds(minutes * 60);
}

inline std::uint32_t add_stay(import::Records& records, const char* change, double from, double to,
                              import::Left outcome = import::Left::landed) {
    import::Entry e;
    e.change = records.texts.of(change);
    e.project = records.texts.of("app");
    e.enqueued = at(from);
    e.left = outcome == import::Left::open ? kNever : at(to);
    e.outcome = outcome;
    records.entries.push_back(e);
    return static_cast<std::uint32_t>(records.entries.size() - 1);
}

/// A run of a group that is its own state, started when it was queued.
inline import::Run& add_run(import::Records& records, std::uint32_t stay, std::uint32_t group, const char* job,
                            double from, double to, import::RunResult result = import::RunResult::success) {
    import::Run r;
    r.entry = stay;
    r.group = r.state = group;
    r.job = records.texts.of(job);
    r.created = r.queued = r.started = at(from);
    r.ended = result == import::RunResult::unfinished ? kNever : at(to);
    r.result = result;
    records.runs.push_back(r);
    return records.runs.back();
}

}  // namespace gatesim::infer
