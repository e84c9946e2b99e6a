// The settings of the queue itself, where the export has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace gatesim::infer {

/// What the forge's own configuration says, as far as the export has it (import.json, `configuration`). Times in
/// minutes.
struct Configuration {
    std::optional<std::int64_t> window;      ///< maximumEntriesToBuild
    std::optional<std::int64_t> group_max;   ///< maximumEntriesToMerge
    std::optional<std::int64_t> group_min;   ///< minimumEntriesToMerge
    std::optional<std::int64_t> group_wait;  ///< minimumEntriesToMergeWaitTime
    std::optional<std::int64_t> timeout;     ///< checkResponseTimeout
    bool headgreen = false;                  ///< mergingStrategy
};

/// From the text of an import.json; what it does not say stays unknown. Nothing if it is no JSON document.
std::optional<Configuration> read_configuration(const std::string& text);

}  // namespace gatesim::infer
