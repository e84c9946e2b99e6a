#include "report/documents.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace gatesim::report {

namespace {

using Json = nlohmann::ordered_json;

std::optional<double> number(const Json& object, const char* key) {
    const auto at = object.find(key);
    if (at == object.end() || !at->is_number()) return std::nullopt;
    return at->get<double>();
}

Estimate estimate_of(const Metric& metric, const Json& j) {
    Estimate out;
    out.mean = number(j, "mean");
    out.low = number(j, "low");
    out.high = number(j, "high");
    out.n = j.at("n").get<std::size_t>();
    out.unseen = number(j, "may_differ").value_or(0);
    out.alike = out.unseen > 0;
    out.none_seen = out.n > 0 && (metric.rare_count || metric.unit == "share") && !out.alike && out.mean == 0.0 &&
                    out.low == 0.0 && out.high.value_or(0) > 0;
    return out;
}

Difference difference_of(const Metric& metric, const Json& j) {
    const Estimate e = estimate_of(metric, j);
    Difference out;
    out.mean = e.mean;
    out.low = e.low;
    out.high = e.high;
    out.n = e.n;
    out.alike = e.alike;
    out.unseen = e.unseen;
    out.none_seen = metric.rare_count && e.mean == 0.0 && e.high.value_or(0) > 0 && e.low == -*e.high;
    const std::string verdict = j.value("verdict", "undecided");
    for (const Verdict v : {Verdict::better, Verdict::worse, Verdict::higher, Verdict::lower, Verdict::negligible})
        if (verdict == verdict_text(v)) out.verdict = v;
    return out;
}

/// What every arm has: numbers and warnings.
void read_arm(const Json& j, const StudyFolder& of, ReportArm& arm) {
    Summary& s = arm.summary;
    s.scenario = of.scenario;
    s.seed = of.seed;
    s.strategy = j.value("strategy", "");
    s.replications = of.replications;
    arm.overloaded = j.value("overloaded", false);
    s.estimates.resize(metrics().size());
    s.values.resize(metrics().size());
    for (const auto& [name, m] : j.at("metrics").items()) {
        const auto index = find_metric(name);
        if (!index) continue;  // of a newer version
        s.estimates[*index] = estimate_of(metrics()[*index], m);
        for (const Json& value : m.at("values"))
            s.values[*index].push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    }
    for (const Json& w : j.at("warnings")) {
        const std::string code = w.value("code", "");
        if (code == "relaxation") arm.relaxations.push_back(w.value("text", ""));
        s.warnings.push_back(
            {code, w.at("metric").is_string() ? w.at("metric").get<std::string>() : "", w.value("text", "")});
    }
}

void read_named(const Json& names, StudyFolder& out) {
    for (const Json& name : names)
        if (const auto index = find_metric(name.get<std::string>())) out.named.push_back(*index);
}

void read_run(const Json& d, StudyFolder& out) {
    ReportArm arm;
    arm.label = d.value("strategy", "none");
    read_arm(d, out, arm);
    out.arms.push_back(std::move(arm));
}

/// {"window": 5, "mode": "sticky"} as "window = 5, mode = sticky"; of lists "window: 5, 10".
std::string words_of(const Json& values) {
    std::string out;
    for (const auto& [name, value] : values.items()) {
        out += (out.empty() ? "" : value.is_array() ? "; " : ", ") + name + (value.is_array() ? ": " : " = ");
        std::string list;
        for (const Json& one : value.is_array() ? value : Json::array({value}))
            list += (list.empty() ? "" : ", ") + (one.is_string() ? one.get<std::string>() : one.dump());
        out += list;
    }
    return out;
}

void read_tuning(const Json& tuning, StudyFolder& out) {
    out.tuned_by = find_metric(tuning.at("metric").get<std::string>());
    for (const auto& [label, arm] : tuning.at("arms").items()) {
        ReportTuned one;
        one.label = label;
        if (arm.contains("chosen")) {
            one.chosen = words_of(arm.at("chosen"));
            one.usual = words_of(arm.at("default"));
            one.tried = words_of(arm.at("tried"));
            one.chosen_mean = number(arm, "chosen_mean");
            one.usual_mean = number(arm, "default_mean");
            for (const Json& setting : arm.at("settings"))
                if (setting.at("values") == arm.at("chosen"))
                    one.replications = setting.at("replications").get<std::size_t>();
        }
        out.tuned.push_back(std::move(one));
    }
}

void read_compare(const Json& d, StudyFolder& out) {
    if (d.contains("tuning")) read_tuning(d.at("tuning"), out);
    read_named(d.at("named_metrics"), out);
    for (const auto& [label, a] : d.at("strategies").items()) {
        ReportArm arm;
        arm.label = label;
        read_arm(a, out, arm);
        if (label == d.at("baseline").get<std::string>())
            out.baseline = out.arms.size();
        else
            for (const std::size_t m : out.named)
                arm.differences.push_back(
                    difference_of(metrics()[m], d.at("differences").at(label).at(metrics()[m].name)));
        out.arms.push_back(std::move(arm));
    }
}

void read_sweep(const Json& d, StudyFolder& out) {
    read_named(Json::array({d.at("metric")}), out);
    for (const Json& axis : d.at("over"))
        out.axes.push_back({axis.at("pointer").get<std::string>(), axis.at("values").get<std::vector<std::string>>()});
    for (const Json& cell : d.at("cells")) {
        ReportArm arm;
        arm.label = cell.at("label").get<std::string>();
        arm.standing = cell.at("standing").get<std::string>();
        for (const ReportAxis& axis : out.axes) arm.at.push_back(cell.at("values").at(axis.pointer).get<std::string>());
        read_arm(cell, out, arm);
        if (arm.standing == "best") out.baseline = out.arms.size();
        if (!out.named.empty())
            arm.differences.push_back(difference_of(metrics()[out.named.front()], cell.at("from_best")));
        out.arms.push_back(std::move(arm));
    }
}

void read_calibrate(const Json& d, StudyFolder& out) {
    for (const Json& f : d.at("facts")) {
        ReportFact fact;
        fact.name = f.at("fact").get<std::string>();
        if (f.at("part").is_string()) fact.name += " " + f.at("part").get<std::string>();
        fact.profile = f.value("profile", false);
        fact.unit = f.value("unit", "");
        fact.kind = f.value("kind", "");
        fact.verdict = f.value("verdict", "");
        fact.source = f.value("source", "");
        if (f.at("why").is_string()) fact.why = f.at("why").get<std::string>();
        fact.expected = f.at("expected").get<double>();
        fact.tolerance = f.value("tolerance", 0.0);
        fact.miss = number(f, "miss");
        fact.simulated = estimate_of(Metric{}, f);
        out.facts.push_back(std::move(fact));
    }
}

}  // namespace

std::string read_document(const std::string& text, StudyFolder& out) {
    const Json d = Json::parse(text, nullptr, false);
    constexpr const char* kAnew = "\n  run it again; it writes this file anew";
    if (d.is_discarded() || !d.is_object())
        return fmt::format("is no JSON document; it was cut off or changed{}", kAnew);
    if (!d.contains("format")) return fmt::format("has no \"format\", so it is not what gatesim wrote{}", kAnew);
    try {
        if (d.at("format") != kFormat)
            return fmt::format("has format {}; this gatesim reads {}", d.at("format").dump(), kFormat);
        const Json& scenario = d.at("scenario");
        out.scenario = (scenario.is_object() ? scenario.at("name") : scenario).get<std::string>();
        out.sha256 = scenario.is_object() ? scenario.value("sha256", "") : d.value("scenario_sha256", "");
        out.seed = d.at("seed").get<std::uint64_t>();
        out.replications = d.at("replications").get<std::size_t>();
        out.partial = d.value("partial", false);
        out.matters = d.value("matters", 0.05);
        out.level_of_one = d.value("level_of_one_difference", kLevel);
        switch (out.kind) {
            case FolderKind::run:
                read_run(d, out);
                break;
            case FolderKind::compare:
                read_compare(d, out);
                break;
            case FolderKind::sweep:
                read_sweep(d, out);
                break;
            case FolderKind::calibrate:
                read_calibrate(d, out);
                break;
        }
    } catch (const nlohmann::json::exception& e) {
        // "[json.exception.out_of_range.403] key 'seed' not found": only the name is of use.
        const std::string said = e.what();
        const std::size_t from = said.find('\''), to = said.rfind('\'');
        if (e.id == 403 && from < to)
            return fmt::format("lacks \"{}\"; it was cut off or changed{}", said.substr(from + 1, to - from - 1),
                               kAnew);
        return fmt::format(
            "is not as gatesim writes it: a value is of another kind (a text for a number, or the like){}", kAnew);
    }
    if (out.kind != FolderKind::calibrate && out.arms.empty()) return "names no gate";
    return "";
}

void read_scenario(const std::string& text, StudyFolder& out) {
    const Json d = Json::parse(text, nullptr, false, true);
    if (d.is_discarded() || !d.is_object()) return;
    out.resolved = text;
    if (const auto notes = d.find("notes"); notes != d.end() && notes->is_string())
        out.notes = notes->get<std::string>();
    const auto pools = d.find("pools");
    if (pools == d.end() || !pools->is_object()) return;
    for (const auto& [name, pool] : pools->items()) {
        const bool lives = pool.is_object() && (pool.contains("max") || pool.contains("scaling"));
        out.pools.push_back({name, pool.is_object() ? number(pool, lives ? "max" : "nodes").value_or(0) : 0});
    }
}

}  // namespace gatesim::report
