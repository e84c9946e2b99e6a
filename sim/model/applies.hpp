// Which jobs a change is subject to: the matchers of a job against the change's branch, kind and paths.
#pragma once

#include <algorithm>

#include "model/event.hpp"
#include "model/pattern.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// Whether a job's matchers (branches, kinds, files) accept the change. Unknown files match every file matcher.
inline bool job_applies(const Job& job, const Change& change) {
    const auto any = [](const std::vector<PathPattern>& patterns, const std::string& text) {
        return std::any_of(patterns.begin(), patterns.end(),
                           [&](const PathPattern& p) { return p.compiled->matches(text); });
    };
    if (!job.branches.empty() && !any(job.branches, change.branch)) return false;
    if (!job.kinds.empty() && std::find(job.kinds.begin(), job.kinds.end(), change.kind) == job.kinds.end())
        return false;
    if (!change.files_known) return true;
    const auto& files = change.files;
    const auto matched_by = [&](const std::vector<PathPattern>& patterns) {
        return [&](const std::string& path) { return any(patterns, path); };
    };
    if (!job.files.empty() && std::none_of(files.begin(), files.end(), matched_by(job.files))) return false;
    return job.irrelevant_files.empty() || files.empty() ||
           !std::all_of(files.begin(), files.end(), matched_by(job.irrelevant_files));
}

}  // namespace gatesim
