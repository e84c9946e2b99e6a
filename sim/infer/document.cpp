#include "infer/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "import/tables.hpp"
#include "load/when.hpp"
#include "study/csv_text.hpp"

namespace gatesim::infer {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kLeastRepeated = 0.5;
constexpr std::uint64_t kLoadSeed = 1;

std::string time_text(double s) {
    return fmt::format("{:.3f}s", std::max(s, 0.001));
}
std::string share_text(double share) {
    return fmt::format("{:.4g}%", 100 * std::clamp(share, 0.0, 1.0));
}

/// The words of a scenario, one part after another.
class Writer {
public:
    Writer(const import::Records& records, const Inference& in, const Choices& choices)
        : records_(records), in_(in), choices_(choices) {
        for (const JobEstimate& j : in.jobs) waits_ = waits_ || (j.used && j.waits_as_it_did);
    }

    Documents write() {
        Json doc;
        doc["format"] = 1;
        doc["title"] = fmt::format("{}: inferred from its own records", choices_.name);
        doc["notes"] = "Made by infer. What each number rests on, and what is guessed, stands in notes.md.";
        doc["period"] = {{"kind", "terminating"},
                         {"start", format_when(choices_.period.from)},
                         {"length", time_text(seconds(choices_.period.to - choices_.period.from))},
                         {"timezone", "UTC"}};
        doc["load"] = load_part();
        doc["strategy"] = strategy();
        if (Json pools = pools_part(); !pools.empty()) doc["pools"] = pools;
        doc["jobs"] = jobs();
        doc["projects"] = projects();
        doc["failures"] = failures();
        out_.scenario = doc.dump(4) + "\n";
        return std::move(out_);
    }

private:
    void guess(const std::string& what) { out_.guessed.push_back(what); }
    bool takes(const std::string& parameter) const {
        return std::find(choices_.parameters.begin(), choices_.parameters.end(), parameter) !=
               choices_.parameters.end();
    }

    std::string load();
    Json load_part();
    Json strategy();
    Json pools_part();
    Json jobs();
    Json job(const JobEstimate& estimate);
    Json without_runs();
    Json projects() const;
    Json failures();
    std::string pool_name(import::Texts::Id label) const { return label == 0 ? "default" : records_.texts[label]; }

    /// The pool of a job that waits as it did.
    static std::string wait_name(const JobEstimate& j) { return "machines of " + j.name; }

    const import::Records& records_;
    const Inference& in_;
    const Choices& choices_;
    bool waits_ = false;  ///< some job waits as it did
    Documents out_;
};

std::string Writer::load() {
    std::string out = "project,branch,change,author,enqueued\n";
    std::size_t n = 0;
    for (const Moment at : draw_arrivals(in_.arrivals, choices_.period, kLoadSeed)) {
        const std::string& project = in_.projects[n % in_.projects.size()];
        out += csv_row({project, "master", fmt::format("c{}", ++n), "", format_when(at)});
    }
    if (in_.projects.size() > 1) guess("each project has as many changes as another (--synthetic)");
    return out;
}

Json Writer::load_part() {
    if (!choices_.synthetic) {
        if (!in_.stays.waiting.empty())
            guess(fmt::format("the tests of the {} that waited when the period began had not begun",
                              in_.stays.waiting.size()));
        guess("who came again comes again at the same time, whatever becomes of the first stay (--synthetic draws it)");
        return {{"replay", {{"file", import::kEntriesFile}, {"waiting_at_start", true}, {"stays_apart", true}}}};
    }
    out_.load = load();
    Json out{{"replay", {{"file", kLoadFile}}}};
    const Stays& s = in_.stays;
    if (s.came_back.n == 0 || s.came_back.value == 0) {
        guess("nobody comes back after an ejection: too few ejections were seen to say");
        return out;
    }
    Json after;
    if (s.back_after.n >= 2)
        after = {{"dist", "lognormal"},
                 {"median", time_text(s.back_after.value)},
                 {"sigma", std::round(s.back_sigma.value * 1e4) / 1e4}};
    else {
        after = "1h";
        guess("who comes back does so after an hour");
    }
    out["after_ejection"] = {{"retry", share_text(s.came_back.value)}, {"after", after}, {"max", 5}};
    guess("a change comes back five times at most");
    return out;
}

Json Writer::strategy() {
    const Configuration& c = choices_.configuration;
    const bool headgreen = c.headgreen && choices_.strategy == "github";
    Json out{{"name", headgreen ? "github-headgreen" : choices_.strategy}};
    guess(fmt::format("the rule of the queue is that of {}{}", std::string(out["name"]),
                      choices_.strategy == "github" ? " (--strategy names another)" : ""));
    const auto set = [&](const char* name, const std::optional<std::int64_t>& value, const char* unit) {
        if (!value || !takes(name)) return;
        if (*unit)
            out[name] = fmt::format("{}{}", *value, unit);
        else
            out[name] = *value;
    };
    std::optional<std::int64_t> window = c.window;
    if (!window && in_.window.most > 0) {
        window = static_cast<std::int64_t>(in_.window.most);
        if (!in_.window.limited)
            guess(
                fmt::format("a window of {}: so many groups were tested at once, but it never held anybody up, so it "
                            "may be larger",
                            in_.window.most));
    }
    set("window", window, "");
    set("group_max", c.group_max, "");
    set("group_min", c.group_min, "");
    set("group_wait", c.group_wait, "m");
    set("timeout", c.timeout, "m");
    if (!c.timeout && takes("timeout")) {
        out["timeout"] = "6h";
        guess("a time limit of 6h for the tests of a group");
    }
    if (in_.repeated.n >= 10 && in_.repeated.value >= kLeastRepeated && takes("retries")) {
        out["retries"] = 1;
        guess(
            fmt::format("a red job is run once more before it counts: {} of {} were",
                        static_cast<std::size_t>(std::lround(in_.repeated.value * static_cast<double>(in_.repeated.n))),
                        in_.repeated.n));
    }
    return out;
}

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
            guess(fmt::format("machines \"{}\" are unlimited: {} ran at once, and nothing waited for one",
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
    if (in_.stays.stay.n >= 2) {
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

Json Writer::projects() const {
    Json out = Json::object();
    for (const std::string& project : in_.projects) {
        Json one = Json::object();
        if (in_.one_queue) one["queue"] = "shared";
        if (const auto jobs = in_.jobs_of.find(project); jobs != in_.jobs_of.end()) {
            one["gate"] = Json::array();
            for (const JobEstimate& j : in_.jobs)
                if (j.used && std::count(jobs->second.begin(), jobs->second.end(), j.name) > 0)
                    one["gate"].push_back(j.name);
        }
        out[project] = one;
    }
    return out;
}

Json Writer::failures() {
    Json out = Json::object();
    double defect = in_.defect.value;
    if (in_.jobs.empty() && in_.stays.ejected.n > 0) {
        defect = std::max(0.0, in_.stays.ejected.value - in_.stays.conflict.value);
        guess("all ejections but conflicts are defects: there are no runs");
    }
    out["defect"] = share_text(defect);
    if (in_.stays.conflict.value > 0) {
        out["textual_conflict"] = share_text(in_.stays.conflict.value / std::max(1.0, in_.stays.ahead));
        guess(fmt::format("conflicts are with those ahead in the queue, {:.1f} on average", in_.stays.ahead));
    }
    guess("nothing breaks only together with something else: semantic conflicts are counted as defects");
    Json troubles = Json::object();
    for (const JobEstimate& j : in_.jobs) {
        if (!j.used || j.spells.size() < 2) continue;
        double lasts = 0, red = 0;
        for (const Spell& s : j.spells) {
            lasts += seconds(s.to - s.from);
            red += s.red;
        }
        const auto n = static_cast<double>(j.spells.size());
        const double between = (in_.span.hours() * 3600 - lasts) / n;
        troubles["trouble of " + j.name] = {
            {"every", {{"dist", "exponential"}, {"mean", time_text(std::max(1.0, between))}}},
            {"lasts", time_text(std::max(1.0, lasts / n))},
            {"jobs", {j.name}},
            {"fails", share_text(red / n)}};
    }
    if (!troubles.empty()) out["troubles"] = troubles;
    return out;
}

}  // namespace

Documents documents_of(const import::Records& records, const Inference& inference, const Choices& choices) {
    return Writer(records, inference, choices).write();
}

}  // namespace gatesim::infer
