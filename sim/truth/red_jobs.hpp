// Jobs that are red on a branch because of what landed, and since when until when.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/landings.hpp"

namespace gatesim {

/// By group of projects (a shared queue) and job: the troubles that make it red.
class RedJobs {
public:
    struct Red {
        Landings::Mark from;   ///< the place of the landing that brought it in
        Landings::Mark until;  ///< the place of the revert or repair that ended it; kNone = it is still there
        ChangeId who;          ///< landed with it
        ChangeId other;        ///< for a conflict: the change it does not go together with, else kNone
    };

    void add(std::uint32_t group, JobId job, Red red) { jobs_[{group, job}].reds.push_back(red); }

    bool empty() const { return jobs_.empty(); }

    /// A revert takes the trouble of the change away, and conflicts with it; a repair what it landed with.
    void undo(const Landings::Undone& undone) {
        for (auto& [key, job] : jobs_) {
            for (std::size_t i = job.over; i < job.reds.size(); ++i) {
                Red& red = job.reds[i];
                const bool rival = undone.how == Landings::Undo::reverted && red.other == undone.change;
                if (red.until == kNone && (red.who == undone.change || rival)) red.until = undone.at;
            }
            for (; job.over < job.reds.size() && job.reds[job.over].until != kNone; ++job.over)
                job.over_until = std::max(job.over_until, job.reds[job.over].until);
        }
    }

    /// The first trouble, in order of landing, that makes the job red in the base and that `shows` accepts; nullptr if
    /// none does.
    template <typename Shows>
    const Red* find(std::uint32_t group, JobId job, Landings::Mark base, const Shows& shows) const {
        const auto found = jobs_.find({group, job});
        if (found == jobs_.end()) return nullptr;
        const Job& entry = found->second;
        // Bases are recent: what is over is hardly ever looked at.
        for (std::size_t i = base > entry.over_until ? entry.over : 0; i < entry.reds.size(); ++i) {
            const Red& red = entry.reds[i];
            if (red.from >= base) break;
            if ((red.until == kNone || base <= red.until) && shows(red)) return &red;
        }
        return nullptr;
    }

private:
    struct Job {
        std::vector<Red> reds;          ///< in order of landing
        std::size_t over = 0;           ///< so many at the beginning are over
        Landings::Mark over_until = 0;  ///< the last place at which one of those ended
    };
    std::map<std::pair<std::uint32_t, JobId>, Job> jobs_;
};

}  // namespace gatesim
