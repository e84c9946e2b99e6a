// The files that an inference becomes: a scenario, its load and its durations.
#pragma once

#include <string>
#include <vector>

#include "infer/configuration.hpp"
#include "infer/infer.hpp"

namespace gatesim::infer {

struct Choices {
    std::string strategy = "github";
    std::vector<std::string> parameters;  ///< that the strategy has
    bool all_at_once = false;             ///< it tests all that wait at once, unless a window says otherwise
    Value assumed_gate;                   ///< s, fastest_gate(), if nobody recorded when stays began; else of n 0
    Configuration configuration;
    std::vector<std::string> projects;  ///< of all the records, whatever the estimates rest on
    bool synthetic = false;             ///< the load is drawn from the profile, not replayed
    bool recorded = false;              ///< builds that are in runs.csv go as they did
    Span period;                        ///< of the scenario: all that the records know, whatever the estimates rest on
    std::string name;                   ///< of the records, for the title
};

struct Documents {
    std::string scenario;              ///< scenario.json
    std::string load;                  ///< load.csv; empty: entries.csv is the load
    std::string durations;             ///< durations.csv: job, seconds; empty: no job has an empirical law
    std::string waits;                 ///< waits.csv: job, seconds; empty: no job waits as it did
    std::vector<std::string> guessed;  ///< what stands in them and is not from data
};

inline constexpr const char* kScenarioFile = "scenario.json";
inline constexpr const char* kNotesFile = "notes.md";
inline constexpr const char* kLoadFile = "load.csv";
inline constexpr const char* kDurationsFile = "durations.csv";

inline constexpr const char* kWaitsFile = "waits.csv";

Documents documents_of(const import::Records& records, const Inference& inference, const Choices& choices);

}  // namespace gatesim::infer
