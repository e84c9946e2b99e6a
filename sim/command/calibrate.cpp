// calibrate: what a scenario claims of the world it stands for, beside what comes out of it.

#include <fmt/format.h>

#include <algorithm>

#include "command/calibrate_report.hpp"
#include "command/command.hpp"
#include "command/grid_run.hpp"
#include "command/print_problem.hpp"
#include "command/progress.hpp"
#include "command/report_page.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/claims.hpp"
#include "scenario/files_read.hpp"
#include "study/aside.hpp"
#include "study/file_rows.hpp"
#include "study/interrupt.hpp"
#include "study/own_files.hpp"
#include "study/process_pool.hpp"
#include "study/study.hpp"

namespace gatesim {

namespace {

constexpr std::uint64_t kReplications = 20;

std::string again(const Arguments& arguments, const StudyOptions& options) {
    std::string out = "calibrate " + shell_quoted(arguments.positional(0)) +
                      fmt::format(" --seed {} --replications {}", options.seed, options.replications);
    for (const char* name : {"strategy", "set"})
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    return out;
}

StudyOptions study_options(const Arguments& arguments, const Scenario& scenario) {
    StudyOptions options;
    options.seed = arguments.count("seed", 1);
    const auto usual = scenario.replications > 1 ? static_cast<std::uint64_t>(scenario.replications) : kReplications;
    options.replications = static_cast<std::uint32_t>(arguments.count("replications", usual));
    options.engine = arguments.text("engine", "heap");
    options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    options.facts = true;
    return options;
}

/// Looks whether --out may be written into, before anything is run. Empty, or why not.
std::string why_not_out(const Arguments& arguments) {
    if (!arguments.has("out")) return "";
    return why_not_into(arguments.text("out"), files_read(), {"calibrate.json", "calibrate.txt", kReportFile});
}

/// Writes the folder of --out, if there is one. Empty, or what went wrong.
std::string write_out(const Arguments& arguments, const CalibrateReport& report) {
    if (!arguments.has("out")) return "";
    const std::string directory = arguments.text("out");
    MadeFolders made;
    if (const std::string trouble = made.make(directory); !trouble.empty())
        return directory + ": cannot create: " + trouble;
    std::string trouble = write_files(
        directory, {{"calibrate.json", calibrate_json(report)}, {"calibrate.txt", calibrate_text(report, false)}});
    if (trouble.empty() && arguments.has("report")) trouble = write_report(directory, arguments.has("quiet"));
    return trouble;
}

int run_calibrate(const Arguments& arguments) {
    int code = kFine;
    if (arguments.has("report") && !arguments.has("out"))
        return usage_error("calibrate", "--report needs a folder for the page: --out DIR");
    const auto scenario = load_input(arguments.positional(0), arguments, code);
    if (!scenario) return code;
    const std::vector<Claim> claims = claims_of(*scenario);
    if (claims.empty()) {
        print_err(
            fmt::format("gatesim calibrate: {} claims nothing: it has no \"facts\"\n  what can be claimed: {} "
                        "describe /facts\n",
                        scenario->name, called_as()));
        return kUsage;
    }
    StudyOptions options = study_options(arguments, *scenario);
    if (!size_is_fine(
            {"calibrate", arguments.positional(0), {&*scenario}, options.until, options.replications, options.jobs},
            arguments))
        return kUsage;
    if (const std::string why = why_not_out(arguments); !why.empty())
        return print_problem("calibrate", {why, kUnreadable, 0});
    InterruptGuard guard;
    StudyResult result;
    {
        Progress progress(!arguments.has("quiet") && !arguments.has("no-progress"), scenario->name,
                          options.replications);
        options.progress = [&](std::uint32_t done, double running) { progress.update(done, running); };
        result = run_study(*scenario, options);
    }
    if (!result.problem.text.empty()) return print_problem("calibrate", result.problem);
    if (result.replications.empty())
        return print_problem("calibrate", {"interrupted before anything was done", kInterrupted, 0});

    if (const auto rows = load_file_rows(*scenario, result.replications)) print_err(file_rows_text({*rows}, true));
    std::vector<FactValues> values;
    for (const ReplicationRecord& replication : result.replications) values.push_back(replication.facts);
    const std::vector<ClaimRow> rows = weigh_claims(claims, values);
    const CalibrateReport report{
        *scenario, rows, options.seed, values.size(), result.interrupted, again(arguments, options)};
    if (const std::string trouble = write_out(arguments, report); !trouble.empty())
        return print_problem("calibrate", {trouble, kUnreadable, 0});
    if (arguments.has("json"))
        print_out(calibrate_json(report));
    else if (!arguments.has("quiet"))
        print_out(calibrate_text(report, true));
    if (result.interrupted) return kInterrupted;
    const bool missed =
        std::any_of(rows.begin(), rows.end(), [](const ClaimRow& row) { return row.verdict == ClaimVerdict::missed; });
    return missed ? kMissed : kFine;
}

const bool kRegistered = register_command(
    {.name = "calibrate",
     .summary = "Compare a scenario with what was measured in the world it stands for",
     .help = "Runs the scenario and puts beside each fact that it claims (\"facts\") what comes out: the mean over "
             "replications with its 95 % interval, and how far it misses. Facts are fitted (parameters were chosen to "
             "match them) or predicted. The exit code is 1 if one is missed and the scenario gives no reason.",
     .examples = {"calibrate scenarios/bootcamp-2013-people",
                  "calibrate scenarios/havana-2013 --replications 10 --json", "describe /facts"},
     .positionals = {{"SCENARIO", "a scenario file, or a folder with scenario.json", true}},
     .options =
         {{.name = "seed", .kind = OptionKind::count, .value = "N", .help = "Fixes all luck. Default: 1."},
          {.name = "replications",
           .kind = OptionKind::count,
           .value = "N",
           .help = "How many times, each with other luck. Default: what the scenario says, else 20.",
           .low = 1,
           .high = 1000000},
          set_option(),
          strategy_option(),
          {.name = "out",
           .kind = OptionKind::text,
           .value = "DIR",
           .help = "Also keep calibrate.json and calibrate.txt there: in a new or empty folder, or one of gatesim's."},
          report_option(),
          {.name = "json", .kind = OptionKind::flag, .help = "Print one document instead of the table."},
          force_option(),
          jobs_option(),
          engine_option("heap")},
     .run = run_calibrate});

}  // namespace

}  // namespace gatesim
