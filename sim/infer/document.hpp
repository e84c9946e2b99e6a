// The files that an inference becomes: a scenario, its load and its durations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "infer/infer.hpp"

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

struct Choices {
    std::string strategy = "github";
    std::vector<std::string> parameters;  ///< that the strategy has
    Configuration configuration;
    bool synthetic = false;  ///< the load is drawn from the profile, not replayed
    Span period;             ///< of the scenario: all that the records know, whatever the estimates rest on
    std::string name;        ///< of the records, for the title
};

struct Documents {
    std::string scenario;              ///< scenario.json
    std::string load;                  ///< load.csv; empty: entries.csv is the load
    std::string durations;             ///< durations.csv: job, seconds; empty: no job has an empirical law
    std::vector<std::string> guessed;  ///< what stands in them and is not from data
};

inline constexpr const char* kScenarioFile = "scenario.json";
inline constexpr const char* kNotesFile = "notes.md";
inline constexpr const char* kLoadFile = "load.csv";
inline constexpr const char* kDurationsFile = "durations.csv";

Documents documents_of(const import::Records& records, const Inference& inference, const Choices& choices);

}  // namespace gatesim::infer
