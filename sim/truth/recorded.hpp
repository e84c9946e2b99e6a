// Builds as they really went, by the stay in the queue that they were for: what a replay takes before it draws.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/event.hpp"
#include "model/ids.hpp"
#include "model/time.hpp"

namespace gatesim {

/// One build of one job.
struct RecordedBuild {
    Time length = 0;
    Result result = Result::success;  ///< success, failure, timeout, or retry (it ended without a result)
    bool ended = true;  ///< false: it was stopped, or the record ends: it would have taken longer than `length`, and
                        ///< nobody knows its result
};

/// Those of each stay and job, in the order in which they started.
class RecordedBuilds {
public:
    void add(std::uint32_t stay, JobId job, const RecordedBuild& build) { builds_[{stay, job}].push_back(build); }
    /// The one number `n` from 0; nullptr if there are not so many.
    const RecordedBuild* find(std::uint32_t stay, JobId job, int n) const {
        const auto found = builds_.find({stay, job});
        if (found == builds_.end() || n < 0 || static_cast<std::size_t>(n) >= found->second.size()) return nullptr;
        return &found->second[static_cast<std::size_t>(n)];
    }
    bool empty() const { return builds_.empty(); }

private:
    std::map<std::pair<std::uint32_t, JobId>, std::vector<RecordedBuild>> builds_;
};

}  // namespace gatesim
