// The builds seen as runs of jobs in time: who ran beside whom, what ran again, and whose change was in it.
// From that, which failures are the author's own: they come again on the same patch set and not elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "correlate/builds.hpp"

namespace gatesim::correlate {

using Hits = std::vector<bool>;  ///< for each build whether it shows something

class Runs {
public:
    explicit Runs(const Builds& builds);

    const Builds& builds() const { return *builds_; }
    std::uint32_t job(std::uint32_t build) const { return builds_->all[build].value[0]; }
    /// Failed or passed builds of a job, by start.
    const std::vector<std::uint32_t>& of_job(std::uint32_t job) const;
    /// Other runs of this job on this patch set that ended red or green.
    std::vector<std::uint32_t> again(std::uint32_t build) const;
    /// Runs of other jobs on this patch set.
    std::vector<std::uint32_t> beside(std::uint32_t build) const;
    bool carries(std::uint32_t build, std::uint32_t change) const;

    /// Share of the runs of this job nearest in time, of changes that have nothing to do with this one's, that are so.
    /// Below 0 if there are none.
    template <class Is>
    double nearby(std::uint32_t build, const Is& is) const {
        std::uint32_t n = 0, so = 0;
        for (const std::uint32_t other : neighbours(build)) ++n, so += is(other);
        return n == 0 ? -1 : static_cast<double>(so) / n;
    }

    /// Failures that came again on the same patch set while the runs of others around them passed.
    const Hits& own() const { return own_; }
    std::size_t own_count() const { return own_count_; }
    /// Whether a failed build's job passed on the same patch set: it is nobody's mistake.
    bool cleared(std::uint32_t build) const { return cleared_[build]; }
    /// Share of the failed builds whose job ran again on the same patch set.
    double rerun_share() const { return rerun_share_; }

private:
    std::vector<std::uint32_t> neighbours(std::uint32_t build) const;
    bool is_own(std::uint32_t build) const;

    const Builds* builds_;
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_job_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> by_patchset_;
    std::vector<std::uint32_t> place_;  ///< of each build in its job's list
    Hits own_, cleared_;
    std::size_t own_count_ = 0;
    double rerun_share_ = 0;
};

/// What the runs say of a set of failed builds that show one thing.
struct Evidence {
    std::size_t groups = 0;  ///< patch sets whose job ran again
    std::size_t passed_groups = 0,
                own_groups = 0;  ///< of them: it passed; it failed again whatever it showed, and others' did not
    double again = 0;  ///< how much more often it is there again than in others' runs nearby; 1 = always, 0 = no more
    std::size_t beside = 0;     ///< patch sets with other jobs that show such things at all
    double beside_more = 0;     ///< the same for the other jobs
    std::size_t changes = 0;    ///< different changes
    std::uint32_t carried = 0;  ///< a change whose own builds show it and that nearly all have in them; 0 = none
    bool is_own = false;        ///< the author's
    bool cleared = false;       ///< it did not come again: nobody's own
};
Evidence evidence(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits);

/// Changes that are only bad together or on top of another one.
struct Together {
    std::uint32_t first = 0, second = 0;  ///< changes; second 0 = only the first, in runs that are not its own
    double log_p = 0;
    double log_p_either =
        0;             ///< of hits where both are, among runs with one of them (an author's later patch sets left out)
    double share = 0;  ///< second 0: of the failed runs on top of it
};
Together together(const Runs& runs, const std::vector<std::uint32_t>& failed, const Hits& hits);

}  // namespace gatesim::correlate
