// Builds, nodes and windows of a replay.
#include <fmt/format.h>

#include <algorithm>

#include "page/replay_reader.hpp"

namespace gatesim::page {

bool ReplayReader::read_builds() {
    enum { build, attempt, job, voting, pool_, start, end, result, really, fate, waste };
    ReplayTable t = open("builds", {"build", "attempt", "job", "voting", "pool", "start_s", "end_s", "result", "really",
                                    "fate", "waste"});
    while (t.next()) {
        const auto of = attempt_of_.find(t.number(attempt));
        if (of == attempt_of_.end()) continue;  // of a check
        Replay::Build b;
        b.number = t.number(build);
        b.attempt = of->second;
        b.job = jobs_.of(t.text(job));
        b.voting = t.number(voting, 1) != 0;
        b.pool = pool(t.text(pool_));
        b.start = t.time(start);
        b.end = t.time(end);
        b.requested = b.granted = b.start;
        b.released = b.end;
        b.result = words_.of(t.text(result));
        b.really = words_.of(t.text(really));
        b.fate = words_.of(t.text(fate));
        b.waste = words_.of(t.text(waste));
        saw(b.start), saw(b.end);
        r_.builds.push_back(b);
    }
    std::sort(r_.builds.begin(), r_.builds.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    for (Index i = 0; i < r_.builds.size(); ++i) build_of_[r_.builds[i].number] = i;
    const auto find = [&](std::int64_t number) {
        const auto it = build_of_.find(number);
        return it == build_of_.end() ? kNowhere : it->second;
    };
    for (const auto& [stay, number] : stay_builds_) r_.stays[stay].build = find(number);
    for (const auto& [attempt_row, number] : attempt_builds_) r_.attempts[attempt_row].build = find(number);
    return fine(t);
}

bool ReplayReader::read_nodes() {
    enum { build, pool_, nodes, requested, granted, released };
    ReplayTable t = open("nodes", {"build", "pool", "nodes", "requested_s", "granted_s", "released_s"});
    while (t.next()) {
        const auto of = t.number(build) < 0 ? build_of_.end() : build_of_.find(t.number(build));
        saw(t.time(granted)), saw(t.time(released));
        if (of == build_of_.end()) {
            r_.holdings.push_back({pool(t.text(pool_)), t.number(nodes, 1), t.time(granted), t.time(released)});
            continue;
        }
        Replay::Build& b = r_.builds[of->second];
        b.pool = pool(t.text(pool_));
        b.nodes = t.number(nodes, 1);
        b.requested = t.time(requested);
        b.granted = t.time(granted);
        b.released = t.time(released);
    }
    std::stable_sort(r_.holdings.begin(), r_.holdings.end(),
                     [](const auto& a, const auto& b) { return a.granted < b.granted; });
    return fine(t);
}

bool ReplayReader::read_windows() {
    enum { pipeline, queue_, at, window };
    ReplayTable t = open("queue", {"pipeline", "queue", "at_s", "window"});
    std::vector<std::int64_t> last;
    while (t.next()) {
        const Replay::Window w{t.time(at), queue(t.text(pipeline), t.text(queue_)), t.number(window, 0)};
        last.resize(std::max<std::size_t>(last.size(), w.queue + 1), -1);
        if (last[w.queue] == w.size) continue;
        last[w.queue] = w.size;
        r_.windows.push_back(w);
    }
    return fine(t);
}

bool ReplayReader::read_authors() {
    enum { change_, author };
    ReplayTable t = open("changes", {"change", "author"});
    while (t.next()) {
        const auto it = changes_.find(t.text(change_));
        if (it != changes_.end()) r_.changes[it->second].author = t.text(author);
    }
    return t.absent() || fine(t);
}

}  // namespace gatesim::page
