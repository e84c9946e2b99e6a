// summary.json, which is also what `run --json` prints.
#pragma once

#include <string>
#include <vector>

#include "measure/interval.hpp"
#include "study/file_rows.hpp"
#include "study/study.hpp"

namespace gatesim {

/// Something a reader must know before believing a number.
struct Warning {
    std::string code;  ///< stays the same over versions: "in_flight", "overload", "partial", "no_return", "relaxation",
                       ///< "limit_too_short", "no_limit", "time_limit"
    std::string metric;  ///< the number it is about; empty = all
    std::string text;    ///< one sentence
};

/// A study put together: what is printed, written and compared.
struct Summary {
    std::string scenario, scenario_sha256, strategy;
    std::uint64_t seed = 1;
    std::string engine;
    bool partial = false;
    std::optional<Time> warmup;    ///< left out at the beginning; nothing if the scenario is not steady
    std::size_t replications = 0;  ///< that are done
    std::vector<Warning> warnings;
    std::vector<FileRows> files;  ///< what became of the rows of the load file and of what was observed
    std::vector<std::vector<std::optional<double>>> values;  ///< by metric, by replication
    std::vector<Estimate> estimates;                         ///< by metric
    double wall_s = 0, peak_rss_mib = 0;
    std::uint64_t events = 0;
};

/// `relaxations` are the strategy's declared departures from soundness.
Summary summarise(const Scenario& scenario, const StudyOptions& options, const StudyResult& result,
                  const std::vector<std::string>& relaxations);

/// Says in the summary what was left out at the beginning.
struct Warmup;
void tell_of_warmup(const Warmup& warmup, Summary& summary);

/// The document, with its last line end. Only `engine` and everything under `timing` depend on the machine.
std::string summary_json(const Summary& summary);

/// The program's version, "0.1.0".
const char* version();

/// A version of the documents that programs read: keys are added, never changed.
inline constexpr int kFormat = 1;

}  // namespace gatesim
