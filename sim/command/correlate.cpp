// correlate: rare causes in build logs, and what would prove them gone.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "command/command.hpp"
#include "command/correlate_modes.hpp"
#include "command/correlate_work.hpp"
#include "command/page_file.hpp"
#include "command/terminal.hpp"

namespace gatesim {

void count_classified(Correlation& work, const correlate::Runs& runs) {
    const auto& builds = work.logs->builds;
    work.classified = correlate::classify(builds, work.measured);
    work.unclassified.clear();
    work.own.clear();
    std::size_t classified = 0;
    for (std::uint32_t b = 0; b < builds.all.size(); ++b) {
        if (builds.all[b].result != correlate::Result::failed || !builds.all[b].has_log) continue;
        if (work.classified[b] >= 0)
            ++classified;
        else
            (runs.own()[b] ? work.own : work.unclassified).push_back(b);
    }
    const std::size_t all = classified + work.unclassified.size();
    work.rate = all == 0 ? 0 : static_cast<double>(classified) / static_cast<double>(all);
}

namespace {

namespace fs = std::filesystem;

int fail(const std::string& what, int code) {
    print_err(fmt::format("gatesim correlate: {}\n", what));
    return code;
}

std::string open_logs(const std::string& path, std::unique_ptr<correlate::Logs>& logs) {
    if (fs::is_directory(path)) return correlate::open_folder(path, logs);
    if (!fs::exists(path)) return path + ": is not there";
    return open_json_lines(path, logs);
}

/// Which questions cannot be asked together; empty if all is well.
std::string clash(const Arguments& arguments) {
    const bool alone = arguments.has("classes") || arguments.has("hits");
    if (arguments.has("classes") && arguments.has("hits")) return "--classes and --hits are two questions: one of them";
    for (const char* other : {"check", "baselines", "report"})
        if (alone && arguments.has(other))
            return fmt::format("--{} does not go with --{}", other, arguments.has("classes") ? "classes" : "hits");
    return arguments.has("check") && arguments.has("baselines")
               ? "--baselines stand beside what correlate finds, and --check asks for no search"
               : "";
}

/// Finds fingerprints, or reads those to be graded, and measures them with the baselines in one reading.
std::string work_on(const Arguments& arguments, const correlate::Runs& runs, Correlation& work,
                    std::vector<correlate::Baseline>& baselines) {
    std::string why;
    if (arguments.has("check")) {
        auto own = read_fingerprints(arguments.text("check"), why);
        if (!own) return why;
        work.fingerprints = std::move(*own);
    } else {
        work.features = correlate::read_features(*work.logs, work.rule, work.layers);
        work.found = correlate::find_causes(runs, work.features, {});
        work.fingerprints =
            correlate::write_fingerprints(work.found.causes, work.features, work.layers, work.logs->builds);
    }
    constexpr std::size_t kLeastBaseline = 5;
    if (arguments.has("baselines"))
        baselines =
            correlate::baselines(work.features, work.layers, std::max(kLeastBaseline, work.fingerprints.size()));
    std::vector<correlate::Fingerprint> all = work.fingerprints;
    for (const auto& one : baselines) all.insert(all.end(), one.fingerprints.begin(), one.fingerprints.end());
    std::vector<correlate::Measured> measured = correlate::measure(*work.logs, work.rule, all, why);
    if (!why.empty()) return why;
    auto next = measured.begin() + static_cast<std::ptrdiff_t>(work.fingerprints.size());
    work.measured.assign(measured.begin(), next);
    for (auto& one : baselines) {
        one.measured.assign(next, next + static_cast<std::ptrdiff_t>(one.fingerprints.size()));
        next += static_cast<std::ptrdiff_t>(one.fingerprints.size());
    }
    if (!arguments.has("check")) correlate::prune(work.fingerprints, work.measured, {});
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i)
        work.proofs.push_back(correlate::prove(runs, work.measured[i].failed, work.fingerprints[i].factor));
    count_classified(work, runs);
    return "";
}

int run_correlate(const Arguments& arguments) {
    if (const std::string why = clash(arguments); !why.empty()) return usage_error("correlate", why);
    const std::string path = arguments.positional(0);
    if (arguments.has("hits")) return correlate_hits(path, arguments.text("hits"), arguments.has("json"));
    Correlation work;
    if (const std::string trouble = open_logs(path, work.logs); !trouble.empty()) return fail(trouble, kUnreadable);
    if (arguments.has("classes"))
        return correlate_classes(*work.logs, arguments.text("classes"), arguments.has("json"));
    work.rule = correlate::learn_layers(*work.logs);
    const correlate::Runs runs(work.logs->builds);
    std::vector<correlate::Baseline> baselines;
    if (const std::string trouble = work_on(arguments, runs, work, baselines); !trouble.empty())
        return fail(trouble, kUsage);
    if (arguments.has("report")) {
        const std::string name = fs::path(path).lexically_normal().filename().string();
        const std::string trouble = write_page_file(
            arguments.text("report"), correlation_page(work, runs, baselines, name.empty() ? "Build logs" : name));
        if (!trouble.empty()) return fail(trouble, kUnreadable);
    }
    if (arguments.has("json")) {
        nlohmann::ordered_json out = correlation_json(work);
        if (!baselines.empty()) out["baselines"] = baselines_json(work, runs, baselines);
        print_out(out.dump(2) + "\n");
    } else if (!arguments.has("quiet")) {
        print_out(correlation_text(work) + (baselines.empty() ? "" : baselines_text(work, runs, baselines)));
    }
    for (const std::string& complaint : work.logs->complaints) print_err(fmt::format("! {}\n", complaint));
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "correlate",
     .summary = "Find rare causes of failure in build logs",
     .help =
         "Reads LOGS/builds.csv (build, result, and of job, node, region, provider, start, end, change, patchset, "
         "base, "
         "tested_with what there is) and LOGS/logs/BUILD.gz (or .log, .txt, or a folder with a file a layer), and "
         "proposes "
         "fingerprints: text patterns (RE2, each in some line of the layer) that failed builds of several changes show "
         "and "
         "passed ones do not. Of each it says how often it hits in failed and passed builds, what it depends on, and "
         "how many clean "
         "runs would prove it fixed. "
         "What comes again with a patch set and not elsewhere is its author's and gets none. At most 5 % of the lines "
         "taken for suspicious are so by chance (Benjamini and Hochberg, over all lines). A log that cannot be read to "
         "its end "
         "is told, and the rest is read.",
     .examples = {"correlate my-logs", "correlate my-logs --baselines --report causes.html",
                  "correlate my-logs --check mine.json", "correlate labelled.jsonl.gz --classes manual_flaky",
                  "correlate hits.csv.gz --hits bug"},
     .positionals = {{"LOGS", "a folder with builds.csv and logs/, or a file with a JSON object a line", true}},
     .options = {{.name = "check",
                  .kind = OptionKind::text,
                  .value = "FINGERPRINTS",
                  .help = "Grade these fingerprints (JSON, as --json writes them) instead of looking for some."},
                 {.name = "baselines",
                  .kind = OptionKind::flag,
                  .help = "Beside it, two simple rules: the most frequent error lines; lift without control."},
                 {.name = "report",
                  .kind = OptionKind::text,
                  .value = "FILE",
                  .help = "Write a page: each cause with a build, its lines coloured by how suspicious they are."},
                 {.name = "classes",
                  .kind = OptionKind::text,
                  .value = "COLUMN",
                  .help = "Tell two classes of builds apart, each by the logs of all others."},
                 {.name = "hits",
                  .kind = OptionKind::text,
                  .value = "COLUMN",
                  .help =
                      "LOGS is a table of recorded hits (COLUMN, build, status): how precise each fingerprint was."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one document instead of the text."}},
     .run = run_correlate});

}  // namespace

}  // namespace gatesim
