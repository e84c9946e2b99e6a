// What theory knows about a simulated system, as table entries: the numbers a correct simulator must give.
//
// An entry names a scenario in which the assumptions of a formula hold exactly (rather than nearly, with a wider
// tolerance), the values the formula gives, and a gauge that reads the same values off what happened. The entries are
// in one file a family; closed_forms() lists them. To add one: the formula in theory.hpp, an entry in its family's
// file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "load/source.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"
#include "model/time.hpp"

namespace gatesim {

/// What one replication adds to a quantity: the quantity is the sum of `over` by the sum of `under`, over all
/// replications. So a long replication weighs more than a short one, and no ratio of small numbers is averaged.
struct Share {
    double over = 0;
    double under = 0;
};

/// Listens to one replication and reads off the quantities of its entry, in their order.
class Gauge : public Observer {
public:
    virtual std::vector<Share> read() const = 0;
    /// Why the assumptions did not hold after all; empty if they did. Such a run counts for nothing and stops the
    /// verification.
    virtual std::string fault() const { return {}; }
};

/// What the published figures are known to; entries that would take minutes to get there say what they do reach.
inline constexpr double kOnePercent = 0.01;

/// One number that theory knows.
struct Quantity {
    std::string what;                ///< "wait / run", with the unit that makes it a number
    double theory = 0;               ///< computed from the formula
    double tolerance = kOnePercent;  ///< relative to theory
};

struct ClosedForm {
    std::string id;       ///< of the family: "R01"
    std::string title;    ///< of the family
    std::string source;   ///< who found it
    std::string assumes;  ///< what holds in the scenario so that the formula is exact
    std::string where;    ///< this entry's parameters: "c = 10, load 9"
    std::vector<Quantity> quantities;
    std::function<Scenario()> scenario;
    std::function<std::unique_ptr<Gauge>()> gauge;
    std::function<std::unique_ptr<Source>(const Scenario&, Luck)> source_of_changes;  ///< empty: the scenario's load
    Time until = kNever;  ///< end of a replication; kNever = when everything has left
    bool dear = false;    ///< only on request: takes long
    // An entry in which nothing is left to chance: all that can happen, weighted with its probability, in so many
    // pieces of about the same size. They take the place of replications, `piece` and `piece_gauge` that of `scenario`
    // and `gauge`; there is no standard error.
    std::uint32_t pieces = 0;
    bool one_luck =
        false;  ///< the pieces are not the whole of what can happen but one replication, under several gates
    std::function<Scenario(std::uint32_t piece)> piece;
    std::function<std::unique_ptr<Gauge>(std::uint32_t piece)> piece_gauge;
};

/// All entries, by id.
std::vector<ClosedForm> closed_forms();
/// Why closed_forms() is without R10, whose records are not part of the project; empty if it is not.
std::string missing_records();

// The families, a file each.
std::vector<ClosedForm> node_queue_forms();   ///< queues.cpp: R01, R02
std::vector<ClosedForm> speculation_forms();  ///< speculation.cpp: R04, R05
std::vector<ClosedForm> tree_forms();         ///< trees.cpp: R06
std::vector<ClosedForm> window_forms();       ///< window.cpp: R07
std::vector<ClosedForm> batch_forms();        ///< batches.cpp: R03
std::vector<ClosedForm> replay_forms();       ///< replays.cpp: R10
std::vector<ClosedForm> train_forms();        ///< trains.cpp: R08, R09, groups, witnesses, batches in a window
std::vector<ClosedForm> monorepo_forms();     ///< monorepo.cpp: R14, R15
std::vector<ClosedForm> ungated_forms();      ///< ungated.cpp: no queue at all
std::vector<ClosedForm> review_forms();       ///< reviews.cpp: R23
std::vector<ClosedForm> warmup_forms();       ///< warmups.cpp: R24
std::vector<ClosedForm> outage_forms();       ///< outages.cpp: R25
std::vector<ClosedForm> lost_check_forms();   ///< lost_checks.cpp: R26
std::vector<ClosedForm> freeze_forms();       ///< freezes.cpp: R27
std::vector<ClosedForm> pool_forms();         ///< pools.cpp: R28, R29, R30
std::vector<ClosedForm> race_forms();         ///< races.cpp: R16

}  // namespace gatesim
