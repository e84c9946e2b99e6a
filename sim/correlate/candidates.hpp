// Candidates: features that go with failure beyond chance, and pairs where none is good enough alone.
#pragma once

#include "correlate/bits.hpp"
#include "correlate/causes.hpp"

namespace gatesim::correlate {

struct Candidate {
    Cause cause;
    Bits bits;  ///< of the failed builds, by their place among all failed builds
    std::size_t size = 0;
    bool is_few = false;  ///< of too few changes; a cause only if two of them are bad together
};

class Candidates {
public:
    /// Failed builds that are explained already are left out, as if they were not there; so they are in `features`.
    Candidates(const Runs& runs, const std::vector<Feature>& features, const Rules& rules, const Hits& explained);

    /// Those with few enough hits in passed builds; the best first.
    std::vector<Candidate> good;
    std::vector<double> weight;
    std::size_t tested = 0, associated = 0;
    double few_level = 0;  ///< logarithm of the p that a pair of changes needs

    std::size_t failed_builds() const { return place_count_; }
    Bits bits_of(const std::vector<std::uint32_t>& builds) const;
    /// Whether it is a failed build with a log that nothing explains yet.
    bool is_open(std::uint32_t build) const { return place_[build] != kNone; }

private:
    void test(const std::vector<Feature>& features);
    void combine(const std::vector<Feature>& features, const std::vector<std::uint32_t>& loose);
    bool add(std::vector<std::uint32_t> parts, std::vector<std::uint32_t> failed, std::vector<std::uint32_t> passed,
             double log_p);
    double log_p(const std::vector<std::uint32_t>& failed, const std::vector<std::uint32_t>& passed,
                 double* best) const;
    bool few_passed(std::size_t failed, std::size_t passed) const;

    const Runs& runs_;
    Rules rules_;
    std::vector<std::uint32_t> place_;  ///< of each failed build among them
    std::size_t place_count_ = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>>
        job_runs_;  ///< by job: builds with a log, failed ones among them
};

/// How many failed builds count: each change once.
std::size_t changes_of(const Builds& builds, const std::vector<std::uint32_t>& failed);

}  // namespace gatesim::correlate
