// What Truth remembers and finds out with. For its own files: truth.cpp runs jobs and answers, faults.cpp says what is
// wrong with a state.
#pragma once

#include "truth/births.hpp"
#include "truth/flaws.hpp"
#include "truth/hidden.hpp"
#include "truth/merging.hpp"
#include "truth/pairs.hpp"
#include "truth/races.hpp"
#include "truth/recorded.hpp"
#include "truth/script.hpp"
#include "truth/signals.hpp"
#include "truth/truth.hpp"

namespace gatesim {

struct Truth::Memory final : Omniscience {
    Memory(const Scenario& s, const Cast& c, const Landings& l, Luck k);

    void catch_up() {
        births.catch_up();
        script.catch_up();
        note_flaws();
        hidden.catch_up();
    }

    bool really_passes(const BuildState& state) const override;
    bool merges(const BuildState& state);
    void note_flaws();
    Flaw flaw(const BuildState& state);
    Time first_run(const Job& job, ChangeId change) const;
    int flakes(const Job& job, const BuildState& state, const RunKey& key) const;
    Time duration(const Job& job, const ScriptRun* scripted, const RunKey& key, Time longer_than = 0,
                  Time at_most = 0) const;
    bool is_state_of(const RecordedBuild& build, const BuildState& state);
    RunTruth as_recorded(const Job& job, const RecordedBuild& build, const BuildState& state, int patchset,
                         const RunKey& key);
    std::optional<Fault> fault(const Job& job, const BuildState& state, int patchset);
    std::vector<AtFault> at_fault(const Job& job, const BuildState& state, int patchset);
    std::optional<Fault> scripted_fault(const Job& job, const BuildState& state, int patchset) const;
    bool is_listed(std::vector<int> ScriptRun::*runs, const Job& job, const BuildState& state, int patchset,
                   int run) const;
    bool hangs(const Job& job, const BuildState& state, int patchset, int run, const RunKey& key) const;
    bool scripted_flake(const Job& job, const BuildState& state, int patchset, int run) const;
    const ScriptRun* run_of_member(const Job& job, const BuildState& state, std::size_t member, int patchset) const;
    /// Whether `says(run, member)` of what the script says of the job of any of those under test.
    template <class Says>
    bool any_scripted(const Job& job, const BuildState& state, int patchset, const Says& says) const {
        if (script.is_empty()) return false;
        for (std::size_t i = 0; i < state.tested().size(); ++i)
            if (const ScriptRun* scripted = run_of_member(job, state, i, patchset); scripted && says(*scripted, i))
                return true;
        return false;
    }
    Flaw scripted_flaw(const BuildState& state) const;

    const Scenario& scenario;
    const Cast& cast;
    const Landings& landings;
    const Luck luck;
    const PipelineId landing;  ///< where changes land
    Births births;
    Script script;
    Hidden hidden;
    Troubles troubles;
    BranchRaces races;
    RecordedBuilds recorded;
    std::uint64_t recorded_runs = 0, drawn_runs = 0;
    std::map<std::uint32_t, ChangeId> of_stay;  ///< the first `stays_noted` changes, by stay
    ChangeId stays_noted = 0;
    Pairs textual;
    Merging merging;
    SignalDesk signals;
    OpenFlaws flaws;
    Time now = 0;              ///< the last run's start: what is foreseen of a first run counts from there
    Landings::Mark noted = 0;  ///< landings whose flaws were noted
};

}  // namespace gatesim
