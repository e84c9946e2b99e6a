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

/// When the last build of each attempt ended: then its verdict was known, mostly.
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
    io.number(r.stays, &S::number);
    io.index(r.stays, &S::queue);
    io.index(r.stays, &S::change);
    io.number(r.stays, &S::patchset);
    io.number(r.stays, &S::place);
    io.time(r.stays, &S::entered);
    io.time(r.stays, &S::left, [](S& s) { return s.entered; });
    io.index(r.stays, &S::outcome);
    io.index(r.stays, &S::why);
    io.index(r.stays, &S::because_of, [](S& s) { return s.change; });
    io.index(r.stays, &S::job);
    io.index(r.stays, &S::build);
    io.index(r.stays, &S::really);
    io.index(r.stays, &S::sentence);

    using A = Replay::Attempt;
    const auto row_of = [&](A& a) { return static_cast<Index>(&a - r.attempts.data()); };
    io.rows(r.attempts);
    io.number(r.attempts, &A::number);
    io.index(r.attempts, &A::queue);
    io.index(r.attempts, &A::kind);
    io.lists(r.attempts, &A::stays);
    io.index(r.attempts, &A::change, [&](A& a) { return a.stays.empty() ? 0 : r.stays[a.stays.back()].change; });
    io.number(r.attempts, &A::patchset);
    io.number(r.attempts, &A::place);
    io.index(r.attempts, &A::ahead, row_of);
    io.number(r.attempts, &A::depth);
    io.lists(r.attempts, &A::chain);
    io.time(r.attempts, &A::opened);
    io.time(r.attempts, &A::ended, [&](A& a) { return a.stays.empty() ? a.opened : r.stays[a.stays[0]].left; });
    io.index(r.attempts, &A::result);
    io.index(r.attempts, &A::end);
    io.index(r.attempts, &A::why);
    io.index(r.attempts, &A::because_of, [](A& a) { return a.change; });
    io.index(r.attempts, &A::build);

    using B = Replay::Build;
    Index cancelled = 0;
    while (cancelled < r.words.size() && r.words[cancelled] != "cancelled") ++cancelled;
    io.rows(r.builds);
    io.number(r.builds, &B::number);
    io.index(r.builds, &B::attempt);
    io.index(r.builds, &B::job);
    io.number(r.builds, &B::voting);
    io.index(r.builds, &B::pool);
    io.number(r.builds, &B::nodes);
    io.index(r.builds, &B::result);
    io.index(r.builds, &B::really);
    io.index(r.builds, &B::fate);
    io.index(r.builds, &B::waste);
    io.time(r.builds, &B::requested, [&](B& b) { return r.attempts[b.attempt].opened; });
    io.time(r.builds, &B::granted, [](B& b) { return b.requested; });
    io.time(r.builds, &B::start, [](B& b) { return b.granted; });
    io.time(r.builds, &B::end, [&](B& b) { return b.result == cancelled ? r.attempts[b.attempt].ended : b.start; });
    io.time(r.builds, &B::released, [](B& b) { return b.end; });
    const std::vector<Time> last_end = last_ends(r);
    io.time(r.attempts, &A::tested, [&](A& a) { return last_end[row_of(a)]; });

    using H = Replay::Holding;
    io.rows(r.holdings);
    io.index(r.holdings, &H::pool);
    io.number(r.holdings, &H::nodes);
    io.time(r.holdings, &H::granted);
    io.time(r.holdings, &H::released, [](H& h) { return h.granted; });

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
    io.index(r.waits, &W::stay);
    io.time(r.waits, &W::until, likely_end);
    io.time(r.waits, &W::from, begin);
    io.index(r.waits, &W::why);
    io.index(r.waits, &W::because_of, [&](W& w) { return r.stays[w.stay].change; });
    io.index(r.waits, &W::job);
    io.index(r.waits, &W::pool);
    io.index(r.waits, &W::semaphore);
    io.index(r.waits, &W::sentence);
    Index last_build = 0;  // mostly another of the attempt that was waited for before
    io.index(r.waits, &W::build, [&](W& w) {
        if (&w != r.waits.data() && (&w - 1)->build != kNowhere) last_build = (&w - 1)->build;
        return last_build;
    });

    using X = Replay::Reset;
    io.rows(r.resets);
    io.time(r.resets, &X::at);
    io.index(r.resets, &X::queue);
    io.index(r.resets, &X::why);
    io.index(r.resets, &X::because_of);
    io.index(r.resets, &X::job);
    io.index(r.resets, &X::build);
    io.index(r.resets, &X::really);
    io.lists(r.resets, &X::changes);
    io.number(r.resets, &X::builds);
    io.length(r.resets, &X::node_time);
    io.index(r.resets, &X::sentence);

    using V = Replay::Window;
    io.rows(r.windows);
    io.time(r.windows, &V::at);
    io.index(r.windows, &V::queue);
    io.number(r.windows, &V::size);
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
