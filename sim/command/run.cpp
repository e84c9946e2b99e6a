// run: replications of a scenario, a table or a story, a run directory.

#include <fmt/format.h>

#include "command/command.hpp"
#include "command/grid_options.hpp"
#include "command/print_problem.hpp"
#include "command/progress.hpp"
#include "command/report_page.hpp"
#include "command/run_logs.hpp"
#include "command/run_observed.hpp"
#include "command/run_report.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "kernel/simgrid_engine.hpp"
#include "measure/warmup.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/files_read.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"
#include "study/question.hpp"
#include "study/run_directory.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace {

/// More listed changes than that make a table, not a story.
constexpr std::size_t kStoryChanges = 15;

/// What gives the same numbers again, after the program's name: everything that matters to them, nothing else.
std::string again(const Arguments& arguments, const StudyOptions& options) {
    std::string out = "run " + shell_quoted(arguments.positional(0)) +
                      fmt::format(" --seed {} --replications {}", options.seed, options.replications);
    for (const char* name : {"strategy", "set", "warmup", "until"}) {
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    }
    return out;
}

std::string safe_name(std::string name) {
    for (char& c : name) {
        if (c == '/' || static_cast<unsigned char>(c) < ' ') c = '_';
    }
    return name;
}

std::string directory_of(const Arguments& arguments, const Scenario& scenario, std::uint64_t seed) {
    const Pipeline* gate = gate_of(scenario);
    const std::string strategy = gate ? gate->strategy.name : "none";
    return arguments.text("out", fmt::format("out/{}-{}-{}", safe_name(scenario.name), safe_name(strategy), seed));
}

StudyOptions study_options(const Arguments& arguments, const Scenario& scenario) {
    StudyOptions options;
    options.seed = arguments.count("seed", 1);
    options.replications = static_cast<std::uint32_t>(
        arguments.count("replications", static_cast<std::uint64_t>(std::max(1, scenario.replications))));
    options.until = arguments.time("until", kNever);
    options.engine = arguments.text("engine", usual_engine());
    options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    const std::string tables = arguments.text("tables", "first");
    options.tables = tables == "all" ? KeepTables::all : tables == "none" ? KeepTables::none : KeepTables::first;
    options.events = arguments.has("events");
    options.trace = arguments.has("trace");
    options.story = scenario.load.listed && !scenario.load.has_stream() &&
                    scenario.load.listed->changes.size() <= kStoryChanges && options.replications == 1;
    options.landings = !scenario.observed_file.empty();
    return options;
}

int fail(const StudyProblem& problem, const std::string& repeat) {
    const int code = print_problem("run", problem);
    if (code == kBroken) print_err(fmt::format("  again: {} {}\n", called_as(), repeat));
    return code;
}

/// Writes everything; what went wrong, or empty.
std::string write_directory(RunDirectory& directory, const Arguments& arguments, const Scenario& scenario,
                            const StudyOptions& options, const StudyResult& result, const RunReport& report,
                            const std::string& programs) {
    std::vector<std::uint32_t> kept;
    for (const ReplicationRecord& r : result.replications) {
        const bool keep = options.tables == KeepTables::all || (options.tables == KeepTables::first && r.number == 1);
        if (keep) kept.push_back(r.number);
    }
    if (!kept.empty()) directory.add_tables(kept, options.events, options.trace);
    directory.add("summary.json", summary_json(report.summary));
    directory.add("summary.txt", file_text(report));
    directory.add("scenario.json",
                  scenario.resolved + (scenario.resolved.empty() || scenario.resolved.back() == '\n' ? "" : "\n"));
    directory.add("run.json", run_call_json({arguments.positional(0), options.seed, options.replications, options.until,
                                             programs}));
    directory.finish();
    return directory.problem();
}

/// What a steady scenario leaves out at its beginning; sets `options.warmup`. Nothing if that cannot be found.
std::optional<Warmup> leave_out_warmup(const Arguments& arguments, const Scenario& scenario, StudyOptions& options,
                                       StudyProblem& problem) {
    GridOptions how;
    how.seed = options.seed;
    how.until = options.until;
    how.engine = options.engine;
    how.jobs = options.jobs;
    how.looks = {options.replications};
    how.warmup = read_warmup(arguments, problem.text);
    if (!problem.text.empty()) problem.exit_code = kUsage;
    if (problem.text.empty() && scenario.period.kind != PeriodKind::steady) {
        Warmup stated;
        stated.stated = warmup_of(scenario);
        return stated;
    }
    const Warmup warmup = problem.text.empty() ? find_warmup(scenario, how, problem) : Warmup{};
    if (!problem.text.empty()) return std::nullopt;
    options.warmup = warmup.length;
    return warmup;
}

int run_run(const Arguments& arguments) {
    int code = kFine;
    const auto scenario = load_input(arguments.positional(0), arguments, code);
    if (!scenario) return code;
    StudyOptions options = study_options(arguments, *scenario);
    const std::string repeat = again(arguments, options);
    if (!size_is_fine({"run", arguments.positional(0), {&*scenario}, options.until, options.replications, options.jobs},
                      arguments))
        return kUsage;

    InterruptGuard guard;  // longer than the directory: a second Ctrl-C must not come between it and its tidying up
    std::vector<std::string> names = run_files(*scenario, options);
    if (arguments.has("report")) names.emplace_back(kReportFile);
    RunDirectory directory(directory_of(arguments, *scenario, options.seed), files_read(), names);
    if (!directory.problem().empty()) return fail({directory.problem(), kUnreadable, 0}, repeat);
    options.scratch = directory.scratch();
    RunLogs logs(arguments, directory.path());
    if (!logs.problem().text.empty()) return fail(logs.problem(), repeat);
    const std::string programs = sha256_of_programs(*scenario);  // as they are before the first is started

    StudyProblem no_warmup;
    const auto warmup = leave_out_warmup(arguments, *scenario, options, no_warmup);
    if (!warmup) return fail(no_warmup, repeat);
    const bool shown = !arguments.has("quiet") && !arguments.has("no-progress");
    const auto run_part = [&](const Scenario& variant, const StudyOptions& how, const std::string& name) {
        Progress progress(shown, name, how.replications);
        StudyOptions heard = how;
        heard.progress = [&](std::uint32_t done, double running) { progress.update(done, running); };
        return run_study(variant, heard);
    };
    want_logs(logs.maker());
    const StudyResult result = run_part(*scenario, options, scenario->name);
    want_logs({});  // what follows is not the scenario itself
    if (!result.problem.text.empty()) return fail(result.problem, repeat);
    if (result.replications.empty()) return fail({"interrupted before anything was done", kInterrupted, 0}, repeat);

    StudyProblem problem;
    std::string evidence;
    std::vector<FileRows> observed;
    if (!result.interrupted) evidence = compare_with_reality(*scenario, options, result, run_part, observed, problem);
    if (!problem.text.empty() && problem.exit_code != kInterrupted) return fail(problem, repeat);

    Summary summary = summarise(*scenario, options, result, relaxations_of(*scenario));
    tell_of_warmup(*warmup, summary);
    summary.files.insert(summary.files.end(), observed.begin(), observed.end());
    if (problem.exit_code == kInterrupted) {
        summary.partial = true;
        summary.warnings.insert(summary.warnings.begin(),
                                {"partial", "", "Interrupted: the comparison with reality is missing."});
    }
    const auto checked = check_expectations(*scenario, summary);
    const RunReport report{*scenario, result, summary, checked, directory.path(), repeat, arguments.positional(0),
                           evidence};
    std::string trouble = write_directory(directory, arguments, *scenario, options, result, report, programs);
    if (trouble.empty() && arguments.has("report")) trouble = write_report(directory.path(), arguments.has("quiet"));
    if (trouble.empty()) trouble = logs.finish(result.interrupted);
    if (!trouble.empty()) return fail({trouble, kUnreadable, 0}, repeat);

    if (arguments.has("json"))
        print_out(summary_json(summary));
    else if (!arguments.has("quiet"))
        print_out(terminal_text(report));
    print_err(file_rows_text(summary.files, arguments.has("quiet") || arguments.has("json")));
    if (summary.partial) return kInterrupted;
    for (const Checked& c : checked) {
        if (c.met) continue;
        code = kMissed;
        if (arguments.has("json") || arguments.has("quiet")) {
            print_err(fmt::format("gatesim run: expectation missed: {} (it is {})\n", c.expectation->text, c.value));
        }
    }
    return code;
}

const bool kRegistered = register_command(
    {.name = "run",
     .summary = "Run a scenario and show what comes of it",
     .help = "Prints a story (few changes, one replication) or a table of metrics with 95 % intervals, and leaves a "
             "folder with summary.json and tables. The same scenario and seed give the same bytes, with any --jobs and "
             "either --engine.",
     .examples = {"run scenarios/quickstart", "run scenarios/bootcamp-2013 --replications 40 --jobs 2",
                  "run scenarios/quickstart --set /strategy=serial --json",
                  "run scenarios/bootcamp-2013 --logs my-logs"},
     .positionals = {{"SCENARIO", "a scenario file, or a folder with scenario.json", true}},
     .options =
         {{.name = "seed", .kind = OptionKind::count, .value = "N", .help = "Fixes all luck. Default: 1."},
          {.name = "replications",
           .kind = OptionKind::count,
           .value = "N",
           .help = "How many times, each with other luck. Default: what the scenario says, else 1.",
           .low = 1,
           .high = 1000000},
          set_option(),
          strategy_option(),
          warmup_option(),
          {.name = "until",
           .kind = OptionKind::time,
           .value = "TIME",
           .help = "End every replication at that simulated time, whatever is left."},
          {.name = "out",
           .kind = OptionKind::text,
           .value = "DIR",
           .help =
               "Where the files go: a folder that is new, or of an earlier run. Default: out/SCENARIO-STRATEGY-SEED."},
          {.name = "tables",
           .kind = OptionKind::choice,
           .value = "WHICH",
           .help = "Tables (CSV) of the first replication, of all, or none. Default: first.",
           .choices = {"first", "all", "none"}},
          {.name = "events",
           .kind = OptionKind::flag,
           .help = "Also events.jsonl: every event of the replications with tables."},
          {.name = "trace",
           .kind = OptionKind::flag,
           .help = "Also trace.json: replication 1 for Perfetto (ui.perfetto.dev) or chrome://tracing."},
          report_option(),
          log_options()[0],
          log_options()[1],
          log_options()[2],
          {.name = "json", .kind = OptionKind::flag, .help = "Print summary.json instead of the report."},
          force_option(),
          jobs_option(),
          engine_option(usual_engine())},
     .run = run_run});

}  // namespace

}  // namespace gatesim
