// The metrics: the one table from which `describe`, the summary's keys, the terminal's table and the check of
// expectations are made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim {

/// Which way is better, for comparisons. `neither`: a description, not a merit.
enum class Direction { lower, higher, neither };

/// Where a metric is defined; results leave it out of runs of which it says nothing.
enum class MetricOf {
    all,     ///< any run
    people,  ///< runs with people
    holds,   ///< runs in which a gate is ever frozen or paused
    living,  ///< runs with pools that live
    priced,  ///< runs in which nodes have a price
    races,   ///< runs whose branch has races
};

/// Who needs it: the table on the terminal shows headlines, the files have all.
enum class MetricLevel { headline, detail };

struct Metric {
    std::string name;        ///< as in summary.json: "gate_time_s.p95"
    std::string family;      ///< without the statistic: "gate_time_s"
    std::string statistic;   ///< "mean", "p50" … of a time metric; else empty
    std::string unit;        ///< "s", "changes", "builds", "h", "share", "changes/day", "USD"
    std::string brief;       ///< a few words for the table on the terminal
    std::string population;  ///< of what
    std::string formula;     ///< how it is computed in one replication
    Direction direction = Direction::neither;
    MetricLevel level = MetricLevel::detail;
    bool rare_count = false;  ///< a count of rare events: exact Poisson interval
    MetricOf of = MetricOf::all;
};

/// All metrics, in the order of summary.json. Indices into it name metrics inside the program.
const std::vector<Metric>& metrics();

/// Index of a metric by name, or nothing.
std::optional<std::size_t> find_metric(std::string_view name);

/// A metric that is defined in every replication of its kind (people, holds …), and in no other.
std::size_t witness_of(MetricOf kind);

/// Whether results list the metric although it is undefined. `defined` says of an index whether that one is defined.
template <class Defined>
bool belongs(const Metric& metric, const Defined& defined) {
    return metric.of == MetricOf::all || defined(witness_of(metric.of));
}

/// Names only, for the loader's check of `expect`.
std::vector<std::string> metric_names();

/// "lower is better" and so on, for `describe`.
const char* direction_text(Direction direction);

/// The values of one replication, by index; nothing = undefined there.
using MetricValues = std::vector<std::optional<double>>;

}  // namespace gatesim
