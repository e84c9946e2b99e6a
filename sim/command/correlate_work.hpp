// What `correlate` found, for those who print it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "correlate/fingerprint.hpp"
#include "correlate/logs.hpp"

namespace gatesim {

struct Correlation {
    std::unique_ptr<correlate::Logs> logs;
    correlate::LayerRule rule;
    std::vector<std::string> layers;
    std::vector<correlate::Feature> features;
    correlate::Found found;
    std::vector<correlate::Fingerprint> fingerprints;
    std::vector<correlate::Measured> measured;  ///< of each fingerprint
    std::vector<correlate::Proof> proofs;
    std::vector<int> classified;              ///< of each build: a fingerprint, or -1
    std::vector<std::uint32_t> unclassified;  ///< failed builds with a log that may be anybody's
    std::vector<std::uint32_t> own;           ///< unclassified ones that are their author's
    double rate = 0;                          ///< classified share of the failures that are not their author's
};

/// Counts what is classified: fills everything from `classified` on.
void count_classified(Correlation& work, const correlate::Runs& runs);

nlohmann::ordered_json correlation_json(const Correlation& work);
std::string correlation_text(const Correlation& work);

/// Reads fingerprints as --json writes them, or a list of them. Nothing, and why, if they are no such thing.
std::optional<std::vector<correlate::Fingerprint>> read_fingerprints(const std::string& path, std::string& why);

/// A file with a JSON object a line (plain or gzip): the longest text of the first object is the log, the member build,
/// id or log its name, and all others are columns. Returns what is wrong, or nothing.
std::string open_json_lines(const std::string& path, std::unique_ptr<correlate::Logs>& logs);

}  // namespace gatesim
