#include <fmt/format.h>

#include <algorithm>

#include "load/when.hpp"
#include "page/replay.hpp"
#include "page/replay_reader.hpp"
#include "page/sentence.hpp"

namespace gatesim::page {

bool ReplayReader::read_stays() {
    enum {
        item,
        pipeline,
        queue_,
        change_,
        label,
        patchset,
        place,
        entered,
        at,
        left,
        outcome,
        why,
        because,
        job,
        build,
        really,
        reason
    };
    ReplayTable t =
        open("stays", {"item", "pipeline", "queue", "change", "label", "patchset", "place", "entered_s", "entered_at",
                       "left_s", "outcome", "why", "because_of", "job", "build", "really", "reason"});
    while (t.next()) {
        Replay::Stay s;
        s.number = t.number(item);
        s.queue = queue(t.text(pipeline), t.text(queue_));
        s.change = change(t.text(change_));
        if (!t.text(label).empty()) r_.changes[s.change].label = t.text(label);
        s.patchset = t.number(patchset, 1);
        s.place = t.number(place, 1);
        s.entered = t.time(entered);
        s.left = t.time(left);
        s.outcome = words_.of(t.text(outcome));
        s.why = words_.of(t.text(why));
        s.because_of = change(t.text(because));
        s.job = jobs_.of(t.text(job));
        s.really = words_.of(t.text(really));
        s.sentence = sentences_.of(with_gaps(t.text(reason), {t.text(because), t.text(change_), t.text(job), "", ""}));
        if (t.number(build) >= 0) stay_builds_.push_back({static_cast<Index>(r_.stays.size()), t.number(build)});
        if (s.entered == kNever) t.complain(entered, "it is empty");
        std::string wrong;
        if (r_.start_at == kNever && !t.text(at).empty())
            if (const auto when = parse_when(t.text(at), wrong)) r_.start_at = *when - s.entered;
        stay_of_[s.number] = static_cast<Index>(r_.stays.size());
        saw(s.entered), saw(s.left);
        r_.stays.push_back(s);
    }
    return fine(t);
}

bool ReplayReader::read_attempts() {
    enum {
        attempt,
        pipeline,
        queue_,
        kind,
        item,
        change_,
        patchset,
        place,
        ahead,
        depth,
        chain,
        opened,
        tested,
        ended,
        result,
        end,
        why,
        because,
        build
    };
    ReplayTable t = open(
        "attempts", {"attempt", "pipeline", "queue", "kind", "item", "change", "patchset", "place", "ahead", "depth",
                     "chain", "opened_s", "tested_s", "ended_s", "result", "end", "why", "because_of", "build"});
    std::unordered_map<std::int64_t, std::int64_t> aheads, builds;  // by number; the rows are not in order yet
    while (t.next()) {
        Replay::Attempt a;
        a.number = t.number(attempt);
        a.queue = queue(t.text(pipeline), t.text(queue_));
        a.kind = words_.of(t.text(kind));
        a.stays = list(t.text(item), [&](const std::string& n) {
            return row(stay_of_, std::atoll(n.c_str()), t, item, "stays.csv");
        });
        a.change = change(t.text(change_));
        a.patchset = t.number(patchset, 1);
        a.place = t.number(place, 0);
        if (t.number(ahead) >= 0) aheads[a.number] = t.number(ahead);
        a.depth = t.number(depth, 0);
        a.chain = list(t.text(chain), [&](const std::string& name) { return change(name); });
        a.opened = t.time(opened);
        a.tested = t.time(tested);
        a.ended = t.time(ended);
        a.result = words_.of(t.text(result));
        a.end = words_.of(t.text(end));
        a.why = words_.of(t.text(why));
        a.because_of = change(t.text(because));
        if (t.number(build) >= 0) builds[a.number] = t.number(build);
        if (a.opened == kNever) t.complain(opened, "it is empty");
        saw(a.opened), saw(a.tested), saw(a.ended);
        r_.attempts.push_back(std::move(a));
    }
    std::sort(r_.attempts.begin(), r_.attempts.end(), [](const auto& a, const auto& b) {
        return a.opened != b.opened ? a.opened < b.opened : a.number < b.number;
    });
    for (Index i = 0; i < r_.attempts.size(); ++i) attempt_of_[r_.attempts[i].number] = i;
    for (Index i = 0; i < r_.attempts.size(); ++i) {
        Replay::Attempt& a = r_.attempts[i];
        if (const auto it = builds.find(a.number); it != builds.end()) attempt_builds_.push_back({i, it->second});
        const auto it = aheads.find(a.number);
        if (it == aheads.end()) continue;
        const auto of = attempt_of_.find(it->second);
        if (of == attempt_of_.end())
            t.refuse(fmt::format("ahead: attempt {} stands on {}, which has no row", a.number, it->second));
        else
            a.ahead = of->second;
    }
    return fine(t);
}

bool ReplayReader::read_waits() {
    enum { item, change_, from, until, why, because, job, build, pool_, semaphore, reason };
    ReplayTable t = open("waits", {"item", "change", "from_s", "until_s", "why", "because_of", "job", "build", "pool",
                                   "semaphore", "reason"});
    while (t.next()) {
        Replay::Wait w;
        w.stay = row(stay_of_, t.number(item), t, item, "stays.csv");
        w.from = t.time(from);
        w.until = t.time(until);
        w.why = words_.of(t.text(why));
        w.because_of = change(t.text(because));
        w.job = jobs_.of(t.text(job));
        if (const auto of = build_of_.find(t.number(build)); of != build_of_.end()) w.build = of->second;
        w.pool = pool(t.text(pool_));
        w.semaphore = words_.of(t.text(semaphore));
        w.sentence = sentences_.of(with_gaps(
            t.text(reason), {t.text(because), t.text(change_), t.text(job), t.text(pool_), t.text(semaphore)}));
        if (w.from == kNever) t.complain(from, "it is empty");
        saw(w.from), saw(w.until);
        r_.waits.push_back(w);
    }
    std::stable_sort(r_.waits.begin(), r_.waits.end(),
                     [](const auto& a, const auto& b) { return a.stay != b.stay ? a.stay < b.stay : a.from < b.from; });
    return fine(t);
}

bool ReplayReader::read_resets() {
    enum { at, pipeline, queue_, why, because, job, build, really, changes, builds, node_s, reason };
    ReplayTable t = open("resets", {"at_s", "pipeline", "queue", "why", "because_of", "job", "build", "really",
                                    "changes", "builds", "node_s", "reason"});
    while (t.next()) {
        Replay::Reset x;
        x.at = t.time(at);
        x.queue = queue(t.text(pipeline), t.text(queue_));
        x.why = words_.of(t.text(why));
        x.because_of = change(t.text(because));
        x.job = jobs_.of(t.text(job));
        const auto of = t.number(build) < 0 ? build_of_.end() : build_of_.find(t.number(build));
        if (of != build_of_.end()) x.build = of->second;
        x.really = words_.of(t.text(really));
        x.changes = list(t.text(changes), [&](const std::string& name) { return change(name); });
        x.builds = t.number(builds, 0);
        x.node_time = t.text(node_s).empty() ? 0 : t.time(node_s);
        x.sentence = sentences_.of(with_gaps(t.text(reason), {t.text(because), "", t.text(job), "", ""}));
        if (x.at == kNever) t.complain(at, "it is empty");
        saw(x.at);
        r_.resets.push_back(std::move(x));
    }
    return fine(t);
}

ReplayRead read_replay(const std::string& folder, std::int64_t replication) {
    ReplayRead out;
    ReplayReader(folder, replication, out).read();
    return out;
}

}  // namespace gatesim::page
