// The facts that a scenario may claim of the world it stands for, and that `gatesim calibrate` measures in simulation.
//
// This table is all there is to know about their names: the keys of `facts` in a scenario, their help and the length of
// their lists come from it (scenario/), and measure/fact_meter.hpp measures each. Hours, days and weeks are those of
// UTC; what happened after the period counts in none of them, unless it says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gatesim {

struct FactKind {
    const char* name;
    const char* unit;  ///< "people", "changes", "nodes", "" (bare numbers), "share" ("2%"), "s" (a time: "27.5h")
    std::vector<std::string> parts;  ///< what the numbers of a list stand for; empty = one number
    /// A list that is judged as a whole: by the part of it that stands in the wrong place. Else each number is judged.
    bool profile;
    const char* help;  ///< what is counted

    std::size_t size() const { return parts.empty() ? 1 : parts.size(); }
};

/// All of them, in the order of reports.
inline const std::vector<FactKind>& fact_kinds() {
    static const std::vector<std::string> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const std::vector<std::string> hours = [] {
        std::vector<std::string> out;
        for (int hour = 0; hour < 24; ++hour) out.push_back(std::to_string(hour) + " h");
        return out;
    }();
    static const std::vector<FactKind> kinds = {
        {"contributors", "people", {}, false, "People with a change that landed."},
        {"contributors_after",
         "people",
         {"1 week", "4 weeks", "13 weeks", "26 weeks"},
         false,
         "People with a change that had landed so long after the start."},
        {"one_change_share", "share", {}, false, "Share of contributors with exactly one landed change."},
        {"top_tenth_share", "share", {}, false, "Share of the landed changes that the most active tenth wrote."},
        {"activity_exponent",
         "",
         {},
         false,
         "Exponent of a discrete power law from 1 on, fitted to the landed changes of each contributor by maximum "
         "likelihood."},
        {"active_a_week", "people", {}, false, "Contributors in a week, on average over the whole weeks."},
        {"uploads_by_weekday", "share", weekdays, true, "When the patch sets that landed had been uploaded."},
        {"uploads_by_hour", "", hours, true,
         "When the patch sets that landed had been uploaded, Monday to Friday; 1 = as many as in an average hour."},
        {"landings_by_weekday", "share", weekdays, true, "When changes land."},
        {"landings_by_hour", "", hours, true,
         "When changes land, Monday to Friday; 1 = as many as in an average hour."},
        {"patch_sets", "", {}, false, "Patch sets of a landed change, on average."},
        {"patch_set_shares",
         "share",
         {"with 1", "with 2", "with 3", "with 4"},
         false,
         "Shares of the landed changes that needed this many patch sets."},
        {"landing_share",
         "share",
         {},
         false,
         "Share of the changes first uploaded in the period that landed at some time."},
        {"verdicts_per_landing",
         "",
         {},
         false,
         "Patch sets that got a verdict of check or gate, per landing; a second verdict of one does not count."},
        {"approvals_per_landing", "", {}, false, "Patch sets that were approved (or let into the gate), per landing."},
        {"upload_to_landing",
         "s",
         {"p5", "p25", "p50", "p75", "p95"},
         false,
         "From the upload of the patch set that landed to its landing. Interpolated between two changes."},
        {"fastest_landing",
         "s",
         {},
         false,
         "The first percentile of the same: what tests take when nobody waits for people."},
        {"fastest_of_day",
         "s",
         {},
         false,
         "The same for the quickest change of each day on which one landed; the median over days."},
        {"landed_within_day", "share", {}, false, "Share of landings within 24 hours of that upload."},
        {"landed", "changes", {}, false, "Landings."},
        {"landings_a_weekday", "", {}, false, "Landings of a day from Monday to Friday, on average."},
        {"busiest_day", "changes", {}, false, "Most landings of a day."},
        {"quietest_24h", "changes", {}, false, "Fewest landings in 24 hours, whenever they begin."},
        {"landings_dispersion",
         "",
         {},
         false,
         "Variance of the landings of a day from Monday to Friday over their mean; Poisson's is 1."},
        {"peak_factor",
         "",
         {},
         false,
         "Landings of the busiest nine weekdays in a row, over as many average ones. Needs twenty weekdays."},
        {"quiet_factor",
         "",
         {},
         false,
         "Landings of the quietest five weekdays in a row, over as many average ones. Needs twenty weekdays."},
        {"burst_size",
         "changes",
         {},
         false,
         "Landings in a burst, on average over bursts: in one, each comes within two minutes of the one before."},
        {"burst_share", "share", {}, false, "Share of landings in bursts of two or more."},
        {"landing_gap",
         "s",
         {"p25", "p50", "p75", "p95"},
         false,
         "Time between successive landings. Interpolated between two gaps."},
        {"series_share",
         "share",
         {},
         false,
         "Share of landings whose last patch set was uploaded on top of a change that had not landed yet."},
        {"lines",
         "",
         {"p10", "p50", "p90", "p99"},
         false,
         "Lines that a landed change touches. Interpolated between two changes."},
        {"nodes_busy", "nodes", {}, false, "Nodes handed out, of pools with a limit, on average over time."},
        {"nodes_peak", "nodes", {}, false, "Most nodes handed out at once, of pools with a limit."},
    };
    return kinds;
}

/// What a scenario says that a fact really was.
struct Claim {
    std::size_t kind = 0;                         ///< index into fact_kinds()
    std::vector<std::optional<double>> expected;  ///< as many as the kind has; nothing = not claimed. Times in seconds
    bool fitted = false;                          ///< parameters were chosen to match it; else it is a prediction
    double tolerance = 0.15;                      ///< as a part of the expected number
    std::string source;
    std::string why;  ///< what is known about the reason if it is missed; empty = nothing
};

}  // namespace gatesim
