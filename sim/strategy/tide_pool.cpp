#include "strategy/tide_pool.hpp"

#include <algorithm>
#include <utility>

#include "strategy/trials.hpp"

namespace gatesim::tide {

// ------------------------------------------------------------ statuses

void Knowledge::set(const Head& head, JobId job, Colour colour, std::optional<std::uint64_t> on) {
    Statuses& known = statuses_[head.first];
    if (known.patchset != head.second) known = {head.second, {}};
    known.of[job] = {colour, on};
}

bool Knowledge::any(const Head& head, Colour colour) const {
    const auto known = statuses_.find(head.first);
    if (known == statuses_.end() || known->second.patchset != head.second) return false;
    return std::any_of(known->second.of.begin(), known->second.of.end(),
                       [&](const auto& status) { return status.second.colour == colour; });
}

void Knowledge::green_again(ChangeId change) {
    const auto known = statuses_.find(change);
    if (known == statuses_.end()) return;
    for (auto& [job, status] : known->second.of)
        if (status.colour == Colour::red) status = {};
}

State Knowledge::status_counts(const Head& head, JobId job) const {
    const auto known = statuses_.find(head.first);
    if (known == statuses_.end() || known->second.patchset != head.second) return State::none;
    const auto status = known->second.of.find(job);
    const bool here = status != known->second.of.end() && status->second.colour == Colour::green &&
                      status->second.on == queue_.branch;
    return here ? State::success : State::none;
}

// ------------------------------------------------------------ tests

/// Whether all jobs that vote have a result.
static bool voted(const Attempt& attempt) {
    for (std::size_t i = 0; i < attempt.slots.size(); ++i)
        if (attempt.graph->jobs[i]->voting && attempt.slots[i].result == Result::none) return false;
    return true;
}

bool Knowledge::note_results() {
    bool news = false;
    for (Test& test : tests_) {
        const Attempt& attempt = test.trial->attempt;
        const bool unmerged = attempt.merge == MergeState::conflict || attempt.config_error;
        test.told.resize(std::max<std::size_t>(attempt.slots.size(), 1), false);
        if (unmerged && !test.told[0]) news = test.told[0] = true;
        for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
            const JobSlot& slot = attempt.slots[i];
            if (slot.result == Result::none || test.told[i]) continue;
            // Skipped is as good as passed in a test that nothing fails: that is known at its end.
            if (slot.result == Result::skipped && !voted(attempt)) continue;
            news = test.told[i] = true;
            const Job& job = *attempt.graph->jobs[i];
            // One that was stopped says nothing; nor does one of a head that is not there any more.
            const bool speaks = !test.batch() && job.voting && slot.result != Result::canceled &&
                                gate_.change(test.heads[0].first).patchset == test.heads[0].second;
            if (!speaks) continue;
            if (is_red(slot.result))
                set(test.heads[0], job.id, Colour::red);
            else if (slot.result == Result::success || !gate_.failed_for_good(*test.trial))
                set(test.heads[0], job.id, Colour::green, test.trial->branch);
        }
    }
    return news;
}

std::optional<State> Knowledge::state_of(const Test& test, JobId job) const {
    const Item& trial = *test.trial;
    if (!trial.only.empty() && std::find(trial.only.begin(), trial.only.end(), job) == trial.only.end()) return {};
    const Attempt& attempt = trial.attempt;
    if (attempt.merge == MergeState::conflict || attempt.config_error) return State::failure;
    if (!attempt.graph) return State::pending;
    for (std::size_t i = 0; i < attempt.slots.size(); ++i) {
        if (attempt.graph->jobs[i]->id != job) continue;
        const Result result = attempt.slots[i].result;
        if (result == Result::none) return State::pending;
        if (result == Result::success) return State::success;
        if (result == Result::skipped && !gate_.failed_for_good(trial)) return State::success;
        return State::failure;
    }
    return {};
}

State Knowledge::best(const std::vector<Test*>& tests, JobId job) const {
    State best = State::none;
    for (const Test* test : tests) best = std::max(best, state_of(*test, job).value_or(State::none));
    return best;
}

const Item* Knowledge::red_single(const Head& head) const {
    for (const Test& test : tests_)
        if (!test.batch() && test.heads[0] == head && gate_.failed_for_good(*test.trial)) return test.trial;
    return nullptr;
}

void Knowledge::close_stale() {
    std::erase_if(tests_, [&](const Test& test) {
        if (counts(test) || !gate_.complete(*test.trial)) return false;
        const bool red = gate_.failed_for_good(*test.trial);
        // Somebody may ask for it again while its status is red, but that takes the red away.
        if (red && !test.batch() && any(test.heads[0], Colour::red)) return false;
        gate_.drop(*test.trial, {Why::refuted, kNone, kNone, kNone});
        return true;
    });
}

// ------------------------------------------------------------ what follows from them

std::vector<JobId> Knowledge::jobs_of(const Item& item) const {
    std::vector<JobId> jobs;
    for (const Job* job : gate_.jobs_of(item).jobs)
        if (job->voting) jobs.push_back(job->id);
    return jobs;
}

std::vector<JobId> Knowledge::jobs_of(const std::vector<Item*>& items) const {
    std::vector<JobId> jobs;
    const JobGraph* last = nullptr;
    for (const Item* item : items) {
        const JobGraph* graph = &gate_.jobs_of(*item);
        if (std::exchange(last, graph) == graph) continue;
        for (JobId job : jobs_of(*item))
            if (std::find(jobs.begin(), jobs.end(), job) == jobs.end()) jobs.push_back(job);
    }
    return jobs;
}

Entry Knowledge::entry_of(Item& item) const {
    Entry entry;
    entry.item = &item;
    const Head head = entry.head();
    const bool proven = gate_.presubmits_hold(item);
    if (!proven && !statuses_.count(head.first)) {
        entry.lacks = true;
        return entry;
    }
    std::vector<Test*> mine;
    for (const Test& test : tests_)
        if (!test.batch() && test.heads[0] == head && counts(test)) mine.push_back(const_cast<Test*>(&test));
    for (JobId job : jobs_of(item)) {
        const State state = proven ? State::success : std::max(best(mine, job), status_counts(head, job));
        if (state == State::none || state == State::failure) entry.missing.push_back(job);
        entry.pending |= state == State::pending;
    }
    entry.lacks = !entry.missing.empty();
    entry.pending &= !entry.lacks;
    entry.statuses_green = !any(head, Colour::pending) && !any(head, Colour::red);
    return entry;
}

std::vector<Group> Knowledge::groups(const std::vector<Entry>& pool) const {
    std::map<ChangeId, Item*> here;
    for (const Entry& entry : pool) here[entry.item->change] = entry.item;
    std::vector<Group> groups;
    for (const Test& test : tests_) {
        if (!test.batch() || !counts(test)) continue;
        const bool all = std::all_of(test.heads.begin(), test.heads.end(), [&](const Head& head) {
            const auto item = here.find(head.first);
            return item != here.end() && item->second->patchset == head.second;
        });
        if (!all) continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.heads == test.heads; });
        if (group == groups.end()) group = groups.insert(groups.end(), {test.heads, {}, State::none, 0, 0});
        group->tests.push_back(const_cast<Test*>(&test));
    }
    for (Group& group : groups) {
        std::vector<Item*> items;
        for (const Head& head : group.heads) items.push_back(here[head.first]);
        group.state = State::success;
        for (JobId job : jobs_of(items)) {
            group.state = std::min(group.state, std::max(best(group.tests, job), State::failure));
            for (const Test* test : group.tests) {
                const auto state = state_of(*test, job);
                group.succeeded += state == State::success;
                group.running += state == State::pending;
            }
        }
    }
    return groups;
}

}  // namespace gatesim::tide
