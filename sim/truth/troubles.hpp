// Trouble from outside: spells in which builds fail although nothing is wrong with the changes they test.
//
// Each trouble of Failures::troubles is healthy for a while (`every`), then there for a while (`lasts`), and so on from
// the start of the replication; or it is there at stated times, or both. When is fixed by (scenario, seed, replication)
// alone, so every strategy meets the same spells. A build that would have passed fails with Cause::infrastructure if a
// spell of a trouble that concerns it covers the instant of its end, and (`fails`) luck has it so. It is not run again
// by itself: a mirror that is down looks to the gate like a broken change.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chance/draw.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// A run of a job, as a trouble sees it.
struct TroubledRun {
    PoolId pool = kNone;  ///< whose nodes it has; kNone = none
    JobId job = kNone;
    ChangeId change = kNone;
    int patchset = 1;
    PipelineId pipeline = 0;
    int run = 0;
};

class Troubles {
public:
    /// `scenario` must outlive it.
    Troubles(const Scenario& scenario, Luck luck);

    /// Index of the first trouble that makes a run that ends at this instant fail, if any does.
    std::optional<std::uint32_t> hits(Time end, const TroubledRun& run);

    /// Whether the trouble is there at this instant: from a spell's beginning up to, and without, its end.
    bool is_on(std::uint32_t trouble, Time at);

    /// A spell begins or ends.
    struct Turn {
        Time at = 0;
        std::uint32_t trouble = 0;
        bool begins = false;
    };
    /// The next turn up to this instant, in order of time, each once; nothing if there is none.
    std::optional<Turn> next_turn(Time until);

private:
    struct Spell {
        Time begin;
        Time end;
    };
    /// A trouble's spells of one kind. Those drawn have no end, those stated are all there.
    struct Course {
        std::uint32_t trouble = 0;
        bool drawn = true;
        std::vector<Spell> spells;
        std::size_t turned = 0;  ///< turns that next_turn() gave: two a spell
    };

    bool has(Course& course, std::size_t number);
    bool covers(Course& course, Time at);
    Time turn_at(Course& course);

    const std::vector<Trouble>& troubles_;
    Luck luck_;
    std::vector<Course> courses_;
};

/// Whether a trouble concerns builds of this job on nodes of this pool.
bool concerns(const Trouble& trouble, PoolId pool, JobId job);

}  // namespace gatesim
