#include "import/zuul_sets.hpp"

#include <fmt/format.h>

#include <set>

namespace gatesim::import {

namespace {

/// What a status listed, and no buildset is about.
void add_waiting(const std::map<Key, Stay>& waiting, RowList<Stay>& stays) {
    std::multimap<Key, Entry> known;
    for (const Stay& stay : stays) known.emplace(stay.about, stay.entry);
    for (const auto& [id, stay] : waiting) {
        const auto [from, to] = known.equal_range(stay.about);
        const Moment enqueued = stay.entry.enqueued;
        if (std::none_of(from, to, [&](const auto& other) {
                const Entry& e = other.second;
                return e.enqueued <= enqueued + 5 * kSecond && (e.left == kNever || e.left >= enqueued);
            }))
            stays.push_back(stay);
    }
}

}  // namespace

void split_rounds(ZuulSets& sets, RowList<JobRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const JobRow& a, const JobRow& b) {
        return std::tuple(a.group, a.started, a.id) < std::tuple(b.group, b.started, b.id);
    });
    std::set<Texts::Id> ended;
    Key group = 0, round = 0;
    for (JobRow& row : rows) {
        if (row.group != group) {
            ended.clear();
            group = round = row.group;
        }
        const auto known = sets.find(group);
        if (known == sets.end() || known->second.told || known->second.waits) continue;
        if (ended.contains(row.job) && row.started != kNever) {
            ended.clear();
            round = key_of(group, row.started);
            ZuulSet another = known->second;
            another.item = key_of(another.item, row.started);
            for (Stay& stay : another.stays) stay.id = key_of(stay.id, row.started);
            sets.emplace(round, another);
        }
        if (row.result != RunResult::no_result && row.result != RunResult::unfinished) ended.insert(row.job);
        row.group = row.state = round;
    }
}

void look_at_builds(ZuulSets& sets, RowList<JobRow>& rows) {
    number_attempts(rows);
    struct Seen {
        bool red = false, timeout = false, unfinished = false, green = false;
    };
    std::map<Key, Seen> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const JobRow& row = rows[i];
        ZuulSet& set = sets[row.group];
        set.first = std::min(set.first, row.started);
        if (row.ended != kNever) set.last = std::max(set.last, row.ended);
        const bool last = i + 1 == rows.size() || rows[i + 1].group != row.group || rows[i + 1].job != row.job;
        if (!last || !row.voting) continue;
        Seen& s = seen[row.group];
        s.red |= row.result == RunResult::failure || row.result == RunResult::no_result;
        s.timeout |= row.result == RunResult::timeout;
        s.unfinished |= row.result == RunResult::unfinished || row.result == RunResult::cancelled;
        s.green |= row.result == RunResult::success;
    }
    for (const auto& [group, s] : seen) {
        ZuulSet& set = sets[group];
        if (set.outcome == Left::ejected && set.cause == LeftFor::failure && s.timeout && !s.red)
            set.cause = LeftFor::timeout;
        if (set.told || set.outcome != Left::open) continue;
        if (s.red || s.timeout) {
            set.outcome = Left::ejected;
            set.cause = s.red ? LeftFor::failure : LeftFor::timeout;
        } else if (s.green && !s.unfinished) {
            set.outcome = Left::landed;
        }
    }
}

RowList<Stay> close_sets(const ZuulSets& sets, const std::map<Key, Stay>& waiting, Intake& intake) {
    std::map<Key, Stay> stays;
    std::map<Key, Moment> latest;
    std::uint64_t by_start = 0, untimed = 0;
    for (const auto& [group, set] : sets) {
        if (set.waits) continue;
        untimed += !set.stays.empty() && set.stays.front().entry.enqueued == kNever && set.first == kNever;
        for (Stay stay : set.stays) {
            Entry& e = stay.entry;
            if (e.enqueued == kNever && set.first != kNever) {
                e.enqueued = set.first;
                ++by_start;
            }
            if (e.enqueued == kNever) continue;
            e.outcome = set.outcome;
            e.cause = set.cause;
            if (set.outcome != Left::open) e.left = std::max(set.last, e.enqueued);
            const Moment at = std::max(set.last, set.first == kNever ? Moment{-1} : set.first);
            const auto [known, fresh] = stays.try_emplace(stay.id, stay);
            if (fresh) {
                latest[stay.id] = at;
                continue;
            }
            stay.entry.enqueued = known->second.entry.enqueued = std::min(known->second.entry.enqueued, e.enqueued);
            if (at > latest[stay.id]) {
                latest[stay.id] = at;
                known->second = stay;
            }
        }
    }
    for (std::size_t i = 0; i < untimed; ++i) intake.drop_part("a buildset without any time: no stay");
    if (untimed > 0)
        intake.warnings.push_back(
            fmt::format("{} without any time: no stay", counted(untimed, "buildset is", "buildsets are")));
    if (by_start > 0)
        intake.warnings.push_back(fmt::format(
            "{} without event_timestamp: enqueued is when the first build began, so the wait before it is missing; "
            "export buildsets",
            counted(by_start, "stay is", "stays are")));
    RowList<Stay> out;
    for (const auto& [id, stay] : stays) out.push_back(stay);
    add_waiting(waiting, out);
    return out;
}

void assign_builds(ZuulSets& sets, RowList<JobRow>& rows) {
    std::map<Key, std::pair<Moment, Key>> last;
    for (const auto& [group, set] : sets) {
        if (set.item == 0) continue;
        const std::pair at(set.first == kNever ? Moment{-1} : set.first, group);
        const auto [known, fresh] = last.try_emplace(set.item, at);
        if (!fresh) known->second = std::max(known->second, at);
    }
    for (JobRow& row : rows) {
        const ZuulSet& set = sets[row.group];
        if (set.item != 0 && row.result == RunResult::cancelled && last[set.item].second != row.group)
            row.result = RunResult::superseded;
        if (!set.stays.empty()) row.stay = set.stays.back().id;
    }
}

}  // namespace gatesim::import
