#include "import/gerrit_lives.hpp"

#include <fmt/format.h>

namespace gatesim::import {

namespace {

/// The life of one change.
class Life {
public:
    Life(Key change, const ChangeSaid& said, Texts& texts, Lives& out)
        : change_(change), said_(said), texts_(texts), out_(out) {}

    void look_ahead(const Fact& fact) {
        gated_ |= fact.said == Said::gate_start;
        by_work_ |= fact.said == Said::approve_work;
        if (fact.said == Said::merged) merged_at_ = std::min(merged_at_, fact.at);
    }
    void hear(const Fact& fact);
    void end();

private:
    void approved(const Fact& fact);
    void gate_started(Moment at);
    void verdict(const Fact& fact);
    void merged(Moment at);
    void open(Moment at) {
        open_ = true;
        enqueued_ = at;
        green_ = kNever;
    }
    void close(Moment left, Left outcome, LeftFor cause);
    void triggered(const Fact& fact) {
        trigger_ = fact.at;
        triggered_ = fact.patch_set;
        answered_ = false;
    }
    void run_of(const Fact& start, Moment ended, RunResult result);
    void pair_starts(const Fact& verdict);
    Fact together(const std::vector<Fact>& starts);
    Key stay_id() const { return key_of(key_of(change_, "stay"), enqueued_); }

    Key change_;
    const ChangeSaid& said_;
    Texts& texts_;
    Lives& out_;
    bool gated_ = false, by_work_ = false, open_ = false, landed_ = false;
    bool by_gate_ = false;  ///< the open stay began with the gate's word
    Moment merged_at_ = kNever, enqueued_ = kNever, green_ = kNever, approved_ = kNever, trigger_ = kNever;
    std::uint16_t triggered_ = 0;  ///< the patch set that the tests were asked for
    bool answered_ = false;        ///< there was a verdict since then: more tests were asked for by somebody unseen
    std::vector<Fact> starts_;     ///< of jobs without a verdict
};

void Life::close(Moment left, Left outcome, LeftFor cause) {
    Stay stay;
    stay.id = stay_id();
    stay.counted = false;
    Entry& e = stay.entry;
    e.change = said_.number;
    e.project = said_.project;
    e.branch = said_.branch;
    e.author = said_.author;
    e.enqueued = enqueued_;
    e.left = left;
    e.outcome = outcome;
    e.cause = cause;
    out_.stays.push_back(stay);
    open_ = by_gate_ = false;
    approved_ = kNever;
}

void Life::approved(const Fact& fact) {
    const bool counts = !by_work_ || fact.said == Said::approve_work;
    if (!counts) return;
    if (approved_ == kNever || fact.said == Said::approve_code) approved_ = fact.at;
    if (gated_) return;
    if (open_ && fact.said == Said::approve_work) return;  // it waits already
    open(fact.at);                                         // of several reviewers the last one lets it in
    out_.by_vote = true;
}

void Life::gate_started(Moment at) {
    if (open_) {  // it must have left in between
        close(kNever, Left::ejected, LeftFor::unknown);
        out_.stays.back().entry.left_hi = at;
    }
    open(at);
    by_gate_ = true;
}

void Life::run_of(const Fact& start, Moment ended, RunResult result) {
    JobRow row;
    row.counted = false;
    row.state = patch_set_key(change_, start.patch_set);
    row.group = key_of(row.state, ended == kNever ? start.at : ended);
    if (trigger_ <= start.at && triggered_ == start.patch_set && !answered_) row.created = trigger_;
    row.job = start.job;
    row.started = start.at;
    row.ended = ended;
    row.result = result;
    row.id = key_of(start.id, "run");
    out_.rows.push_back(row);
}

/// Jobs whose start was told, and whose end is the verdict on the patch set.
void Life::pair_starts(const Fact& verdict) {
    std::vector<Fact> others, mine;
    for (const Fact& start : starts_) (start.patch_set == verdict.patch_set ? mine : others).push_back(start);
    starts_ = std::move(others);
    if (verdict.group != 0) return;  // the verdict lists them
    std::size_t jobs = 0;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        const bool again = std::any_of(mine.begin() + static_cast<std::ptrdiff_t>(i) + 1, mine.end(),
                                       [&](const Fact& later) { return later.job == mine[i].job; });
        if (again)
            run_of(mine[i], kNever, RunResult::unfinished);
        else
            mine[jobs++] = mine[i];
    }
    if (jobs == 0) return;
    mine.resize(jobs);
    const RunResult result = verdict.said == Said::green ? RunResult::success : RunResult::failure;
    run_of(jobs == 1 ? mine[0] : together(mine), verdict.at, result);
}

/// Several jobs with one verdict: which of them failed is not said, nor when the others ended. What can be told is how
/// long all of them took and how that ended, so they stand as one job.
Fact Life::together(const std::vector<Fact>& starts) {
    Fact all = *std::min_element(starts.begin(), starts.end(), [](const Fact& a, const Fact& b) {
        return std::tuple(a.at, a.id) < std::tuple(b.at, b.id);
    });
    std::vector<std::string> names;
    for (const Fact& start : starts) names.push_back(texts_[start.job]);
    std::sort(names.begin(), names.end());
    all.job = texts_.of(fmt::format("{}", fmt::join(names, "+")));
    ++out_.together;
    return all;
}

void Life::verdict(const Fact& fact) {
    const bool untagged = by_gate_ && (trigger_ == kNever || trigger_ < enqueued_);
    if (!fact.gate && !untagged) return;
    if (!open_) {
        if (fact.began == kNever) return;
        open(std::min(fact.began, fact.at));
        ++out_.guessed_starts;
    }
    if (fact.group != 0) out_.stay_of_group[fact.group] = stay_id();
    if (fact.said == Said::green)
        green_ = fact.at;
    else
        close(fact.at, Left::ejected, LeftFor::failure);
}

void Life::merged(Moment at) {
    if (landed_) return;  // a message says so, and the change itself
    landed_ = true;
    if (!open_) {
        if (approved_ == kNever) {
            ++out_.merged_unapproved;
            return;
        }
        open(approved_);
        out_.by_vote = true;
    }
    close(at, Left::landed, LeftFor::none);
}

void Life::hear(const Fact& fact) {
    switch (fact.said) {
        case Said::upload:
            if (merged_at_ != kNever && fact.at + kSecond >= merged_at_) return;  // the submit's own rebase
            if (open_) close(fact.at, Left::withdrawn, LeftFor::none);
            approved_ = kNever;
            return triggered(fact);
        case Said::recheck:
            return triggered(fact);
        case Said::approve_work:
        case Said::approve_code:
            return approved(fact);
        case Said::refuse:
            if (open_ && !by_gate_) close(fact.at, Left::withdrawn, LeftFor::none);
            approved_ = kNever;
            return;
        case Said::gate_start:
            return gate_started(fact.at);
        case Said::job_start:
            starts_.push_back(fact);
            out_.starts[{patch_set_key(change_, fact.patch_set), fact.job}].push_back(fact.at);
            return;
        case Said::green:
        case Said::red:
            pair_starts(fact);
            answered_ |= fact.patch_set == triggered_;
            return verdict(fact);
        case Said::conflict:
            if (open_) close(fact.at, Left::ejected, LeftFor::conflict);
            return;
        case Said::merged:
            return merged(fact.at);
        case Said::abandoned:
            if (open_) close(fact.at, Left::withdrawn, LeftFor::none);
            approved_ = kNever;
            return;
        case Said::nothing:
            return;
    }
}

void Life::end() {
    if (open_) close(green_, green_ == kNever ? Left::open : Left::landed, LeftFor::none);
    for (const Fact& start : starts_) run_of(start, kNever, RunResult::unfinished);
}

}  // namespace

Lives live(RowList<Fact>& facts, const std::map<Key, ChangeSaid>& changes, Texts& texts) {
    std::sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) {
        return std::tuple(a.change, a.at, a.said, a.patch_set, a.id) <
               std::tuple(b.change, b.at, b.said, b.patch_set, b.id);
    });
    Lives out;
    for (std::size_t from = 0, to = 0; from < facts.size(); from = to) {
        while (to < facts.size() && facts[to].change == facts[from].change) ++to;
        Life life(facts[from].change, changes.at(facts[from].change), texts, out);
        for (std::size_t i = from; i < to; ++i) life.look_ahead(facts[i]);
        for (std::size_t i = from; i < to; ++i) life.hear(facts[i]);
        life.end();
    }
    return out;
}

}  // namespace gatesim::import
