// Fingerprints: what a person writes down of a cause, and what they do on all logs.
#pragma once

#include <string>
#include <vector>

#include "correlate/causes.hpp"

namespace gatesim::correlate {

/// Text patterns that all have to be there (each in some line), the layer that they have to be in (empty = any), and
/// values that an attribute of the build must have one of.
struct Fingerprint {
    std::string id;
    std::vector<std::string> all_of;  ///< RE2; "." is no line end
    std::string layer;
    std::vector<std::pair<Attribute, std::vector<std::string>>> where;
    Factor factor;
};

struct Measured {
    std::vector<std::uint32_t> failed, passed;  ///< builds, rising
    double precision() const {
        const double all = static_cast<double>(failed.size() + passed.size());
        return all > 0 ? static_cast<double>(failed.size()) / all : 0;
    }
};

/// How often it strikes, and how many clean runs would show that it is gone.
struct Proof {
    std::uint64_t at_risk = 0;  ///< runs of its jobs, and of what its factor narrows them to
    double rate = 0;            ///< hits in failed builds a run at risk
    std::uint64_t clean_runs = 0;
    double hours = 0;                       ///< of a run, in the mean; 0 = not known
    double if_fixed = 0, if_not_fixed = 0;  ///< expected runs of the sequential test
};

/// Writes fingerprints of causes: of the lines that say the same, the one that is deepest and says most.
std::vector<Fingerprint> write_fingerprints(const std::vector<Cause>& causes, const std::vector<Feature>& features,
                                            const std::vector<std::string>& layers, const Builds& builds);

/// Reads all logs again and finds what each fingerprint hits. `problem` says which pattern is none.
std::vector<Measured> measure(Logs& logs, const LayerRule& rule, const std::vector<Fingerprint>& fingerprints,
                              std::string& problem);

/// Leaves out fingerprints whose failed builds others explain (fewer than `least` are left), or that hit too many
/// passed ones after all.
void prune(std::vector<Fingerprint>& fingerprints, std::vector<Measured>& measured, const Rules& rules);

Proof prove(const Runs& runs, const std::vector<std::uint32_t>& failed, const Factor& factor);

/// The first fingerprint that each failed build with a log shows; -1 = none.
std::vector<int> classify(const Builds& builds, const std::vector<Measured>& measured);

}  // namespace gatesim::correlate
