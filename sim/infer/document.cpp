#include "infer/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "import/tables.hpp"
#include "infer/figures.hpp"
#include "infer/writer.hpp"
#include "load/when.hpp"
#include "study/csv_text.hpp"

namespace gatesim::infer {

using Json = nlohmann::ordered_json;

namespace {

constexpr double kLeastRepeated = 0.5;
constexpr std::uint64_t kLoadSeed = 1;

}  // namespace

Documents Writer::write() {
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
        Json replay{{"file", import::kEntriesFile}, {"waiting_at_start", true}, {"stays_apart", true}};
        if (const Value& gate = choices_.assumed_gate; gate.n > 0) {
            replay["enqueue"] = {{"from", "landed"}, {"minus", time_text(gate.value)}};
            guess(fmt::format(
                "changes came {} before they landed, since nobody recorded when: half of the 1st percentile of "
                "the times from upload to landing, for check and gate take equally long",
                shown(gate.value, "s")));
            guess("nobody was ejected: only landings are recorded");
        }
        if (choices_.recorded) replay["builds"] = import::kRunsFile;
        return {{"replay", std::move(replay)}};
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
                      choices_.strategy == "github"
                          ? " (--strategy names another; validate --strategies tells which is nearest)"
                          : ""));
    const auto set = [&](const char* name, const std::optional<std::int64_t>& value, const char* unit) {
        if (!value || !takes(name)) return;
        if (*unit)
            out[name] = fmt::format("{}{}", *value, unit);
        else
            out[name] = *value;
    };
    std::optional<std::int64_t> window = c.window;
    // Where nobody ever waited for a place, the most that were seen are no limit.
    if (!window && in_.window.most > 0 && !in_.window.limited && choices_.all_at_once)
        guess("all that wait are tested at once: nobody was seen to wait for a place");
    else if (!window && in_.window.most > 0) {
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
    if (takes("evict") && in_.leaving.leaves_at_once()) out["evict"] = "any-red";
    if (takes("evict") && !in_.leaving.known())
        guess("a red change leaves when the strategy's default says so: too few were seen behind others to tell");
    if (in_.repeated.n >= 10 && takes("retries")) {
        const bool more = in_.repeated.value >= kLeastRepeated;
        out["retries"] = more ? 1 : 0;
        guess(
            fmt::format("a red job {} more before it counts: {} of {} were", more ? "is run once" : "is not run once",
                        static_cast<std::size_t>(std::lround(in_.repeated.value * static_cast<double>(in_.repeated.n))),
                        in_.repeated.n));
    }
    if (takes("without_patch")) {
        out["without_patch"] = false;
        guess("red jobs are not run without the change as well");
    }
    return out;
}

Json Writer::projects() {
    Json out = Json::object();
    if (in_.one_queue && in_.tests == 0) guess("all projects share one queue: there are no runs");
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
    for (const std::string& project : choices_.projects) {
        if (out.contains(project)) continue;
        out[project] = Json::object();
        if (in_.one_queue) out[project]["queue"] = "shared";
        guess(fmt::format("{} runs every job: it came later than what was looked at", project));
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

Documents documents_of(const import::Records& records, const Inference& inference, const Choices& choices) {
    return Writer(records, inference, choices).write();
}

}  // namespace gatesim::infer
