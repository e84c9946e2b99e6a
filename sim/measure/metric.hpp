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
    bool people = false;      ///< undefined where a scenario has no people; left out of results there
};

/// All metrics, in the order of summary.json. Indices into it name metrics inside the program.
const std::vector<Metric>& metrics();

/// Index of a metric by name, or nothing.
std::optional<std::size_t> find_metric(std::string_view name);

/// A metric that is defined in every replication with people, and in no other.
std::size_t people_metric();

/// Whether results list the metric although it is undefined.
inline bool belongs(const Metric& metric, bool with_people) {
    return !metric.people || with_people;
}

/// Names only, for the loader's check of `expect`.
std::vector<std::string> metric_names();

/// "lower is better" and so on, for `describe`.
const char* direction_text(Direction direction);

/// The values of one replication, by index; nothing = undefined there.
using MetricValues = std::vector<std::optional<double>>;

}  // namespace gatesim
