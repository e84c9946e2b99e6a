// Jobs and machines of a scenario.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "infer/figures.hpp"
#include "infer/writer.hpp"
#include "load/when.hpp"
#include "study/csv_text.hpp"

namespace gatesim::infer {

using Json = nlohmann::ordered_json;

Json Writer::pools_part() {
    std::set<import::Texts::Id> used;
    for (const JobEstimate& j : in_.jobs)
        if (j.used) used.insert(j.label);
    Json out = Json::object();
    for (const auto& [label, pool] : in_.pools) {
        if (used.count(label) == 0) continue;
        Json one = Json::object();
        if (pool.limited)
            one["nodes"] = pool.nodes;
        else
            guess(fmt::format("machines \"{}\" are unlimited: {} ran at once, and how many there are does not show",
                              pool_name(label), pool.most));
        if (pool.boot.value >= 1) one["boot"] = time_text(pool.boot.value);
        out[pool_name(label)] = one;
    }
    std::size_t waiting = 0;
    for (const JobEstimate& j : in_.jobs) {
        if (!j.used || !j.waits_as_it_did) continue;
        if (waiting++ == 0) out_.waits = "job,seconds\n";
        out[wait_name(j)] = {{"boot", {{"file", kWaitsFile}, {"column", "seconds"}, {"where", {{"job", j.name}}}}}};
        for (const double s : j.waits) out_.waits += csv_row({j.name, fmt::format("{:.3f}", s)});
    }
    if (waiting > 0)
        guess(fmt::format(
            "{} jobs wait for machines as long as they did, whatever the load: how many machines they share "
            "is not known",
            waiting));
    return out;
}

namespace {

/// What the numbers of a job rest on, in a line.
std::string job_notes(const JobEstimate& j) {
    const auto with = [](const char* what, const Value& value, const std::string& unit) {
        return fmt::format("{} {} ({}; n {})", what, shown(value.value, unit),
                           shown_interval({"", unit, value, "", ""}), value.n);
    };
    std::string out = with("median", j.durations.median, "s");
    if (j.flake.n > 0) out += ", " + with("flake", j.flake, "share") + ", " + with("defect", j.defect, "share");
    return out;
}

}  // namespace

Json Writer::job(const JobEstimate& j) {
    Json out;
    const Durations& d = j.durations;
    if (!d.empirical.empty()) {
        out["duration"] = {{"file", kDurationsFile}, {"column", "seconds"}, {"where", {{"job", j.name}}}};
        for (const double s : d.empirical) out_.durations += csv_row({j.name, fmt::format("{:.3f}", s)});
    } else {
        out["duration"] = {{"dist", "lognormal"},
                           {"median", time_text(d.law->median.value)},
                           {"sigma", std::round(d.law->sigma.value * 1e4) / 1e4}};
    }
    if (j.drift().drifts()) {
        out["duration_scale"] = Json::array();
        for (const Stretch& s : j.drift().stretches)
            out["duration_scale"].push_back({{"from", format_when(std::max(s.from, choices_.period.from))},
                                             {"scale", std::round(s.scale * 1e4) / 1e4}});
    }
    out["notes"] = job_notes(j);
    if (j.flake.value > 0) out["flake"] = share_text(j.flake.value);
    if (j.states.bounds) guess(fmt::format("half of what is red in {} is flakes: nobody repeated a run of it", j.name));
    if (j.no_result.value > 0) out["no_result"] = share_text(j.no_result.value);
    // A defect shows in the job of its draw, and in others with the chance of their weight s: in all s(2 - s).
    if (in_.defect.value > 0)
        out["catches"] = std::round(1e4 * (1 - std::sqrt(1 - std::min(1.0, j.defect.value / in_.defect.value)))) / 1e4;
    if (!j.voting) out["voting"] = false;
    Json needs = Json::array();
    if (const auto found = in_.graph.needs.find(j.job); found != in_.graph.needs.end())
        for (const JobEstimate& other : in_.jobs)
            if (other.used && std::find(found->second.begin(), found->second.end(), other.job) != found->second.end())
                needs.push_back({{"job", other.name}, {"soft", true}});
    if (!needs.empty()) out["needs"] = needs;
    if (j.waits_as_it_did)
        out["runs_on"] = wait_name(j);
    else if (in_.pools.size() > 1 || waits_)
        out["runs_on"] = pool_name(j.label);
    return out;
}

Json Writer::without_runs() {
    Json out;
    if (choices_.assumed_gate.n > 0) {
        out["duration"] = time_text(choices_.assumed_gate.value);
        guess("one job, \"checks\", as long as the fastest change was in the gate: there are no runs");
    } else if (in_.stays.stay.n >= 2) {
        out["duration"] = time_text(in_.stays.stay.value / (1 + in_.stays.ahead));
        guess("one job, \"checks\", as long as the median stay over one more than were ahead: there are no runs");
    } else {
        out["duration"] = "30m";
        guess("one job, \"checks\", of 30 minutes: there are no runs and no landings with a time");
    }
    return out;
}

Json Writer::jobs() {
    out_.durations = "job,seconds\n";
    Json out = Json::object();
    for (const JobEstimate& j : in_.jobs)
        if (j.used) out[j.name] = job(j);
    if (out.empty()) out["checks"] = without_runs();
    if (out_.durations == "job,seconds\n") out_.durations.clear();
    return out;
}

}  // namespace gatesim::infer
