// Time limits: whether one can be kept at all, and how often one was run into.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/scenario.hpp"
#include "record/ledger.hpp"

namespace gatesim {

/// How often a time limit ended something in one replication, which may be never.
struct LimitUse {
    JobId job = kNone;    ///< whose builds; kNone: batches of a strategy that has a life of its own for them
    bool of_job = false;  ///< the job's own limit; else the strategy's
    std::uint64_t hit = 0;
    std::uint64_t of = 0;  ///< so many there were
};

/// Counts what time limits end.
class LimitWatch : public LedgerListener {
public:
    /// `scenario` must outlive it.
    explicit LimitWatch(const Scenario& scenario) : scenario_(scenario), runs_(scenario.job_names.size()) {}

    void on(const Event& event, const Ledger& ledger) override;

    /// Of each limit of something that there was.
    std::vector<LimitUse> uses() const;

private:
    const Scenario& scenario_;
    std::vector<std::uint64_t> runs_;  ///< by JobId: one is counted with every build of a run
    std::map<std::pair<JobId, bool>, std::uint64_t> hit_;
    std::uint64_t batches_ = 0;
};

/// "17 % of e2e builds (34 of 200) ran into github's time limit of 1 h (/strategy/timeout)." for each limit that was
/// run into, of all replications together.
std::vector<std::string> limits_that_bound(const Scenario& scenario, const std::vector<std::vector<LimitUse>>& uses);

/// A sentence for each job whose runs may never report or hang where no limit ends that.
std::vector<std::string> limits_missing(const Scenario& scenario);

/// A sentence for each limit that is shorter than every run of a job.
std::vector<std::string> limits_too_short(const Scenario& scenario);

}  // namespace gatesim
