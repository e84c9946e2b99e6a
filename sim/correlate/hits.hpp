// Recorded hits of fingerprints: how precise each was.
#pragma once

#include <string>
#include <vector>

namespace gatesim::correlate {

struct RecordedHits {
    std::string id;
    std::size_t failed = 0, passed = 0, other = 0;  ///< lines
    std::size_t failed_builds = 0, passed_builds = 0;
    double precision() const {  ///< share of the lines that stand in failed builds
        const std::size_t all = failed + passed + other;
        return all == 0 ? 0 : static_cast<double>(failed) / static_cast<double>(all);
    }
};

/// A table with a row for each line that a fingerprint hit: `column` names the fingerprint, `build` the build, `status`
/// or `result` how it ended. By name. Returns what is wrong, or nothing.
std::string recorded_hits(const std::string& path, const std::string& column, std::vector<RecordedHits>& out);

}  // namespace gatesim::correlate
