#include "study/load_warnings.hpp"

#include <fmt/format.h>

#include "record/words.hpp"

namespace gatesim {

namespace {

/// A rate by day without hours is spread over the night, too, and the day then looks emptier than it is.
void warn_of_hours(const Scenario& scenario, std::vector<Warning>& warnings) {
    if (!scenario.load.arrivals || scenario.load.arrivals->says_hours) return;
    warnings.push_back(
        {"no_hours", "",
         "Changes arrive day and night alike (/load/arrivals/rate without hours). If they come in hours of work, the "
         "queue is two to three times too empty then: give hours, like \"Mo-Fr 9-17\", or \"always\" if it is meant."});
}

void warn_of_missed_events(const std::vector<ReplicationRecord>& replications, std::vector<Warning>& warnings) {
    std::uint64_t missed = 0, runs = 0;
    std::string first;
    for (const ReplicationRecord& r : replications) {
        if (r.missed.count > 0 && missed == 0) first = r.missed.first;
        missed += r.missed.count;
        runs += r.missed.count > 0;
    }
    if (missed == 0) return;
    const std::string where =
        replications.size() > 1 ? fmt::format(" (in {} of {} replications)", runs, replications.size()) : "";
    warnings.push_back(
        {"missed_events", "",
         fmt::format("{} nothing, because the change had not come yet{}: {}.",
                     counted(static_cast<std::int64_t>(missed), "scripted event did", "scripted events did"), where,
                     first)});
}

}  // namespace

void warn_of_load(const Scenario& scenario, const std::vector<ReplicationRecord>& replications,
                  std::vector<Warning>& warnings) {
    warn_of_hours(scenario, warnings);
    warn_of_missed_events(replications, warnings);
}

}  // namespace gatesim
