// What Tide knows when it looks: the statuses of each head, and the builds that count on the branch as it is.
//
// Source: kubernetes-sigs/prow, pkg/tide/tide.go (accumulate, accumulateBatch, prowJobsFromContexts) and the crier,
// which sets statuses. In Tide's words a status is a "context".
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "gate/gate.hpp"

namespace gatesim::tide {

enum class State : std::uint8_t { none, failure, pending, success };  ///< better ones are higher

/// A patch set of a change.
using Head = std::pair<ChangeId, int>;

/// Builds of one state: of a single change or a batch.
struct Test {
    Item* trial = nullptr;
    std::vector<Head> heads;
    std::vector<bool> told;  ///< by slot: its result has been taken note of
    bool batch() const { return heads.size() > 1; }
};

/// One change that may be merged, as of this look.
struct Entry {
    Item* item = nullptr;
    bool lacks = false;          ///< something is missing: a job without success or build on the branch as it is
    std::vector<JobId> missing;  ///< those; empty with `lacks`: all, nothing was ever made of it alone
    bool pending = false;        ///< nothing is missing, and a build is to be waited for
    bool statuses_green = true;
    Head head() const { return {item->change, item->patchset}; }
};

/// The builds of one batch on the branch as it is.
struct Group {
    std::vector<Head> heads;
    std::vector<Test*> tests;
    State state = State::none;
    std::size_t succeeded = 0, running = 0;  ///< builds
};

class Knowledge {
public:
    explicit Knowledge(Gate& gate, Queue& queue) : gate_(gate), queue_(queue) {}

    // ---- statuses
    enum class Colour : std::uint8_t { green, pending, red };
    void set(const Head& head, JobId job, Colour colour, std::optional<std::uint64_t> on = {});
    bool any(const Head& head, Colour colour) const;
    /// A person asks for it again: what was red was made green, on whatever branch.
    void green_again(ChangeId change);
    void forget(ChangeId change) { statuses_.erase(change); }

    // ---- tests
    std::vector<Test>& tests() { return tests_; }
    /// Takes note of builds that have ended. True if any had.
    bool note_results();
    /// Whether it was made on the branch as it is.
    bool counts(const Test& test) const { return test.trial->branch == queue_.branch; }
    /// Of the job in the test; nothing if it does not run there.
    std::optional<State> state_of(const Test& test, JobId job) const;
    /// A test of this change alone in which a job is red; nullptr if there is none.
    const Item* red_single(const Head& head) const;
    /// Closes what can tell nothing any more.
    void close_stale();

    // ---- what follows from them
    Entry entry_of(Item& item) const;
    std::vector<Group> groups(const std::vector<Entry>& pool) const;
    /// The voting jobs of the change.
    std::vector<JobId> jobs_of(const Item& item) const;
    std::vector<JobId> jobs_of(const std::vector<Item*>& items) const;

private:
    struct Status {
        Colour colour = Colour::green;
        std::optional<std::uint64_t> on;  ///< green: the state of the branch it was tested on
    };
    struct Statuses {
        int patchset = 0;
        std::map<JobId, Status> of;  ///< what is not named is green, on no branch
    };
    State status_counts(const Head& head, JobId job) const;
    State best(const std::vector<Test*>& tests, JobId job) const;

    Gate& gate_;
    Queue& queue_;
    std::map<ChangeId, Statuses> statuses_;
    std::vector<Test> tests_;  ///< open ones, in the order in which they were made
};

}  // namespace gatesim::tide
