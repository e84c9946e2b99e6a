// What nobody scripted: defects of changes and conflicts between them, drawn once and for all.
#pragma once

#include <optional>
#include <vector>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "truth/pairs.hpp"
#include "truth/places.hpp"
#include "truth/recorded.hpp"
#include "truth/red_jobs.hpp"

namespace gatesim {

class Hidden {
public:
    /// `spared[change's listed index]`: listed changes whose script says what is wrong with them draw no defect.
    Hidden(const Scenario& scenario, const Cast& cast, const Landings& landings, const Births& births, Luck luck,
           std::vector<bool> spared);

    /// Stays of which a record says whether their changes are sound: no defect is drawn for them. It must outlive this.
    void take_from(const RecordedBuilds& recorded) {
        recorded_ = &recorded;
        defects_possible_ = true;
    }

    /// Takes note of new changes and of what landed since the last call. Births must have caught up.
    void catch_up();

    /// What makes `job` red on the state, if anything does. In order: the defect of the tested change, the first
    /// defective change ahead, the branch, a conflict of the tested change with another of the state, a conflict
    /// between two others. A job that selects tests may overlook each of them (Job::selection). Does not say who is at
    /// fault.
    std::optional<Fault> fault(const Job& job, const BuildState& state, int patchset);

    /// Adds whoever in the chain makes the job red on the state: with a defect of its own, or as the later one of two
    /// that do not go together.
    void add_at_fault(const Job& job, const BuildState& state, int patchset, std::vector<AtFault>& out);

    /// What the last change of the state would bring in by landing: its defect, or a conflict with the rest of the
    /// state (`culprit`: the other one). Cause::none if nothing.
    Fault brings_in(const BuildState& state);

    /// Whether the patch set has a defect of its own.
    bool has_defect(ChangeId change, int patchset) { return defect(change, patchset).there; }

    /// A new patch set: its author has seen what had landed until now (Births::again was called).
    void written_anew(ChangeId change) {
        semantic_.forget(change);
        ++edition_;
    }

    /// See Pairs::leave().
    void leave(ChangeId change) { semantic_.leave(change); }

    /// Whether the job shows the change's own defect.
    bool shows_own(const Job& job, ChangeId change, int patchset);

    /// How likely a semantic conflict of the two is for somebody who sees what they touch, and whether there is one.
    const Pairs& semantic() const { return semantic_; }

    const Places& places() const { return places_; }

private:
    // The defect of one patch set of a change: shows in `jobs`, which may be none although it is there.
    struct Defect {
        int patchset = 0;  ///< 0: not drawn yet
        bool there = false;
        std::vector<JobId> jobs;
    };
    // `who` does not go together with `other`, which is ahead of it or landed; it shows in `job`.
    struct Clash {
        JobId job;
        ChangeId who;
        ChangeId other;
    };
    // The clashes of the last state on which a change was tested.
    struct Memo {
        Landings::Mark base = kNone;
        std::uint64_t edition = 0;  ///< of the changes
        std::size_t length = 0;     ///< of its chain
        std::uint64_t chain = 0;    ///< a number made of it: chains themselves would need memory without end
        std::vector<Clash> clashes;
    };

    void draw_runs_of_defects();
    bool is_defective(ChangeId change, int patchset) const;
    bool overlooks(const Job& job, ChangeId tested, ChangeId culprit, bool involved) const;
    const Defect& defect(ChangeId change, int patchset);
    std::vector<Place> places_of_defect(ChangeId change) const;
    void add_clashes(const BuildState& state, std::size_t position, std::vector<Clash>& clashes);
    void spot(const BuildState& state);
    const std::vector<Clash>& clashes(const BuildState& state);
    JobId clash_job(ChangeId a, ChangeId b) const;
    void landed(ChangeId change, Landings::Mark position);
    bool mended(ChangeId change, const BuildState& state) const;

    const Scenario& scenario_;
    const Cast& cast_;
    const Landings& landings_;
    const Births& births_;
    Luck luck_;
    std::vector<bool> spared_;
    bool defects_possible_;
    const RecordedBuilds* recorded_ = nullptr;
    Places places_;
    Pairs semantic_;
    std::vector<Defect> defects_;
    std::vector<Memo> memos_;
    struct Spot {
        std::uint64_t chain = 0;
        std::uint32_t at = 0;
    };
    std::vector<Spot> spot_;                              // by change: its place in the chain that was looked at last
    std::uint64_t spotted_ = 0;                           // so many chains
    std::vector<std::pair<std::uint32_t, JobId>> ahead_;  // of its rivals in that chain: place, job that shows it
    std::uint64_t edition_ = 0;                           // counts new patch sets
    Landings::Mark seen_ = 0;
    RedJobs branch_;
    std::vector<bool> in_run_;  // by change, with Failures::defect_run: its first patch set has a defect
    enum class Run : std::uint8_t { not_begun, healthy, broken };
    std::vector<Run> group_run_;  // by group, as of its newest change
};

}  // namespace gatesim
