// Who there is in one replication, and when each of them begins a change.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "chance/draw.hpp"
#include "load/people/activity.hpp"
#include "load/source.hpp"
#include "model/people.hpp"

namespace gatesim {

/// Somebody who writes changes.
struct Contributor {
    PersonId person = kNone;
    std::uint64_t key = 0;           ///< of its draws: its place and the cycle in which it came
    std::size_t zone = 0;            ///< index into Contributors::zones
    ActivityClock* clock = nullptr;  ///< of that zone
    ProjectId home = 0;              ///< where it writes most
    double defect_factor = 1;        ///< how much likelier than the median person's its changes are defective
};

/// A change that somebody begins.
struct Beginning {
    Time at = 0;  ///< of its first upload; before the period: it is under way when the period begins
    const Contributor* who = nullptr;
    std::uint64_t key = 0;     ///< of its own draws
    bool on_previous = false;  ///< stands on the same person's change before it
};

/// The clocks of all zones, and the people with what they begin. Everything is drawn once, by the luck alone: nothing
/// that happens to a change moves the beginning of another one.
class Population {
public:
    Population(const Scenario& scenario, Luck luck);

    /// Lets everybody who begins something join the cast. What each begins, in order of time; one list a person.
    std::vector<std::vector<Beginning>> settle(LoadDoor& door);

private:
    struct Cycle {
        std::uint64_t number = 0;
        Time from = 0;
        Time until = 0;
    };
    struct Week {
        double below = 0;  ///< work until its end, each week's times its factor
        double work = 0;   ///< work until its end, by the clock
        double factor = 1;
    };
    std::vector<Cycle> cycles() const;
    std::vector<Week> weeks_of(const Cycle& cycle, const Contributor& who) const;
    /// Who takes a place in the list of contributors when a cycle begins.
    std::unique_ptr<Contributor> somebody(std::uint64_t place, std::uint64_t came);
    int changes_of(const Contributor& who) const;
    void begin_in(const Cycle& cycle, const Contributor& who, std::vector<Beginning>& out) const;

    const Scenario& scenario_;
    const PeopleLoad& load_;
    Luck luck_;
    std::vector<std::unique_ptr<ActivityClock>> clocks_;  // by zone
    std::vector<double> activity_below_;                  // the power law's distribution function
    std::deque<Contributor> people_;                      // those who begin something; they stay where they are
};

/// Index into weights: where the share `u` of all weight falls.
std::size_t pick(const std::vector<double>& weights, double u);

}  // namespace gatesim
