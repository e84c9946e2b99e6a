// Builds as they really went, by the stay in the queue that they were for, and what they say of the change: what a
// replay takes before it draws.
#pragma once

#include <algorithm>
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
    bool own = true;    ///< a red one: nobody else can have made it red, so it is red on every state
    bool ahead_known = false;               ///< whether `ahead` is known
    std::vector<std::uint32_t> ahead = {};  ///< the stays that it was tested on, in ascending order
    Time at_most = 0;                       ///< not 0: it took between `length` and that
};

/// What is known of a stay's change by how the stay ended.
enum class Soundness : std::uint8_t {
    unknown,  ///< nothing
    sound,    ///< it has no defect
    broken    ///< it has one
};

/// Those of each stay and job, in the order in which they started.
class RecordedBuilds {
public:
    void add(std::uint32_t stay, JobId job, RecordedBuild build) { builds_[{stay, job}].push_back(std::move(build)); }
    /// The one number `n` from 0; nullptr if there are not so many.
    const RecordedBuild* find(std::uint32_t stay, JobId job, int n) const {
        const auto found = builds_.find({stay, job});
        if (found == builds_.end() || n < 0 || static_cast<std::size_t>(n) >= found->second.size()) return nullptr;
        return &found->second[static_cast<std::size_t>(n)];
    }
    /// Whether the job once passed for this stay.
    bool passed(std::uint32_t stay, JobId job) const {
        const auto found = builds_.find({stay, job});
        return found != builds_.end() &&
               std::any_of(found->second.begin(), found->second.end(),
                           [](const RecordedBuild& b) { return b.ended && b.result == Result::success; });
    }

    void set_sound(std::uint32_t stay) { known_[stay].soundness = Soundness::sound; }
    void set_broken(std::uint32_t stay) { known_[stay].soundness = Soundness::broken; }
    /// The same, and it is this job that shows it.
    void set_broken(std::uint32_t stay, JobId job) {
        Known& known = known_[stay];
        known.soundness = Soundness::broken;
        if (std::find(known.jobs.begin(), known.jobs.end(), job) == known.jobs.end()) known.jobs.push_back(job);
    }
    Soundness soundness(std::uint32_t stay) const {
        const auto found = known_.find(stay);
        return found == known_.end() ? Soundness::unknown : found->second.soundness;
    }
    /// The jobs that show the defect of a broken one; empty: nobody recorded which.
    const std::vector<JobId>& broken_jobs(std::uint32_t stay) const {
        static const std::vector<JobId> kNobodyKnows;
        const auto found = known_.find(stay);
        return found == known_.end() ? kNobodyKnows : found->second.jobs;
    }

    bool empty() const { return builds_.empty(); }

private:
    struct Known {
        Soundness soundness = Soundness::unknown;
        std::vector<JobId> jobs;
    };
    std::map<std::pair<std::uint32_t, JobId>, std::vector<RecordedBuild>> builds_;
    std::map<std::uint32_t, Known> known_;
};

}  // namespace gatesim
