// Runs closed forms against the simulator: replications in worker processes, until each number is known well enough.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "study/study.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/rule.hpp"

namespace gatesim {

struct VerifyOptions {
    std::uint64_t seed = 1;
    std::string engine = "heap";
    unsigned jobs = 1;
    double precision = 0.5;  ///< aim: standard errors of that share of the tolerance
    std::uint32_t first =
        48;  ///< replications of an entry to begin with: few would show too little spread, and stop too early
    std::uint32_t most = 5000;  ///< replications an entry may take
    /// Replications done and planned so far, now and then. May be empty.
    std::function<void(std::uint32_t done, std::uint32_t planned)> progress;
};

/// A quantity of an entry and what came of it.
struct Finding {
    const ClosedForm* form = nullptr;
    const Quantity* quantity = nullptr;
    Measured measured;
    Agreement agreement = Agreement::too_noisy;
};

/// Little's law over all stations of all runs.
struct LittleTally {
    std::uint64_t stations = 0;  ///< stations x runs in which anything came
    std::uint64_t visits = 0;
    std::string fault;  ///< the first fault; empty = the law held in all of them
};

struct VerifyResult {
    std::vector<Finding> findings;  ///< in order of the forms; without those that nothing is known of
    LittleTally little;
    std::uint64_t replications = 0;
    std::uint64_t events = 0;
    bool interrupted = false;
    StudyProblem problem;  ///< a broken contract, a dead worker

    /// Everything agrees, and everything was looked at.
    bool passed() const;
};

/// Runs all forms; same forms and seed: same findings, whatever `jobs` and `engine`. The forms must outlive the result.
VerifyResult verify(const std::vector<ClosedForm>& forms, const VerifyOptions& options);

}  // namespace gatesim
