// The order of a packed replay: one function for both directions. `Io` either takes the values of a field from all rows
// of a list, or gives them to it. Whatever a prediction needs stands before it.
//
//   io.number(rows, field)             whole numbers
//   io.index(rows, field[, near])      pointers, as they are or as the difference to a near one
//   io.time(rows, field[, near])       times, as ranks or as differences of ranks
//   io.lists(rows, field)              lists of pointers: how many, then all of them one after the other
#pragma once

#include "page/replay.hpp"

namespace gatesim::page {

/// The last build of an attempt to end, or the one that made it red: then its verdict was known.
inline Time likely_verdict(const Replay& r, const Replay::Attempt& attempt, const std::vector<Time>& last_end) {
    const std::size_t row = static_cast<std::size_t>(&attempt - r.attempts.data());
    return attempt.build != kNowhere ? r.builds[attempt.build].end : last_end[row];
}

inline std::vector<Time> last_ends(const Replay& r) {
    std::vector<Time> last(r.attempts.size(), kNever);
    for (const Replay::Build& b : r.builds)
        if (b.end != kNever && (last[b.attempt] == kNever || last[b.attempt] < b.end)) last[b.attempt] = b.end;
    return last;
}

template <class Io>
void lay_out(Io& io, Replay& r) {
    using S = Replay::Stay;
    io.rows(r.stays);
    io.number(
        r.stays, [](S & s) -> auto& { return s.number; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.queue; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.change; });
    io.number(
        r.stays, [](S & s) -> auto& { return s.patchset; });
    io.number(
        r.stays, [](S & s) -> auto& { return s.place; });
    io.time(
        r.stays, [](S & s) -> auto& { return s.entered; });
    io.time(
        r.stays, [](S & s) -> auto& { return s.left; }, [](S& s) { return s.entered; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.outcome; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.why; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.because_of; }, [](S& s) { return s.change; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.job; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.build; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.really; });
    io.index(
        r.stays, [](S & s) -> auto& { return s.sentence; });

    using A = Replay::Attempt;
    const auto row_of = [&](A& a) { return static_cast<Index>(&a - r.attempts.data()); };
    io.rows(r.attempts);
    io.number(
        r.attempts, [](A & a) -> auto& { return a.number; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.queue; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.kind; });
    io.lists(
        r.attempts, [](A & a) -> auto& { return a.stays; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.change; },
        [&](A& a) { return a.stays.empty() ? 0 : r.stays[a.stays.back()].change; });
    io.number(
        r.attempts, [](A & a) -> auto& { return a.patchset; });
    io.number(
        r.attempts, [](A & a) -> auto& { return a.place; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.ahead; }, row_of);
    io.lists(
        r.attempts, [](A & a) -> auto& { return a.chain; });
    io.time(
        r.attempts, [](A & a) -> auto& { return a.opened; });
    io.time(
        r.attempts, [](A & a) -> auto& { return a.ended; },
        [&](A& a) { return a.stays.empty() ? a.opened : r.stays[a.stays[0]].left; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.result; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.end; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.why; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.because_of; }, [](A& a) { return a.change; });
    io.index(
        r.attempts, [](A & a) -> auto& { return a.build; });

    using B = Replay::Build;
    Index cancelled = 0;
    while (cancelled < r.words.size() && r.words[cancelled] != "cancelled") ++cancelled;
    io.rows(r.builds);
    io.number(
        r.builds, [](B & b) -> auto& { return b.number; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.attempt; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.job; });
    io.number(
        r.builds, [](B & b) -> auto& { return b.voting; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.pool; });
    io.number(
        r.builds, [](B & b) -> auto& { return b.nodes; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.result; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.really; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.fate; });
    io.index(
        r.builds, [](B & b) -> auto& { return b.waste; });
    io.time(
        r.builds, [](B & b) -> auto& { return b.requested; }, [&](B& b) { return r.attempts[b.attempt].opened; });
    io.time(
        r.builds, [](B & b) -> auto& { return b.granted; }, [](B& b) { return b.requested; });
    io.time(
        r.builds, [](B & b) -> auto& { return b.start; }, [](B& b) { return b.granted; });
    io.time(
        r.builds, [](B & b) -> auto& { return b.end; },
        [&](B& b) { return b.result == cancelled ? r.attempts[b.attempt].ended : b.start; });
    io.time(
        r.builds, [](B & b) -> auto& { return b.released; }, [](B& b) { return b.end; });
    const std::vector<Time> last_end = last_ends(r);
    io.time(
        r.attempts, [](A & a) -> auto& { return a.tested; }, [&](A& a) { return likely_verdict(r, a, last_end); });

    using H = Replay::Holding;
    io.rows(r.holdings);
    io.index(
        r.holdings, [](H & h) -> auto& { return h.pool; });
    io.number(
        r.holdings, [](H & h) -> auto& { return h.nodes; });
    io.time(
        r.holdings, [](H & h) -> auto& { return h.granted; });
    io.time(
        r.holdings, [](H & h) -> auto& { return h.released; }, [](H& h) { return h.granted; });

    using W = Replay::Wait;
    const auto begin = [&](W& w) {
        const bool first = &w == r.waits.data() || (&w - 1)->stay != w.stay;
        return first ? r.stays[w.stay].entered : (&w - 1)->until;
    };
    const auto likely_end = [&](W& w) {
        const bool last = &w == &r.waits.back() || (&w + 1)->stay != w.stay;
        return last ? r.stays[w.stay].left : r.stays[w.stay].entered;
    };
    io.rows(r.waits);
    io.index(
        r.waits, [](W & w) -> auto& { return w.stay; });
    io.time(
        r.waits, [](W & w) -> auto& { return w.until; }, likely_end);
    io.time(
        r.waits, [](W & w) -> auto& { return w.from; }, begin);
    io.index(
        r.waits, [](W & w) -> auto& { return w.why; });
    io.index(
        r.waits, [](W & w) -> auto& { return w.because_of; }, [&](W& w) { return r.stays[w.stay].change; });
    io.index(
        r.waits, [](W & w) -> auto& { return w.job; });
    io.index(
        r.waits, [](W & w) -> auto& { return w.pool; });
    io.index(
        r.waits, [](W & w) -> auto& { return w.semaphore; });
    io.index(
        r.waits, [](W & w) -> auto& { return w.sentence; });

    using X = Replay::Reset;
    io.rows(r.resets);
    io.time(
        r.resets, [](X & x) -> auto& { return x.at; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.queue; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.why; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.because_of; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.job; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.build; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.really; });
    io.lists(
        r.resets, [](X & x) -> auto& { return x.changes; });
    io.number(
        r.resets, [](X & x) -> auto& { return x.builds; });
    io.length(
        r.resets, [](X & x) -> auto& { return x.node_time; });
    io.index(
        r.resets, [](X & x) -> auto& { return x.sentence; });

    using V = Replay::Window;
    io.rows(r.windows);
    io.time(
        r.windows, [](V & v) -> auto& { return v.at; });
    io.index(
        r.windows, [](V & v) -> auto& { return v.queue; });
    io.number(
        r.windows, [](V & v) -> auto& { return v.size; });
}

/// Every time of a replay, to look at or to change. Of `end` and `start_at` only the first.
template <class Take>
void each_time(Replay& r, const Take& take) {
    take(r.end);
    for (auto& s : r.stays) take(s.entered), take(s.left);
    for (auto& a : r.attempts) take(a.opened), take(a.tested), take(a.ended);
    for (auto& b : r.builds) take(b.requested), take(b.granted), take(b.start), take(b.end), take(b.released);
    for (auto& h : r.holdings) take(h.granted), take(h.released);
    for (auto& w : r.waits) take(w.from), take(w.until);
    for (auto& x : r.resets) take(x.at);
    for (auto& v : r.windows) take(v.at);
}

}  // namespace gatesim::page
