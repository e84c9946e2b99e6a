#include "infer/reds.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "infer/statistics.hpp"

namespace gatesim::infer {

namespace {

using import::Run;
using import::RunResult;

bool is_red(const Run& r) {
    return r.result == RunResult::failure || r.result == RunResult::timeout;
}
bool has_verdict(const Run& r) {
    return (r.result == RunResult::success || is_red(r)) && r.started != kNever && r.ended != kNever;
}

/// A verdict of the job: when, whether it was red, and who would be to blame.
struct Verdict {
    Moment at = 0;
    bool red = false;
    std::uint32_t blamed = kNone;
};

std::vector<Verdict> verdicts_of(const import::Records& records, const std::vector<Test>& tests,
                                 import::Texts::Id job) {
    std::vector<Verdict> out;
    for (const Test& test : tests) {
        for (const Run* r : test.runs) {
            if (r->job != job || !has_verdict(*r)) continue;
            const std::uint32_t stay = suspect(records, test);
            out.push_back({r->ended, is_red(*r), stay == kNone ? kNone : records.entries[stay].change});
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Verdict& a, const Verdict& b) { return a.at < b.at; });
    return out;
}

bool in_spell(const std::vector<Spell>& spells, Moment t) {
    return std::any_of(spells.begin(), spells.end(), [&](const Spell& s) { return s.from <= t && t <= s.to; });
}

/// The verdicts of each job on a state are in order of attempts; the first two count.
void note(std::vector<Outcome>& out, const std::vector<const Run*>& runs, std::uint32_t of) {
    if (runs.empty()) return;
    Outcome outcome{is_red(*runs[0]), std::nullopt, of};
    if (outcome.red && runs.size() > 1) outcome.passed_again = !is_red(*runs[1]);
    out.push_back(outcome);
}

}  // namespace

std::vector<Spell> spells_of(const import::Records& records, const std::vector<Test>& tests, import::Texts::Id job) {
    const std::vector<Verdict> all = verdicts_of(records, tests, job);
    std::map<std::uint32_t, bool> changes;  // whether it was ever red
    for (const Verdict& v : all) changes[v.blamed] |= v.red;
    const auto red =
        static_cast<double>(std::count_if(changes.begin(), changes.end(), [](auto& c) { return c.second; }));
    const double usual = red / std::max<double>(1, static_cast<double>(changes.size()));
    std::vector<Spell> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].red) continue;
        std::set<std::uint32_t> seen, bad;
        std::size_t j = i, last = i, verdicts = 0, reds = 0;
        for (; j < all.size() && all[j].at < all[i].at + kHour; ++j) {
            seen.insert(all[j].blamed);
            ++verdicts;
            if (!all[j].red) continue;
            bad.insert(all[j].blamed);
            last = j;
            ++reds;
        }
        if (bad.size() < 3) continue;
        const double chance = binomial_tail(bad.size(), seen.size(), usual);
        if (chance * static_cast<double>(all.size()) > 0.01) continue;
        const Spell spell{all[i].at, all[last].at, bad.size(),
                          static_cast<double>(reds) / static_cast<double>(verdicts)};
        if (!out.empty() && spell.from - out.back().to < kHour) {
            out.back().to = std::max(out.back().to, spell.to);
            out.back().changes = std::max(out.back().changes, spell.changes);
        } else
            out.push_back(spell);
    }
    return out;
}

JobReds reds_in(const import::Records& records, const std::vector<Test>& tests, import::Texts::Id job,
                const std::vector<Spell>& spells) {
    JobReds out;
    std::map<std::uint32_t, std::vector<const Run*>> states;
    std::map<std::uint32_t, std::uint32_t> blamed;
    std::map<std::uint32_t, std::vector<const Run*>> changes, stays;  // by change, in order of time
    std::uint32_t unnamed = 0;
    for (const Test& test : tests) {
        if (test.entry != kNone && !alone(records, test)) continue;
        std::vector<const Run*> runs;
        for (const Run* r : test.runs) {
            if (r->job != job || !has_verdict(*r)) continue;
            if (in_spell(spells, r->ended))
                ++out.in_spells;
            else
                runs.push_back(r);
        }
        if (runs.empty()) continue;
        // A state without a number is one of its own: numbers from the other end stand for those.
        const std::uint32_t state = test.state != kNone ? test.state : kNone - ++unnamed;
        auto& here = states[state];
        here.insert(here.end(), runs.begin(), runs.end());
        blamed[state] = test.entry == kNone ? kNone - state : records.entries[test.entry].change;
        if (test.entry == kNone) continue;
        const std::uint32_t change = records.entries[test.entry].change;
        changes.try_emplace(change, runs);
        auto& of_stay = stays[change];
        if (of_stay.empty() || of_stay.front()->entry == test.entry)
            of_stay.insert(of_stay.end(), runs.begin(), runs.end());
    }
    for (const auto& [state, runs] : states) note(out.by_state, runs, blamed[state]);
    for (const auto& [change, runs] : changes) note(out.by_change, runs, change);
    for (const auto& [change, runs] : stays) note(out.by_stay, runs, change);
    return out;
}

ChangeReds changes_in(const import::Records& records, const std::vector<Test>& tests,
                      const std::vector<Voter>& voters) {
    std::map<import::Texts::Id, const Voter*> by_job;
    for (const Voter& voter : voters) by_job[voter.job] = &voter;
    std::set<std::uint32_t> known;
    ChangeReds out;
    double again = 0, by_luck = 0;
    std::size_t passed_again = 0;
    for (const Test& test : tests) {
        if (!alone(records, test)) continue;
        std::map<import::Texts::Id, std::vector<const Run*>> runs;
        bool whole = true;
        for (const Run* r : test.runs) {
            const auto counts = by_job.find(r->job);
            if (counts == by_job.end() || (has_verdict(*r) && in_spell(*counts->second->spells, r->ended))) continue;
            if (has_verdict(*r))
                runs[r->job].push_back(r);
            else
                whole = whole && (r->attempt > 1 || r->result == RunResult::skipped);
        }
        Outcome outcome{false, std::nullopt, records.entries[test.entry].change};
        bool repeated = true, passed = true;
        double good = 1, all_good = 1;  // the chance that no repeated job flakes, and that none does
        for (const auto& [job, list] : runs) {
            all_good *= 1 - by_job[job]->flake;
            if (!is_red(*list[0])) continue;
            outcome.red = true;
            good *= 1 - by_job[job]->flake;
            repeated = repeated && list.size() > 1;
            passed = passed && list.size() > 1 && !is_red(*list[1]);
        }
        if (runs.empty() || !(whole || outcome.red) || !known.insert(outcome.of).second) continue;
        if (outcome.red && repeated) outcome.passed_again = passed;
        out.outcomes.push_back(outcome);
        by_luck += 1 - all_good;
        if (!outcome.passed_again.value_or(false)) continue;
        again += 1 - good;
        ++passed_again;
    }
    out.by_luck = out.outcomes.empty() ? 0 : by_luck / static_cast<double>(out.outcomes.size());
    out.again = passed_again == 0 ? 0 : again / static_cast<double>(passed_again);
    return out;
}

}  // namespace gatesim::infer
