// The people of a scenario (`load.people`): who writes changes, when, how large, and what they do with verdicts.
//
// Plain data. Shares and chances are from 0 to 1. Times are lengths; "of work" means working time, weighted by the
// hours of the person: at the average intensity of a working hour (Monday to Friday, 9 to 17 local) it passes as fast
// as the clock.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "chance/distribution.hpp"
#include "model/change_kind.hpp"
#include "model/ids.hpp"
#include "model/review.hpp"
#include "model/time.hpp"

namespace gatesim {

/// When people are at it. Intensities are relative to each other; where one is 0, everybody sleeps.
struct Rhythm {
    std::array<double, 24> hours{};    ///< by hour of the local day
    std::array<double, 7> weekdays{};  ///< times this, Monday first
    double day_to_day = 0;             ///< coefficient of variation of a factor that a day has for everybody
    double week_to_week = 0;           ///< of a factor that each week of each person has: how uneven they begin changes

    struct Season {
        std::string name;
        Time from = 0;  ///< since the period's start; may be negative
        Time until = 0;
        double factor = 1;
        double readers = 1;  ///< the factor for those who read by this rhythm
    };
    std::vector<Season> seasons;  ///< where several hold, their factors multiply
};

/// A number drawn from a discrete power law: k from `least` to `most` with a weight of k to the power of -exponent.
struct PowerLaw {
    double exponent = 1.53;
    int least = 1;
    int most = 364;
};

/// Who there is and how much each writes.
struct Contributors {
    int count = 0;            ///< people who write at least one change in a cycle
    Time cycle = 0;           ///< length of a cycle
    Time cycle_begins = 0;    ///< the start of one, since the period's start; 0 or negative
    double turnover = 0;      ///< share of them that others replace from one cycle to the next
    PowerLaw activity;        ///< changes of one person in one cycle
    double skill_spread = 0;  ///< sigma of the log-normal factor (mean 1) by which people differ in defects
    double own_project = 0;   ///< share of a person's changes that go to the project it is at home in
    std::vector<std::pair<std::string, double>> zones;   ///< IANA names with weights
    std::vector<std::pair<ProjectId, double>> projects;  ///< weights
    std::vector<ChangeKind> kinds;                       ///< by weight
};

/// What a new change is like.
struct NewChanges {
    Distribution lines;          ///< of its diff (a bare number, not a time), at least 1
    double defects_by_size = 0;  ///< its chance of a defect grows with its lines to this power (on average times 1)
    /// By position in a series: chance that its author puts another change on top at once. The last one holds for all
    /// further positions. Empty: no series.
    std::vector<double> series;
    double sitting = 0;       ///< chance that the next, independent change comes in the same sitting
    Distribution in_sitting;  ///< time of the clock between two uploads of one sitting
    double together = 0;      ///< chance that a stack is brought up to date with a new patch set of the change below
    double depends_on = 0;    ///< share that needs a change of another project that has not landed (Depends-On)
};

/// How often a patch set is not the last one. Changes differ: the chance that a patch set must be reworked is a number
/// of each change's own, drawn from a Beta distribution.
struct Rework {
    double mean = 0;             ///< of that distribution
    double alike = 1e6;          ///< how much alike changes are: the sum of its two parameters
    double unasked = 0;          ///< share of reworks that authors do without being asked, before anybody has answered
    Distribution unasked_after;  ///< of work, from upload to such a second thought
    Distribution after;          ///< of work, from a vote that asks for rework to the new patch set
    double give_up = 0;          ///< chance that the author abandons the change instead
    int most = 60;               ///< patch sets of one change; then the author gives up
    double unwanted = 0;         ///< share of changes that readers turn down for good when nothing is left to rework
};

/// What authors do with a red verdict of a pipeline.
struct AfterRed {
    double recheck = 0;          ///< share that is sent in again unchanged
    double give_up = 0;          ///< share that is abandoned; what is left gets a new patch set
    int most = 10;               ///< rechecks of one patch set; after them: a new patch set
    Distribution recheck_after;  ///< of work, from the verdict to the recheck
    Distribution rework_after;   ///< of work, from the verdict to the new patch set
    double keeps_approval = 0;   ///< chance that a new patch set needs no new review (after the gate only)
};

/// Changes under way when the period begins: as old as the rhythm makes them, with the patch sets they had by then.
struct UnderWay {
    Time since = 0;    ///< how far back people's changes are followed; 0 = nothing is under way
    Distribution gap;  ///< time from a patch set to the next one, or to the landing, in those days
};

/// load.people
struct PeopleLoad {
    Contributors contributors;
    Rhythm rhythm;
    NewChanges changes;
    Rework rework;
    AfterRed after_check;
    AfterRed after_gate;
    UnderWay under_way;
    ReviewLoad review;
    PipelineId check = kNone;        ///< where each patch set is tested first; kNone = nowhere
    PipelineId gate = kNone;         ///< where it lands
    bool review_after_check = true;  ///< review is asked for when check is green; false: at once, unless it is red
    bool gate_after_check = true;  ///< what is approved waits for a green check; false: unless check is known to be red
    Time warmup = 0;               ///< the first part of the period: it happens, and is not measured
};

}  // namespace gatesim
