#include "infer/training.hpp"

#include <algorithm>

namespace gatesim::infer {

namespace {

using import::Entry;
using import::Run;

/// Whether the stay had certainly ended by then.
bool gone_by(const Entry& e, Moment t) {
    if (e.left != kNever) return e.left <= t;
    return e.left_hi != kNever && e.left_hi <= t;
}

void open_again(Entry& e, Moment to) {
    if (e.left != kNever && e.left >= to) e.left = kNever;
    if (e.left_hi != kNever && e.left_hi >= to) e.left_hi = kNever;
    if (e.left_lo != kNever && e.left_lo >= to) e.left_lo = kNever;
    if (e.left != kNever || e.left_hi != kNever) return;
    e.outcome = import::Left::open;
    e.cause = import::LeftFor::none;
}

}  // namespace

Span whole_span(const import::Records& records) {
    Span out{kNever, 0};
    Moment polled = kNever;
    for (const Entry& e : records.entries) {
        out.from = std::min(out.from, e.enqueued);
        if (e.left_lo != kNever && e.left == kNever) polled = std::min(polled, e.left_lo);
        for (const Moment t : {e.enqueued, e.left, e.left_lo, e.left_hi})
            if (t != kNever) out.to = std::max(out.to, t + 1);
    }
    for (const Run& r : records.runs) {
        if (records.entries.empty()) out.from = std::min({out.from, r.created, r.started});
        for (const Moment t : {r.created, r.started, r.ended})
            if (t != kNever) out.to = std::max(out.to, t + 1);
    }
    if (polled != kNever) out.from = std::max(out.from, polled);
    if (out.from != kNever) out.from -= out.from % kSecond;  // a period starts with a whole second
    return out;
}

void keep_training(import::Records& records, const Span& span) {
    std::vector<std::uint32_t> now(records.entries.size(), kNone);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < records.entries.size(); ++i) {
        Entry e = records.entries[i];
        if (e.enqueued >= span.to || gone_by(e, span.from)) continue;
        open_again(e, span.to);
        now[i] = static_cast<std::uint32_t>(entries.size());
        entries.push_back(e);
    }
    std::vector<Run> runs;
    import::Members::Renumber renumber(now, kNone);
    for (Run& r : records.runs) {
        const Moment asked = r.created != kNever ? r.created : r.queued != kNever ? r.queued : r.started;
        if (asked != kNever && asked >= span.to) continue;
        if (r.ended != kNever && r.ended < span.from) continue;
        if (r.ended != kNever && r.ended >= span.to && r.result != import::RunResult::skipped) {
            r.ended = kNever;
            r.result = import::RunResult::unfinished;
        }
        if (r.started != kNever && r.started >= span.to) r.started = kNever;
        if (r.entry != kNone) r.entry = now[r.entry];
        renumber(r.members);
        runs.push_back(std::move(r));
    }
    records.entries = std::move(entries);
    records.runs = std::move(runs);
}

}  // namespace gatesim::infer
