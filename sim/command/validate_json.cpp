// The document of validate --json.
#include <cmath>
#include <nlohmann/json.hpp>

#include "command/validate_report.hpp"
#include "load/when.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;
using validate::Scores;

/// Four digits after the point: more would be noise, and would differ between machines.
double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

Json scores_json(const Scores& s, double trivial_mae) {
    return {{"instants", s.instants},
            {"departures", s.departures},
            {"queue_mae", rounded(s.queue_mae)},
            {"trivial_mae", rounded(trivial_mae)},
            {"departures_within_30min", rounded(s.within_30min)},
            {"band_cover", rounded(s.band_cover)},
            {"band_width", rounded(s.band_width)},
            {"queue_mean_seen", rounded(s.queue_seen)},
            {"queue_mean", rounded(s.queue_said)},
            {"bias", rounded(s.bias)},
            {"correlation", rounded(s.correlation)},
            {"departures_interval_met", rounded(s.interval_met)},
            {"departures_interval_width_s", rounded(s.interval_width)},
            {"lateness_s", rounded(s.lateness)},
            {"length_crps", rounded(s.length_crps)},
            {"ejected_seen", rounded(s.ejected_seen)},
            {"ejected", rounded(s.ejected_said)},
            {"brier", rounded(s.brier)},
            {"brier_rate", rounded(s.brier_rate)},
            {"stay_p50_seen_s", rounded(s.stay_p50_seen)},
            {"stay_p50_s", rounded(s.stay_p50_said)},
            {"stay_p90_seen_s", rounded(s.stay_p90_seen)},
            {"stay_p90_s", rounded(s.stay_p90_said)},
            {"landed_per_day_seen", rounded(s.landed_a_day_seen)},
            {"landed_per_day", rounded(s.landed_a_day_said)}};
}

Json slices_json(const std::vector<validate::Slice>& slices, Time origin, bool dated) {
    Json out = Json::array();
    for (const validate::Slice& s : slices) {
        Json slice = {{"seen", rounded(s.seen)}, {"said", rounded(s.said)}};
        if (dated)
            slice["from"] = format_when(origin + s.from);
        else
            slice["hour"] = s.from / kHour;
        out.push_back(std::move(slice));
    }
    return out;
}

}  // namespace

std::string validate_json(const ValidateReport& report) {
    Json out = {{"verdict", validate::verdict_name(report.verdict)},
                {"scenario", report.scenario},
                {"seed", report.seed},
                {"replications", report.replications},
                {"stays", report.record.stays.size()},
                {"train", scores_json(report.model.train, report.trivial_mae(false))},
                {"test", scores_json(report.model.test, report.trivial_mae(true))}};
    for (const auto& [name, parts] :
         {std::pair("constant_stay", &report.constant), std::pair("free_stays", &report.free)})
        out["trivial"][name] = {{"train_mae", rounded(parts->train.queue_mae)},
                                {"test_mae", rounded(parts->test.queue_mae)},
                                {"test_departures_within_30min", rounded(parts->test.within_30min)},
                                {"test_length_crps", rounded(parts->test.length_crps)}};
    out["verdict_by"] = validate::mostly_empty(report.model.test) ? "length_crps" : "queue_mae";
    out["tests_per_stay"] = rounded(report.tests_per_stay);
    out["tests_per_stay_seen"] = rounded(report.record.tests_per_stay);
    out["builds"] = rounded(report.builds);
    out["node_hours"] = rounded(report.node_hours);
    out["node_hours_seen"] = rounded(report.record.node_hours);
    out["by_day"] = slices_json(report.days, report.record.origin, true);
    out["by_hour"] = slices_json(report.hours, report.record.origin, false);
    out["worst"] = slices_json(report.worst, report.record.origin, true);
    for (std::size_t i = 0; i < report.special.size(); ++i)
        out["worst"][i].update({{"came", report.special[i].came},
                                {"left", report.special[i].left},
                                {"ejected", report.special[i].ejected}});
    const std::vector<double> seen = report.record.queue();
    out["queue"] = Json::array();
    for (std::size_t k = 0; k < seen.size(); ++k)
        out["queue"].push_back({{"at", format_when(report.record.origin + report.record.instants[k])},
                                {"test", report.test.holds(report.record.instants[k])},
                                {"seen", seen[k]},
                                {"median", report.forecast.queue[k]},
                                {"low", rounded(report.forecast.low[k])},
                                {"high", rounded(report.forecast.high[k])}});
    out["strategies"] = Json::array();
    for (const Tried& tried : report.tried)
        out["strategies"].push_back({{"label", tried.label},
                                     {"train_mae", rounded(tried.scores.train.queue_mae)},
                                     {"test_mae", rounded(tried.scores.test.queue_mae)},
                                     {"test_departures_within_30min", rounded(tried.scores.test.within_30min)},
                                     {"test_band_cover", rounded(tried.scores.test.band_cover)}});
    return out.dump(2) + "\n";
}

}  // namespace gatesim
