#include "infer/graph.hpp"

#include <algorithm>
#include <set>

#include "infer/statistics.hpp"

namespace gatesim::infer {

namespace {

using import::Run;
using import::RunResult;
using Job = import::Texts::Id;

constexpr std::size_t kLeast = 20;
constexpr Time kSoon = kMinute;

/// The first execution of each job in a test.
using Firsts = std::map<Job, const Run*>;

Firsts firsts_of(const Test& test) {
    Firsts out;
    for (const Run* r : test.runs)
        if (r->result != RunResult::skipped && r->started != kNever && r->attempt == 1) out.try_emplace(r->job, r);
    return out;
}

/// When it could have started: from when on it waited for a machine, if that can be (not before what it waited for).
Moment ready(const Run& run, Moment not_before) {
    return run.queued != kNever && run.queued >= not_before ? run.queued : run.started;
}

bool follows(const Run& later, const Run& earlier) {
    return earlier.result == RunResult::success && earlier.ended != kNever && earlier.ended <= later.started;
}

/// How often a pair ran, and whether the second always followed the first.
std::map<Job, std::set<Job>> always_before(const std::vector<Firsts>& tests) {
    struct Pair {
        std::uint32_t n = 0;
        bool refuted = false;
    };
    std::set<Job> all;
    for (const Firsts& test : tests)
        for (const auto& [job, run] : test) all.insert(job);
    const std::vector<Job> jobs(all.begin(), all.end());
    const auto place = [&](Job job) {
        return static_cast<std::size_t>(std::lower_bound(jobs.begin(), jobs.end(), job) - jobs.begin());
    };
    std::vector<Pair> pairs(jobs.size() * jobs.size());  // later, earlier
    std::vector<std::pair<std::size_t, const Run*>> here;
    for (const Firsts& test : tests) {
        here.clear();
        for (const auto& [job, run] : test) here.emplace_back(place(job), run);
        for (const auto& [b, later] : here) {
            for (const auto& [a, earlier] : here) {
                if (a == b) continue;
                Pair& pair = pairs[b * jobs.size() + a];
                ++pair.n;
                pair.refuted = pair.refuted || !follows(*later, *earlier);
            }
        }
    }
    std::map<Job, std::set<Job>> out;
    for (std::size_t b = 0; b < jobs.size(); ++b)
        for (std::size_t a = 0; a < jobs.size(); ++a)
            if (const Pair& pair = pairs[b * jobs.size() + a]; !pair.refuted && pair.n >= kLeast)
                out[jobs[b]].insert(jobs[a]);
    return out;
}

/// The last of those that ended before this run, and when.
std::pair<Job, Moment> last_before(const Firsts& test, const std::set<Job>& before) {
    std::pair<Job, Moment> out{0, -1};
    for (const Job a : before)
        if (const auto found = test.find(a); found != test.end() && found->second->ended > out.second)
            out = {a, found->second->ended};
    return out;
}

/// Of what came before those that were the last at least once; none, if the job mostly starts at other times.
std::set<Job> binding(const std::vector<Firsts>& tests, Job job, const std::set<Job>& before) {
    std::set<Job> out;
    std::size_t n = 0, soon = 0;
    for (const Firsts& test : tests) {
        const auto run = test.find(job);
        if (run == test.end()) continue;
        const auto [last, end] = last_before(test, before);
        if (end < 0) continue;
        ++n;
        if (ready(*run->second, end) - end >= kSoon) continue;
        ++soon;
        out.insert(last);
    }
    if (static_cast<double>(soon) < 0.8 * static_cast<double>(n)) out.clear();
    return out;
}

/// Without what another one already waits for.
std::vector<Job> reduced(const std::map<Job, std::set<Job>>& needs, Job job) {
    const std::set<Job>& direct = needs.at(job);
    std::set<Job> further;  // all that direct ones wait for
    std::vector<Job> open(direct.begin(), direct.end());
    while (!open.empty()) {
        const auto of = needs.find(open.back());
        open.pop_back();
        if (of == needs.end()) continue;
        for (const Job j : of->second)
            if (further.insert(j).second) open.push_back(j);
    }
    std::vector<Job> out;
    for (const Job j : direct)
        if (further.count(j) == 0) out.push_back(j);
    return out;
}

}  // namespace

Graph graph_of(const std::vector<Test>& tests) {
    std::vector<Firsts> firsts;
    for (const Test& test : tests) firsts.push_back(firsts_of(test));
    std::map<Job, std::set<Job>> needs;
    for (const auto& [job, before] : always_before(firsts))
        if (auto last = binding(firsts, job, before); !last.empty()) needs[job] = std::move(last);
    Graph out;
    for (const auto& [job, direct] : needs) out.needs[job] = reduced(needs, job);

    std::size_t n = 0, soon = 0;
    for (const Firsts& test : firsts) {
        for (const auto& [job, run] : test) {
            const auto found = needs.find(job);
            if (found == needs.end()) continue;
            const Moment end = last_before(test, found->second).second;
            if (end < 0) continue;
            ++n;
            soon += ready(*run, end) - end < kSoon ? 1 : 0;
        }
    }
    out.explained = wilson(soon, n);
    return out;
}

}  // namespace gatesim::infer
