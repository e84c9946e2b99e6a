// Measures, in one replication, every fact that a scenario may claim (model/fact.hpp).
#pragma once

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "measure/integral.hpp"
#include "model/fact.hpp"
#include "record/ledger.hpp"

namespace gatesim {

/// The numbers of all facts, one after the other in the order of fact_kinds(); nothing = undefined in this replication.
using FactValues = std::vector<std::optional<double>>;

/// Where the numbers of a fact (by index into fact_kinds()) begin in FactValues.
std::size_t fact_place(std::size_t kind);

class FactMeter : public LedgerListener {
public:
    /// `scenario` must outlive it.
    explicit FactMeter(const Scenario& scenario);

    void on(const Event& event, const Ledger& ledger) override;

    /// Ask once the replication has ended.
    FactValues values();

private:
    /// A landing within the period.
    struct Landing {
        Time at = 0;
        Time uploaded = kNever;  ///< the patch set that landed; kNever = unknown
        PersonId owner = kNone;
        int patchset = 1;
        int lines = 0;
        bool series = false;
    };
    struct Course {
        bool began = false;  ///< first uploaded within the period
        bool landed = false;
        bool withdrawn = false;
        Time uploaded = kNever;  ///< the latest patch set
        Time landed_at = kNever;
        int tested = 0;    ///< the latest patch set with a verdict
        int approved = 0;  ///< the latest patch set that was approved or let into the gate
    };

    Course& course(ChangeId change);
    void take_landing(const Event& event, const Ledger& ledger);
    void take_nodes(const Event& event, const Ledger& ledger);

    // Each writes the facts of one matter.
    void put(const char* fact, std::vector<double> numbers);
    void put_contributors();
    void put_rhythm();
    void put_courses();
    void put_waits();
    void put_days();
    void put_bursts();
    void put_nodes();

    Time span() const { return length_ - from_; }
    bool counts(Time at) const { return at >= from_ && at < length_; }

    const Scenario& scenario_;
    Time from_;    ///< the end of the warm-up: what happens earlier is no fact
    Time length_;  ///< of the period; until it is over if that is not stated
    Time ended_ = 0;
    std::vector<Landing> landings_;
    std::vector<Course> courses_;  ///< by change
    std::uint64_t tested_ = 0, approved_ = 0;
    Integral busy_;
    double most_busy_ = 0;
    FactValues values_;
};

}  // namespace gatesim
