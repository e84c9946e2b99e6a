// Which runs say something about flakes, which about defects, and which were red because of something else.
#pragma once

#include <vector>

#include "import/records.hpp"
#include "infer/reruns.hpp"
#include "infer/tests.hpp"

namespace gatesim::infer {

/// A job was red for so many changes in so short a time that neither flakes nor their defects explain it.
struct Spell {
    Moment from = 0, to = 0;  ///< first and last red end
    std::size_t changes = 0;  ///< that have none to blame in common
    double red = 0;           ///< share of the runs that ended in it that were red
};

/// Red for three changes and more within an hour, each with another one to blame, where chance alone would do that in
/// no more than one of 100 such records. Spells less than an hour apart are one.
std::vector<Spell> spells_of(const import::Records& records, const std::vector<Test>& tests, import::Texts::Id job);

struct JobReds {
    /// One a state whose others all landed, or that stands for no stay: for flakes. States with a culprit ahead are
    /// stopped before anybody repeats a run of them, so they would say that luck is behind too much of the red.
    std::vector<Outcome> by_state;
    /// One a change, of its first such state: for its own defects.
    std::vector<Outcome> by_change;
    /// As by_change, but a later state of the same stay counts as repeated: where nobody repeats a run on one state.
    std::vector<Outcome> by_stay;
    std::size_t in_spells = 0;  ///< runs left out
};

JobReds reds_in(const import::Records& records, const std::vector<Test>& tests, import::Texts::Id job,
                const std::vector<Spell>& spells);

/// A voting job, with what is known of it.
struct Voter {
    import::Texts::Id job = 0;
    double flake = 0;
    const std::vector<Spell>* spells = nullptr;
};

struct ChangeReds {
    /// One a change, of its first such state with all its jobs: red if one of these was, and passed again if all that
    /// were red did. For how many changes have a defect at all, since one can show in several jobs.
    std::vector<Outcome> outcomes;
    /// The chance that what was repeated fails again by luck: only the red jobs are, so it is less than that of a first
    /// test. The mean over those that passed.
    double again = 0;
    double by_luck = 0;  ///< the chance that a first test is red by luck, mean over the changes
};

ChangeReds changes_in(const import::Records& records, const std::vector<Test>& tests, const std::vector<Voter>& voters);

}  // namespace gatesim::infer
