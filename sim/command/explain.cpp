// explain: everything that happened to one change, and why, from a run directory or a scenario.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "command/command.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "measure/meter.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"
#include "scenario/errors.hpp"
#include "study/replication.hpp"
#include "study/run_directory.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

/// A file's text; empty if there is none.
std::string content(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return "";
    std::ifstream in(path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

int complain(const std::string& what, int code) {
    print_err("gatesim explain: " + what + "\n");
    return code;
}

/// The run directory below out/ that was written last; empty if there is none.
std::string latest_run() {
    std::error_code error;
    std::string best;
    fs::file_time_type newest{};
    for (const auto& entry : fs::directory_iterator("out", error)) {
        const auto time = fs::last_write_time(entry.path() / "run.json", error);
        if (error || (!best.empty() && time <= newest)) continue;
        newest = time;
        best = entry.path().string();
    }
    return best;
}

/// Where a typed scenario path leads, from here or from a folder above the run directory.
std::string folder_of(const std::string& typed, const std::string& run) {
    std::error_code error;
    std::vector<fs::path> from = {""};
    for (fs::path at = fs::absolute(run, error).parent_path(); at.has_relative_path(); at = at.parent_path())
        from.push_back(at);
    for (const fs::path& base : from) {
        const fs::path path = base.empty() ? fs::path(typed) : base / typed;
        if (fs::is_directory(path, error)) return path.string();
        if (fs::is_regular_file(path, error)) return path.parent_path().string();
    }
    return ".";
}

/// What is explained: a scenario, its seed, and, from a run directory, the values that must come out again.
struct Subject {
    Scenario scenario;
    ReplicationOptions options;
    MetricValues recorded;
    Time warmup = 0;  ///< left out of `recorded`
    std::string source;
};

/// The values of one replication in a summary; empty if it is not in there.
MetricValues recorded_values(const nlohmann::json& summary, std::uint32_t replication) {
    MetricValues out;
    for (const Metric& metric : metrics()) {
        if (metric.people && !summary.at("metrics").contains(metric.name)) {  // left out where there are no people
            out.push_back(std::nullopt);
            continue;
        }
        const auto& values = summary.at("metrics").at(metric.name).at("values");
        if (replication > values.size()) return {};
        const auto& v = values[replication - 1];
        out.push_back(v.is_null() ? std::nullopt : std::optional<double>(v.get<double>()));
    }
    return out;
}

std::optional<Subject> from_run(const std::string& run, const Arguments& arguments, int& code) {
    const auto call = read_run_call(run);
    const auto summary = nlohmann::json::parse(content(fs::path(run) / "summary.json"), nullptr, false);
    if (!call || summary.is_discarded()) {
        code = complain(run + ": is not a run directory (no run.json and summary.json that can be read)", kUnreadable);
        return std::nullopt;
    }
    Subject out;
    out.options.seed = call->seed;
    out.options.until = call->until;
    out.options.replication = static_cast<std::uint32_t>(arguments.count("replication", 1));
    try {
        const std::string name = summary.at("scenario");
        auto scenario = load_resolved(content(fs::path(run) / "scenario.json"), name + ".json",
                                      folder_of(call->scenario_path, run), code);
        if (!scenario) {
            if (code == kUsage)
                code = complain(run + "/scenario.json: is damaged (see above); run it again", kUnreadable);
            return std::nullopt;
        }
        if (summary.at("seed").get<std::uint64_t>() != call->seed) {
            code = complain(run + ": run.json and summary.json are of two runs (their seeds differ)", kUnreadable);
            return std::nullopt;
        }
        if (scenario->sha256 != summary.at("scenario_sha256").get<std::string>()) {
            code = complain(run + ": a file of the scenario has changed since that run; run it again", kUsage);
            return std::nullopt;
        }
        out.scenario = std::move(*scenario);
        out.recorded = recorded_values(summary, out.options.replication);
        out.warmup = from_seconds(summary.value("warmup_s", 0.0));
    } catch (const nlohmann::json::exception& e) {
        code = complain(run + "/summary.json: is not ours: " + e.what(), kUnreadable);
        return std::nullopt;
    }
    if (out.recorded.empty()) {
        code = complain(fmt::format("{}: has no replication {}", run, out.options.replication), kUsage);
        return std::nullopt;
    }
    out.source = run;
    return out;
}

std::optional<Subject> find_subject(const Arguments& arguments, int& code) {
    const std::string path = arguments.positional(1);
    if (!path.empty() && arguments.has("run")) {
        code = usage_error("explain", "a scenario and --run: give one of them");
        return std::nullopt;
    }
    if (path.empty()) {
        for (const char* name : {"seed", "set", "strategy", "until"}) {
            if (!arguments.has(name)) continue;
            code = usage_error("explain", fmt::format("--{} needs a scenario; a run directory has its own", name));
            return std::nullopt;
        }
        const std::string run = arguments.text("run", latest_run());
        if (!run.empty()) return from_run(run, arguments, code);
        code = usage_error("explain", "no run directory below out/: run something first, or name a scenario");
        return std::nullopt;
    }
    auto scenario = load_input(path, arguments, code);
    if (!scenario) return std::nullopt;
    Subject out;
    out.scenario = std::move(*scenario);
    out.options.seed = arguments.count("seed", 1);
    out.options.until = arguments.time("until", kNever);
    out.options.replication = static_cast<std::uint32_t>(arguments.count("replication", 1));
    out.source = path;
    return out;
}

/// The name in the cast that the user means: the whole name, or a part of it between slashes if only one change has
/// that.
std::vector<std::string> meant(const Cast& cast, const std::string& typed) {
    std::vector<std::string> parts;
    for (const Change& change : cast.changes) {
        if (change.name == typed) return {typed};
        if (("/" + change.name + "/").find("/" + typed + "/") != std::string::npos) parts.push_back(change.name);
    }
    return parts;
}

/// Runs the replication once with a narrator for `about`; fills `cast`. Returns an exit code.
int simulate(const Subject& subject, Cast& cast, Narrator& narrator, Meter& meter) {
    Ledger ledger(cast);
    ledger.add(meter);
    ledger.add(narrator);
    const ReplicationResult result = run_replication(subject.scenario, subject.options, cast, {&ledger});
    if (!result.unreadable.empty()) return complain(result.unreadable, kUsage);
    if (!result.broken.empty()) return complain(result.broken, kBroken);
    if (!result.unavailable.empty()) return complain(result.unavailable, kUnreadable);
    return kFine;
}

bool agrees(const Subject& subject, Meter& meter) {
    return subject.recorded.empty() || meter.values() == subject.recorded;
}

int unknown_change(const Cast& cast, const std::string& typed, const std::vector<std::string>& candidates) {
    if (candidates.size() > 1) {
        return complain(fmt::format("{} could be {}", document::quote(typed), document::listing(candidates)), kUsage);
    }
    std::vector<std::string> names;
    for (const Change& change : cast.changes) names.push_back(change.name);
    const std::string near = document::nearest(typed, names);
    std::string text = fmt::format("no change {}", document::quote(typed));
    if (!near.empty())
        text += "; did you mean " + near + "?";
    else if (!names.empty())
        text += "; there are " + document::listing(names);
    return complain(text, kUsage);
}

/// The same as data: one object an event line, times in seconds from the start.
std::string document(const std::string& about, const Subject& subject, const Narrator& narrator, const Meter& meter) {
    nlohmann::ordered_json out;
    out["format"] = 1;
    out["version"] = version();
    out["change"] = about;
    out["scenario"] = subject.scenario.name;
    out["scenario_sha256"] = subject.scenario.sha256;
    out["seed"] = subject.options.seed;
    out["replication"] = subject.options.replication;
    out["source"] = subject.source;
    out["story"] = nlohmann::ordered_json::array();
    for (const StoryLine& line : narrator.lines())
        out["story"].push_back({{"at_s", seconds(line.at)}, {"text", line.text}});
    out["verdict"] = narrator.verdict(meter.standings());
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int run_explain(const Arguments& arguments) {
    int code = kFine;
    auto subject = find_subject(arguments, code);
    if (!subject) return code;
    subject->options.engine = arguments.text("engine", "heap");

    // Who is meant is known for sure only when everybody has arrived: one run for the cast, one for the story.
    // SimGrid's engine runs once a process; the heap knows the same cast, unless a pool computes with SimGrid.
    std::string about = arguments.positional(0);
    Cast cast;
    cast.scenario = &subject->scenario;
    {
        Narrator nobody(cast, about, 0);
        Meter meter(subject->scenario);
        Subject first = *subject;
        first.options.engine = "heap";
        for (Pool& pool : first.scenario.pools)
            if (pool.compute == Compute::simgrid) pool.compute = Compute::ps;
        if (code = simulate(first, cast, nobody, meter); code != kFine) return code;
    }
    const std::vector<std::string> names = meant(cast, about);
    if (names.size() != 1) return unknown_change(cast, about, names);
    about = names.front();
    Cast again;
    again.scenario = &subject->scenario;
    Narrator narrator(again, about, 100000);
    Meter meter(subject->scenario, subject->warmup);
    if (code = simulate(*subject, again, narrator, meter); code != kFine) return code;
    if (!agrees(*subject, meter)) {
        return complain(subject->source + ": repeating that run gives other numbers; was it made by another version?",
                        kUnreadable);
    }

    if (arguments.has("json")) {
        print_out(document(about, *subject, narrator, meter));
        return kFine;
    }
    print_out(styled(about, Style::strong) + fmt::format("  (replication {}, seed {}, {})\n\n",
                                                         subject->options.replication, subject->options.seed,
                                                         subject->source));
    print_out(story_text(narrator.lines(), subject->scenario.period));
    print_out("\n" + wrap(narrator.verdict(meter.standings()), 80, 2) + "\n");
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "explain",
     .summary = "Tell everything that happened to one change, and why",
     .help = "Repeats a replication and tells the change's part of it: what it was tested on, what reset it and which "
             "change caused that, why it landed or was ejected, and whose fault it really was. Without a scenario it "
             "reads the run directory below out/ that was written last and checks that the repetition gives the same "
             "numbers.",
     .examples = {"explain api-105 scenarios/quickstart",
                  "explain I2b70ae3 --run out/bootcamp-2013-zuul-1 --replication 3"},
     .positionals = {{"CHANGE", "its name, or a part of it between slashes", true},
                     {"SCENARIO", "a scenario to run instead of a run directory to read", false}},
     .options = {{.name = "run",
                  .kind = OptionKind::text,
                  .value = "DIR",
                  .help = "A run directory. Default: the latest below out/."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one JSON document instead of the story."},
                 {.name = "replication",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "Which one. Default: 1.",
                  .low = 1,
                  .high = 1000000},
                 {.name = "seed",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "With a scenario: fixes all luck. Default: 1."},
                 set_option(),
                 strategy_option(),
                 {.name = "until",
                  .kind = OptionKind::time,
                  .value = "TIME",
                  .help = "With a scenario: end at that simulated time."},
                 engine_option("heap")},
     .run = run_explain});

}  // namespace

}  // namespace gatesim
