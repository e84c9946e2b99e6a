// correlate: rare causes in build logs, and what would prove them gone.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "command/command.hpp"
#include "command/correlate_work.hpp"
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
        if (work.classified[b] >= 0) ++classified;
        else (runs.own()[b] ? work.own : work.unclassified).push_back(b);
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

int run_correlate(const Arguments& arguments) {
    Correlation work;
    if (const std::string trouble = open_logs(arguments.positional(0), work.logs); !trouble.empty())
        return fail(trouble, kUnreadable);
    work.rule = correlate::learn_layers(*work.logs);
    const correlate::Runs runs(work.logs->builds);
    std::string why;
    if (arguments.has("check")) {
        auto own = read_fingerprints(arguments.text("check"), why);
        if (!own) return fail(why, kUsage);
        work.fingerprints = std::move(*own);
    } else {
        work.features = correlate::read_features(*work.logs, work.rule, work.layers);
        work.found = correlate::find_causes(runs, work.features, {});
        work.fingerprints = correlate::write_fingerprints(work.found.causes, work.features, work.layers, work.logs->builds);
    }
    work.measured = correlate::measure(*work.logs, work.rule, work.fingerprints, why);
    if (!why.empty()) return fail(why, kUsage);
    if (!arguments.has("check")) correlate::prune(work.fingerprints, work.measured, {});
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i)
        work.proofs.push_back(correlate::prove(runs, work.measured[i].failed, work.fingerprints[i].factor));
    count_classified(work, runs);
    print_out(arguments.has("json") ? correlation_json(work).dump(2) + "\n" : correlation_text(work));
    for (const std::string& complaint : work.logs->complaints) print_err(fmt::format("! {}\n", complaint));
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "correlate",
     .summary = "Find rare causes of failure in build logs",
     .help =
         "Reads LOGS/builds.csv and LOGS/logs/BUILD.gz and proposes fingerprints: text patterns that failed builds of "
         "several changes show and passed ones do not.",
     .examples = {"correlate my-logs", "correlate my-logs --json", "correlate my-logs --check mine.json"},
     .positionals = {{"LOGS", "a folder with builds.csv and logs/, or a file with a JSON object a line", true}},
     .options = {{.name = "check",
                  .kind = OptionKind::text,
                  .value = "FINGERPRINTS",
                  .help = "Grade these fingerprints (JSON, as --json writes them) instead of looking for some."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one document instead of the text."}},
     .run = run_correlate});

}  // namespace

}  // namespace gatesim
