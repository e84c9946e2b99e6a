#include "command/explain_subject.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "record/csv_writer.hpp"
#include "study/question.hpp"
#include "study/run_directory.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace fs = std::filesystem;

namespace {

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

/// The values of one replication in a summary; empty if it is not in there.
MetricValues recorded_values(const nlohmann::json& summary, std::uint32_t replication) {
    MetricValues out;
    for (const Metric& metric : metrics()) {
        if (metric.of != MetricOf::all && !summary.at("metrics").contains(metric.name)) {  // no people, no freezes
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

std::optional<ExplainSubject> from_run(const std::string& run, const Arguments& arguments, int& code) {
    const auto call = read_run_call(run);
    const auto summary = nlohmann::json::parse(content_of(fs::path(run) / "summary.json"), nullptr, false);
    if (!call || summary.is_discarded()) {
        code = explain_failed(run + ": is not a run directory (no run.json and summary.json that can be read)",
                              kUnreadable);
        return std::nullopt;
    }
    ExplainSubject out;
    out.options.seed = call->seed;
    out.options.until = call->until;
    out.options.replication = static_cast<std::uint32_t>(arguments.count("replication", 1));
    try {
        const std::string name = summary.at("scenario");
        auto scenario = load_resolved(content_of(fs::path(run) / "scenario.json"), name + ".json",
                                      folder_of(call->scenario_path, run), code);
        if (!scenario) {
            if (code == kUsage)
                code = explain_failed(run + "/scenario.json: is damaged (see above); run it again", kUnreadable);
            return std::nullopt;
        }
        if (summary.at("seed").get<std::uint64_t>() != call->seed) {
            code =
                explain_failed(run + ": run.json and summary.json are of two runs (their seeds differ)", kUnreadable);
            return std::nullopt;
        }
        if (scenario->sha256 != summary.at("scenario_sha256").get<std::string>()) {
            code = explain_failed(run + ": a file of the scenario has changed since that run; run it again", kUsage);
            return std::nullopt;
        }
        if (!call->programs_sha256.empty() && sha256_of_programs(*scenario) != call->programs_sha256) {
            code = explain_failed(
                run + ": the strategy's program has changed since that run, or is not there; run it again", kUsage);
            return std::nullopt;
        }
        out.scenario = std::move(*scenario);
        out.recorded = recorded_values(summary, out.options.replication);
        out.warmup = from_seconds(summary.value("warmup_s", 0.0));
    } catch (const nlohmann::json::exception& e) {
        code = explain_failed(run + "/summary.json: is not ours: " + e.what(), kUnreadable);
        return std::nullopt;
    }
    if (out.recorded.empty()) {
        code = explain_failed(fmt::format("{}: has no replication {}", run, out.options.replication), kUsage);
        return std::nullopt;
    }
    out.source = run;
    return out;
}

}  // namespace

int explain_failed(const std::string& what, int code) {
    print_err("gatesim explain: " + what + "\n");
    return code;
}

std::optional<ExplainSubject> find_explain_subject(const Arguments& arguments, int& code) {
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
    ExplainSubject out;
    out.scenario = std::move(*scenario);
    out.options.seed = arguments.count("seed", 1);
    out.options.until = arguments.time("until", kNever);
    out.options.replication = static_cast<std::uint32_t>(arguments.count("replication", 1));
    out.source = path;
    if (size_is_fine({"explain", path, {&out.scenario}, out.options.until, 1, 1}, arguments)) return out;
    code = kUsage;
    return std::nullopt;
}

}  // namespace gatesim
