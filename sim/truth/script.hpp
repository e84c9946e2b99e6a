// What listed changes do, exactly as their script says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/landings.hpp"

namespace gatesim {

/// Changes that a script names: an index into ListedLoad::changes, kNone for a name that is not listed.
using ListedIds = std::vector<std::uint32_t>;

/// A ScriptedRun with its names resolved.
struct ScriptRun {
    JobId job = kNone;
    std::optional<Time> duration;
    bool fails = false;
    ListedIds fails_with;
    ListedIds fails_without;
    std::vector<int> fails_on_run;
    std::vector<int> retry_runs;
    std::vector<int> hangs_on_run;
    bool never_reports = false;
    bool node_failure = false;
    std::optional<std::vector<std::string>> child_jobs;
    bool own_builds_only = false;
};

class Script {
public:
    Script(const Scenario& scenario, const Cast& cast, const Landings& landings);

    /// Finds out which changes the listed ones became.
    void catch_up();

    /// From the next patch set on the change has these runs (empty: those it had), and breaks and conflicts with what
    /// the event says, if it says anything.
    void new_patchset(ChangeId change, const ScriptedEvent& event);

    /// Whether there is none: no change is listed.
    bool is_empty() const { return changes_ == nullptr; }

    /// What the script says about a job of a patch set of a change; nullptr: nothing.
    const ScriptRun* run_of(ChangeId change, JobId job, int patchset) const;

    /// A change in the state that breaks the job: the tested one, else the first of the chain, else one of the base;
    /// kNone if none does.
    ChangeId breaker(JobId job, const BuildState& state) const;

    /// Two changes of the state that fail each other's job (fails_with), whichever of the two says so.
    struct Clash {
        ChangeId who = kNone;    ///< the later one: further back in the chain, or the one that has not landed
        ChangeId rival = kNone;  ///< the earlier one
    };
    /// All of them, in the order of the list.
    std::vector<Clash> clashes(JobId job, const BuildState& state) const;

    /// Whether the change as it is now breaks the job.
    bool breaks(ChangeId change, JobId job) const;

    /// A change of the state with which this one fails the job, whichever of the two says so; kNone if none.
    ChangeId rival_of(ChangeId change, JobId job, const BuildState& state) const;

    /// A change of the list that is in the state, kNone if none is.
    ChangeId first_in(const ListedIds& ids, const BuildState& state) const;

    /// Whether one of the list is not in the state.
    bool any_missing(const ListedIds& ids, const BuildState& state) const;

    /// Whether two changes of the chain, or one of the chain and one of the base, conflict; or one of the chain with
    /// everything. What has landed already conflicts with nothing that landed before or after it.
    bool conflict(const BuildState& state) const;
    /// The same for the last of the chain only, with all others.
    bool last_conflicts(const BuildState& state) const;

    bool fails_merge(ChangeId change) const;

    /// Whether the script says of either that it does not go together with the other (conflicts_with, fails_with).
    bool conflicting(ChangeId a, ChangeId b) const;

    /// Whether the change fails by its script wherever it is tested by itself.
    bool fails_alone(ChangeId change) const;

    /// What is frequent among listed changes: the share that fails alone, and the share of pairs that conflict, with
    /// one more of each kind than there are, so that neither is 0 or 1.
    double share_failing() const;
    double share_conflicting() const;

    /// By listed index: whether the script names a reason for red builds of the change.
    std::vector<bool> with_cause() const;

    const ListedChange* listed(ChangeId change) const;

private:
    using Runs = std::vector<ScriptRun>;

    std::vector<std::uint32_t> resolve(const std::vector<std::string>& names) const;
    Runs resolve(const std::vector<ScriptedRun>& runs) const;
    std::size_t place(ChangeId change, const BuildState& state) const;
    bool in_state(std::uint32_t listed, const BuildState& state) const;
    void read_conflicts();
    void set_rivals(std::uint32_t listed, const ListedIds& rivals);
    void note_clashes(std::uint32_t listed, const Runs& runs);

    const std::vector<ListedChange>* changes_ = nullptr;  ///< nullptr: nothing is listed
    const Cast& cast_;
    const Landings& landings_;
    std::vector<std::pair<std::string, std::uint32_t>> names_;  ///< sorted
    std::vector<std::vector<Runs>> runs_;                       ///< by listed change, then patch set from 1
    std::vector<ListedIds> breakers_;                           ///< by job, sorted
    std::vector<ListedIds> clashing_;                           ///< by job, sorted: who fails with somebody
    std::vector<ListedIds> rivals_;                             ///< by listed change; symmetric
    bool conflicts_ = false;                                    ///< some change conflicts with some
    std::vector<ChangeId> who_;                                 ///< by listed change: what it became, kNone = not yet
    std::size_t known_ = 0;                                     ///< changes of the cast that were looked at
};

}  // namespace gatesim
