// compare.json and the tables beside it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "study/comparison.hpp"
#include "study/csv_text.hpp"
#include "study/tuning.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json difference_json(const Difference& d, bool verdict) {
    Json out = {{"mean", number(d.mean)}, {"low", number(d.low)}, {"high", number(d.high)}, {"n", d.n}};
    if (d.alike) out["may_differ"] = d.unseen;
    if (!verdict) return out;
    out["verdict"] = verdict_text(d.verdict);
    out["pairing"] = number(d.pairing);
    return out;
}

Json by_metric(const std::vector<Difference>& list, const CompareTerms& terms, bool verdict) {
    Json out = Json::object();
    for (std::size_t i = 0; i < list.size(); ++i)
        out[metrics()[terms.metrics[i]].name] = difference_json(list[i], verdict);
    return out;
}

Json arm_json(const Arm& arm, const Summary& summary, bool overloaded) {
    // As `run` writes it, so that a reader of one reads the other.
    Json study = Json::parse(summary_json(summary));
    Json out;
    out["strategy"] = strategy_of(arm.scenario);
    out["scenario_sha256"] = arm.scenario.sha256;
    out["relaxations"] = relaxations_of(arm.scenario);
    out["overloaded"] = overloaded;
    out["warnings"] = std::move(study["warnings"]);
    out["metrics"] = std::move(study["metrics"]);
    for (const char* key : {"ejection_causes", "waste_causes"}) out[key] = std::move(study[key]);
    return out;
}

}  // namespace

std::string warmup_text(const Warmup& warmup) {
    if (!warmup.steady) return "";
    return Json{{"length_s", seconds(warmup.length)}, {"given", warmup.given}, {"found", warmup.found}}.dump();
}

std::string compare_json(const std::vector<Arm>& arms, const GridOptions& options, const GridResult& grid,
                         const Comparison& comparison, const Tuning* tuning) {
    const CompareTerms& terms = comparison.terms;
    Json out;
    out["format"] = kFormat;
    out["version"] = version();
    out["scenario"] = arms.front().scenario.name;
    out["seed"] = options.seed;
    out["replications"] = grid.replications();
    out["engine"] = options.engine;
    out["level"] = kLevel;
    out["level_of_one_difference"] = comparison.level;
    out["precision"] = terms.precision > 0 ? Json(terms.precision) : Json(nullptr);
    out["precise"] = terms.precision > 0 ? Json(grid.settled) : Json(nullptr);
    out["look"] = grid.look;
    out["looks"] = terms.looks;
    out["matters"] = terms.matters;
    out["warmup"] = grid.warmup.steady ? Json::parse(warmup_text(grid.warmup)) : Json(nullptr);
    out["partial"] = grid.interrupted;
    out["baseline"] = arms[terms.baseline].label;
    out["named_metrics"] = Json::array();
    for (std::size_t m : terms.metrics) out["named_metrics"].push_back(metrics()[m].name);
    out["strategies"] = Json::object();
    out["differences"] = Json::object();
    for (std::size_t a = 0; a < arms.size(); ++a) {
        out["strategies"][arms[a].label] = arm_json(arms[a], comparison.summaries[a], comparison.overloaded[a]);
        if (a != terms.baseline) out["differences"][arms[a].label] = by_metric(comparison.differences[a], terms, true);
    }
    if (comparison.oracle != Comparison::kNoArm) {
        out["oracle"] = arms[comparison.oracle].label;
        out["regret"] = Json::object();
        for (std::size_t a = 0; a < arms.size(); ++a)
            if (a != comparison.oracle) out["regret"][arms[a].label] = by_metric(comparison.regret[a], terms, false);
    }
    if (tuning) out["tuning"] = Json::parse(tuning_json(*tuning));
    out["timing"] = {{"wall_s", grid.wall_s}, {"events", grid.events}, {"peak_rss_mib", grid.peak_rss_mib}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string compare_csv(const std::vector<Arm>& arms, const Comparison& comparison) {
    std::string out =
        "arm,strategy,metric,unit,direction,n,mean,low,high,difference,difference_low,difference_high,verdict\n";
    for (std::size_t a = 0; a < arms.size(); ++a) {
        for (std::size_t m = 0; m < metrics().size(); ++m) {
            const Metric& metric = metrics()[m];
            const Estimate& e = comparison.summaries[a].estimates[m];
            const auto defined = [&](std::size_t one) { return comparison.summaries[a].estimates[one].n > 0; };
            if (e.n == 0 && !belongs(metric, defined)) continue;
            const auto& named = comparison.terms.metrics;
            const auto place = static_cast<std::size_t>(std::find(named.begin(), named.end(), m) - named.begin());
            const Difference* d =
                place < comparison.differences[a].size() ? &comparison.differences[a][place] : nullptr;
            out +=
                csv_row({arms[a].label, strategy_of(arms[a].scenario), metric.name, metric.unit,
                         direction_text(metric.direction), std::to_string(e.n), csv_number(e.mean), csv_number(e.low),
                         csv_number(e.high), d ? csv_number(d->mean) : "", d ? csv_number(d->low) : "",
                         d ? csv_number(d->high) : "", d ? verdict_text(d->verdict) : ""});
        }
    }
    return out;
}

std::string replications_csv(const std::vector<Arm>& arms, const GridResult& grid) {
    std::string out = "arm,replication,metric,unit,value\n";
    for (std::size_t a = 0; a < arms.size(); ++a) {
        for (const ReplicationRecord& r : grid.records[a]) {
            for (std::size_t m = 0; m < metrics().size(); ++m) {
                const auto defined = [&](std::size_t one) { return r.values[one].has_value(); };
                if (!r.values[m] && !belongs(metrics()[m], defined)) continue;
                out += csv_row({arms[a].label, std::to_string(r.number), metrics()[m].name, metrics()[m].unit,
                                csv_number(r.values[m])});
            }
        }
    }
    return out;
}

}  // namespace gatesim
