#include "study/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "model/all_jobs.hpp"
#include "record/words.hpp"
#include "scenario/errors.hpp"
#include "study/causes.hpp"
#include "study/load_warnings.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

double total(const Summary& summary, const char* metric) {
    double sum = 0;
    for (const auto& v : summary.values[*find_metric(metric)]) sum += v.value_or(0);
    return sum;
}

bool any_stuck(const StudyResult& result) {
    return std::any_of(result.replications.begin(), result.replications.end(),
                       [](const ReplicationRecord& r) { return !r.stuck.empty(); });
}

void warn_of_open_ends(const Scenario& scenario, const StudyOptions& options, const StudyResult& result,
                       Summary& summary) {
    if (summary.partial) {
        summary.warnings.push_back(
            {"partial", "",
             fmt::format("Interrupted: {} of {} replications are done.", summary.replications, options.replications)});
    }
    std::uint64_t outside = 0;
    bool cut = false;
    for (const ReplicationRecord& r : result.replications) {
        outside += r.never_let_in;
        cut |= r.cut;
    }
    const double open = total(summary, "in_flight");
    if (open > 0) {
        std::string text = fmt::format("{} still in flight at the end (all replications); their times are not counted.",
                                       counted(static_cast<std::int64_t>(open), "change was", "changes were"));
        if (outside > 0)
            text += fmt::format(
                " Of these, {} never let into the gate: not approved, or in need of a change that does not land (or "
                "that needs it in turn).",
                counted(static_cast<std::int64_t>(outside), "was", "were"));
        if (!cut && open > static_cast<double>(outside) && !any_stuck(result))
            text += " Nothing was left to happen: the gate hangs.";
        summary.warnings.push_back({"in_flight", "in_flight", text});
    }
    if (total(summary, "ejected") > 0 && scenario.load.after_ejection.retry <= 0 && scenario.load.has_stream()) {
        summary.warnings.push_back(
            {"no_return", "ejected",
             "Ejected changes never come back in this scenario (load.after_ejection is not set)."});
    }
}

/// Changes that would wait for ever whatever the strategy did: a mistake in the scenario, or a trap of the real thing.
void warn_of_stuck(const StudyResult& result, Summary& summary) {
    std::size_t runs = 0;
    const ReplicationRecord* first = nullptr;
    for (const ReplicationRecord& r : result.replications) {
        runs += !r.stuck.empty();
        if (!first && !r.stuck.empty()) first = &r;
    }
    if (!first) return;
    std::string where = first->stuck;
    if (summary.replications > 1) where = fmt::format("{} (replication {})", where, first->number);
    if (where.find(", because ") != std::string::npos) {
        const std::string runs_text = summary.replications > 1
                                          ? fmt::format("In {} of {} replications changes", runs, summary.replications)
                                          : "Changes";
        summary.warnings.push_back(
            {"stuck", "in_flight",
             fmt::format("{} were never decided, nor would the original: {}.", runs_text, where)});
        return;
    }
    summary.warnings.push_back(
        {"stuck", "in_flight",
         fmt::format("{}hanging for ever through no fault of the strategy: {}. A job of theirs waits for nodes or a "
                     "semaphore that nobody will give back, or for a job that never ends; `explain` shows for which.",
                     summary.replications > 1
                         ? fmt::format("In {} of {} replications changes were left ", runs, summary.replications)
                         : "Changes were left ",
                     where)});
}

/// The most nodes that a pool ever has at once.
std::int64_t most_nodes(const Scenario& scenario, PoolId pool) {
    std::int64_t most = scenario.pools[pool].most();
    const PoolNumber number = scenario.pools[pool].life ? PoolNumber::max : PoolNumber::nodes;
    for (const TimelineStep& step : scenario.timeline) {
        if (step.pool != pool || step.number != number || most == kUnlimited) continue;
        most = step.nodes == kUnlimited ? kUnlimited : std::max(most, step.nodes);
    }
    return most;
}

/// Whether a request that no pool is large enough for waits; else it fails.
bool waits_for_ever(const Scenario& scenario, const Job& job) {
    return std::any_of(scenario.pools.begin(), scenario.pools.end(),
                       [&](const Pool& pool) { return pool.when_short == WhenShort::wait && pool.serves(job.label); });
}

bool can_ever_run(const Scenario& scenario, const Job& job) {
    if (job.nodes <= 0) return true;
    for (PoolId p = 0; p < scenario.pools.size(); ++p) {
        if (!scenario.pools[p].serves(job.label)) continue;
        const std::int64_t most = most_nodes(scenario, p);
        if (most == kUnlimited || most >= job.nodes) return true;
    }
    return false;
}

/// Jobs that never run whatever happens, because no pool is ever large enough for them.
void warn_of_small_pools(const Scenario& scenario, Summary& summary) {
    std::set<std::string> fail;
    std::set<std::string> wait;
    for_each_job(scenario, [&](const ProjectPipeline&, const Job& job) {
        if (!can_ever_run(scenario, job))
            (waits_for_ever(scenario, job) ? wait : fail).insert(scenario.job_names[job.id]);
    });
    const auto warn = [&](const std::set<std::string>& names, const char* what) {
        if (names.empty()) return;
        const std::vector<std::string> list(names.begin(), names.end());
        summary.warnings.push_back(
            {"no_nodes", "", fmt::format("No pool is ever large enough for {}: {}", document::listing(list), what)});
    };
    warn(fail, "every request for nodes fails, and the change with it.");
    warn(wait, "every request for nodes waits for ever, and the change with it (/pools/*/when_short).");
}

void warn_of_unrest(const StudyResult& result, Summary& summary) {
    std::size_t runs = 0;
    for (const ReplicationRecord& r : result.replications) runs += r.never_at_rest;
    if (runs == 0) return;
    summary.warnings.push_back(
        {"never_at_rest", "",
         fmt::format(
             "{}Zuul's rule, followed to the letter, would have gone on for ever at one instant: a change and "
             "one it needs, which came back behind it, change places again and again. Zuul would hang there; "
             "this run goes on, and from there on the one behind holds nobody up.",
             summary.replications > 1 ? fmt::format("In {} of {} replications ", runs, summary.replications) : "")});
}

void warn_of_limits(const Scenario& scenario, const StudyResult& result, Summary& summary) {
    for (const std::string& text : limits_too_short(scenario))
        summary.warnings.push_back({"limit_too_short", "", text});
    for (const std::string& text : limits_missing(scenario)) summary.warnings.push_back({"no_limit", "", text});
    std::vector<std::vector<LimitUse>> uses;
    for (const ReplicationRecord& r : result.replications) uses.push_back(r.limits);
    for (const std::string& text : limits_that_bound(scenario, uses))
        summary.warnings.push_back({"time_limit", "", text});
}

void warn_of_overload(const Scenario& scenario, const StudyResult& result, Summary& summary) {
    std::size_t overloaded = 0;
    for (const ReplicationRecord& r : result.replications) overloaded += r.overloaded;
    if (overloaded * 2 <= result.replications.size()) return;
    const std::string text =
        scenario.period.kind == PeriodKind::steady
            ? "The gate's queue grew all the time: there is no steady state, waiting times and queue lengths "
              "grow with the run's length."
            : "The gate's queue grew through the whole period: waiting times and queue lengths would grow with "
              "a longer one.";
    summary.warnings.push_back({"overload", "queue_length_mean", text});
}

}  // namespace

const char* version() {
    return GATESIM_VERSION;
}

Summary summarise(const Scenario& scenario, const StudyOptions& options, const StudyResult& result,
                  const std::vector<std::string>& relaxations) {
    Summary out;
    out.scenario = scenario.name;
    out.scenario_sha256 = scenario.sha256;
    if (const Pipeline* gate = gate_of(scenario)) out.strategy = gate->strategy.name;
    out.seed = options.seed;
    out.engine = options.engine;
    out.partial = result.interrupted;
    out.replications = result.replications.size();
    out.wall_s = result.wall_s;
    out.peak_rss_mib = result.peak_rss_mib;
    out.events = result.events;
    const Chance chance = chance_in(result.replications);
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        std::vector<std::optional<double>> values;
        for (const ReplicationRecord& r : result.replications) values.push_back(r.values[m]);
        out.estimates.push_back(estimate(metrics()[m], values, chance));
        out.values.push_back(std::move(values));
    }
    if (auto rows = load_file_rows(scenario, result.replications)) out.files.push_back(std::move(*rows));
    warn_of_load(scenario, result.replications, out.warnings);
    warn_of_open_ends(scenario, options, result, out);
    warn_of_stuck(result, out);
    warn_of_unrest(result, out);
    warn_of_small_pools(scenario, out);
    warn_of_limits(scenario, result, out);
    warn_of_overload(scenario, result, out);
    for (const std::string& relaxation : relaxations) out.warnings.push_back({"relaxation", "", relaxation});
    return out;
}

std::string summary_json(const Summary& summary) {
    Json document;
    document["format"] = kFormat;
    document["version"] = version();
    document["scenario"] = summary.scenario;
    document["scenario_sha256"] = summary.scenario_sha256;
    document["strategy"] = summary.strategy;
    document["seed"] = summary.seed;
    document["replications"] = summary.replications;
    document["engine"] = summary.engine;
    document["level"] = kLevel;
    if (summary.warmup) document["warmup_s"] = seconds(*summary.warmup);
    document["partial"] = summary.partial;
    document["warnings"] = Json::array();
    for (const Warning& w : summary.warnings) {
        document["warnings"].push_back(
            {{"code", w.code}, {"metric", w.metric.empty() ? Json(nullptr) : Json(w.metric)}, {"text", w.text}});
    }
    if (!summary.files.empty()) document["files"] = Json::array();
    for (const FileRows& file : summary.files) {
        Json left_out = Json::object();
        for (const LeftOut& some : file.left_out) left_out[some.code] = some.rows;
        document["files"].push_back(
            {{"file", file.name}, {"rows", file.read}, {"used", file.used()}, {"left_out", std::move(left_out)}});
        if (!file.builds.empty())
            document["files"].push_back({{"file", file.builds},
                                         {"builds_recorded", file.builds_recorded},
                                         {"builds_drawn", file.builds_drawn}});
    }
    Json& list = document["metrics"] = Json::object();
    const auto defined = [&](std::size_t m) { return summary.estimates[m].n > 0; };
    for (std::size_t m = 0; m < metrics().size(); ++m) {
        const Estimate& e = summary.estimates[m];
        if (e.n == 0 && !belongs(metrics()[m], defined)) continue;
        Json values = Json::array();
        for (const auto& v : summary.values[m]) values.push_back(number(v));
        list[metrics()[m].name] = {{"unit", metrics()[m].unit},
                                   {"mean", number(e.mean)},
                                   {"low", number(e.low)},
                                   {"high", number(e.high)},
                                   {"n", e.n},
                                   {"values", std::move(values)}};
        if (e.alike) list[metrics()[m].name]["may_differ"] = e.unseen;
    }
    const auto put_causes = [&](const char* key, const char* amount, const char* share,
                                const std::vector<CauseShare>& causes) {
        Json& out = document[key] = Json::object();
        for (const CauseShare& cause : causes) out[cause.name] = {{amount, cause.amount}, {share, cause.share}};
    };
    put_causes("ejection_causes", "ejections", "share_of_changes", ejection_causes(summary));
    put_causes("waste_causes", "node_hours", "share_of_node_hours", waste_causes(summary));
    const double per_second = summary.wall_s > 0 ? static_cast<double>(summary.events) / summary.wall_s : 0;
    document["timing"] = {{"wall_s", summary.wall_s},
                          {"events", summary.events},
                          {"events_per_s", per_second},
                          {"peak_rss_mib", summary.peak_rss_mib}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gatesim
