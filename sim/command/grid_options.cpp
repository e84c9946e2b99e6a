#include "command/grid_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/progress.hpp"
#include "command/report_page.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "kernel/simgrid_engine.hpp"
#include "model/shell_quoted.hpp"
#include "record/csv_writer.hpp"
#include "scenario/errors.hpp"
#include "scenario/files_read.hpp"
#include "scenario/units.hpp"
#include "study/aside.hpp"
#include "study/file_rows.hpp"
#include "study/interrupt.hpp"
#include "study/own_files.hpp"
#include "study/process_pool.hpp"
#include "study/question.hpp"

namespace gatesim {

namespace {

constexpr std::uint32_t kLeast = 10;  // replications before the first look
constexpr std::uint32_t kMost = 160;  // unless the user says otherwise
constexpr double kPrecision = 0.05;   // unless the user says otherwise

std::optional<double> read_share_option(const Arguments& arguments, const char* name, double fallback,
                                        std::string& problem) {
    if (!arguments.has(name)) return fallback;
    const auto share = units::read_share(arguments.text(name)).value;
    if (share && *share <= 1) return share;
    problem =
        fmt::format("--{} takes a share up to 100% (\"5%\"), not {}", name, document::quote(arguments.text(name)));
    return std::nullopt;
}

int fail(const std::string& command, const StudyProblem& problem, const std::string& arm) {
    std::string where;
    if (!arm.empty()) where = fmt::format("{}, replication {}: ", arm, problem.replication);
    print_err(fmt::format("gatesim {}: {}{}\n", command, where, problem.text));
    return problem.exit_code;
}

/// Keeps a bar a part of the study: the search for the warm-up, then one look after another.
class Parts {
public:
    Parts(bool shown, std::string name) : shown_(shown), name_(std::move(name)) {}

    void update(const GridProgress& progress) {
        if (!bar_ || progress.look != look_) {
            look_ = progress.look;
            std::string what = name_;
            if (look_ == 0) what += ", warm-up";
            if (look_ > 0 && progress.looks > 1) what += fmt::format(", look {} of up to {}", look_, progress.looks);
            bar_.reset();
            bar_ = std::make_unique<Progress>(shown_, what, progress.total);
        }
        bar_->update(progress.done, progress.running);
    }

private:
    bool shown_;
    std::string name_;
    std::size_t look_ = 0;
    std::unique_ptr<Progress> bar_;
};

/// What was left out of the arms' load files, once for all arms of which the same is true.
std::string rows_of_arms(const std::vector<Arm>& arms, const GridResult& result) {
    std::vector<std::string> told;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        const auto file = load_file_rows(arms[a].scenario, result.records[a]);
        if (!file) continue;
        const std::string text = file_rows_text({*file}, true);
        if (!text.empty() && std::find(told.begin(), told.end(), text) == told.end()) told.push_back(text);
    }
    return fmt::format("{}", fmt::join(told, ""));
}

GridResult run_with_parts(const Arguments& arguments, const GridPlan& plan, const std::vector<Arm>& arms,
                          Journal& journal, const std::function<bool(const GridResult&)>& enough) {
    Parts parts(!arguments.has("quiet") && !arguments.has("no-progress"), arms.front().scenario.name);
    GridOptions options = plan.options;
    options.progress = [&](const GridProgress& progress) { parts.update(progress); };
    return run_grid(arms, options, journal, enough);
}

}  // namespace

Option warmup_option() {
    return {.name = "warmup",
            .kind = OptionKind::text,
            .value = "TIME",
            .help =
                "How much a steady scenario leaves out at its beginning. Default: auto, until the queue no longer "
                "remembers that it began empty."};
}

std::optional<Time> read_warmup(const Arguments& arguments, std::string& problem) {
    const std::string text = arguments.text("warmup", "auto");
    if (text == "auto") return std::nullopt;
    const auto time = units::read_time(text).value;
    if (!time) problem = fmt::format("--warmup takes a time (\"30h\", \"0s\") or auto, not {}", document::quote(text));
    return time;
}

std::vector<Option> grid_options() {
    return {
        {.name = "metric",
         .kind = OptionKind::text,
         .value = "NAME",
         .help = "A metric that matters; may be repeated. The first one decides the answer.",
         .repeatable = true},
        {.name = "matters",
         .kind = OptionKind::text,
         .value = "SHARE",
         .help = "A difference below this share of what it is compared with is negligible. Default: 5%."},
        {.name = "replications",
         .kind = OptionKind::count,
         .value = "N",
         .help = "Exactly that many, instead of as many as the precision needs.",
         .low = 2,
         .high = 1000000},
        {.name = "precision",
         .kind = OptionKind::text,
         .value = "SHARE",
         .help = "Go on until every difference is known to ± this share of what it is compared with (or of itself, if "
                 "that is larger). Checked after 10, 20, 40, 80 … replications. Default: 5%."},
        {.name = "at-most",
         .kind = OptionKind::count,
         .value = "N",
         .help = "Stop after that many replications even without that precision. Default: 160.",
         .low = 2,
         .high = 1000000},
        {.name = "seed", .kind = OptionKind::count, .value = "N", .help = "Fixes all luck. Default: 1."},
        set_option(),
        warmup_option(),
        {.name = "until",
         .kind = OptionKind::time,
         .value = "TIME",
         .help = "End every replication at that simulated time, whatever is left."},
        {.name = "out",
         .kind = OptionKind::text,
         .value = "DIR",
         .help = "Where the files go: a new or empty folder, or one of an earlier study or run."},
        {.name = "resume",
         .kind = OptionKind::flag,
         .help = "Go on with what is in that folder: finished replications of the same question are not run again. "
                 "Without it they are kept aside, as journal-N.jsonl."},
        report_option(),
        {.name = "json", .kind = OptionKind::flag, .help = "Print the JSON document instead of the report."},
        force_option(),
        {.name = "jobs",
         .kind = OptionKind::count,
         .value = "N",
         .help = "Replications at once. Default: all processors.",
         .low = 1,
         .high = 4096},
        {.name = "engine",
         .kind = OptionKind::choice,
         .value = "NAME",
         .help = "simgrid or heap (no SimGrid; pools that compute with simgrid need simgrid). Default: simgrid.",
         .choices = {"simgrid", "heap"}},
    };
}

std::optional<GridPlan> read_grid_plan(const std::string& command, const Arguments& arguments) {
    std::string problem;
    GridPlan plan;
    plan.options.seed = arguments.count("seed", 1);
    plan.options.until = arguments.time("until", kNever);
    plan.options.engine = arguments.text("engine", usual_engine());
    plan.options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    plan.options.warmup = read_warmup(arguments, problem);
    plan.matters = read_share_option(arguments, "matters", 0.05, problem).value_or(0);
    const bool fixed = arguments.has("replications");
    if (fixed && (arguments.has("precision") || arguments.has("at-most")))
        problem = "--replications says how many; leave out --precision and --at-most";
    plan.precision = fixed ? 0 : read_share_option(arguments, "precision", kPrecision, problem).value_or(0);
    if (!fixed && plan.precision <= 0 && problem.empty()) problem = "--precision is more than 0%";
    const auto count =
        static_cast<std::uint32_t>(fixed ? arguments.count("replications", 0) : arguments.count("at-most", kMost));
    plan.options.looks = fixed ? std::vector<std::uint32_t>{count} : looks(kLeast, count);
    for (const std::string& name : arguments.all("metric")) {
        const auto metric = problem.empty() ? read_metric(name, problem) : std::nullopt;
        if (!metric) break;
        if (std::find(plan.metrics.begin(), plan.metrics.end(), *metric) == plan.metrics.end())
            plan.metrics.push_back(*metric);
    }
    if (problem.empty()) return plan;
    usage_error(command, problem);
    return std::nullopt;
}

std::string grid_again(const std::string& command, const Arguments& arguments) {
    std::string out =
        command + " " + shell_quoted(arguments.positional(0)) + fmt::format(" --seed {}", arguments.count("seed", 1));
    for (const char* name : {"strategies", "variant", "over", "baseline", "metric", "matters", "replications",
                             "precision", "at-most", "set", "warmup", "until"}) {
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    }
    return out;
}

namespace {

/// The files of a study, besides its journal.
std::vector<std::string> study_files(const std::string& command, bool report) {
    std::vector<std::string> out = {command + ".csv", "replications.csv", command + ".txt", command + ".json"};
    if (report) out.emplace_back(kReportFile);
    return out;
}

/// Says what became of journals. What only repeats that --resume was not given, `quiet` leaves out.
void tell_of(const Journal& journal, const std::string& command, bool quiet) {
    for (const std::string& note : journal.notes()) print_err(fmt::format("gatesim {}: {}\n", command, note));
    if (!journal.set_aside().empty() && !quiet)
        print_err(fmt::format("gatesim {}: {}\n", command, journal.set_aside()));
}

}  // namespace

std::optional<GridResult> run_arms(const std::string& command, const Arguments& arguments, const GridPlan& plan,
                                   const std::vector<Arm>& arms, const std::string& directory,
                                   const std::function<bool(const GridResult&)>& enough, int& exit_code) {
    SizeQuestion question{command,          arguments.positional(0), {}, plan.options.until, plan.options.looks.front(),
                          plan.options.jobs};
    for (const Arm& arm : arms) question.arms.push_back(&arm.scenario);
    if (!size_is_fine(question, arguments)) {
        exit_code = kUsage;
        return std::nullopt;
    }
    const auto fault = [&](const std::string& what) {
        exit_code = fail(command, {what, kUnreadable, 0}, "");
        return std::nullopt;
    };
    if (const std::string why = why_not_into(directory, files_read(), study_files(command, arguments.has("report")));
        !why.empty())
        return fault(why);
    InterruptGuard guard;  // longer than what is aside: a second Ctrl-C must not come between it and its tidying up
    MadeFolders made;
    if (const std::string trouble = made.make(directory); !trouble.empty())
        return fault(directory + ": cannot create: " + trouble);
    std::optional<GridResult> result;
    {
        const Aside aside(directory);
        if (!aside.problem().empty()) return fault(aside.problem());
        JournalPlace place{directory, aside.path(), journal_terms(plan.options), {}, arguments.has("resume")};
        for (const Arm& arm : arms) place.arms.insert(sha256_of_arm(arm.scenario));
        Journal journal(place);
        tell_of(journal, command, arguments.has("quiet"));
        const auto before = std::count_if(journal.records().begin(), journal.records().end(),
                                          [&](const auto& r) { return place.arms.count(r.first.arm_sha256) != 0; });
        if (before > 0 && !arguments.has("quiet"))
            print_err(fmt::format("{}: {} finished replications are there already\n", directory, before));
        result = run_with_parts(arguments, plan, arms, journal, enough);
        journal.finish();
        if (result->problem.text.empty()) result->problem = journal.problem();
    }
    if (result->problem.text.empty() && result->replications() == 0)
        result->problem = {"interrupted before anything was done", kInterrupted, 0};
    if (result->problem.text.empty()) {
        print_err(rows_of_arms(arms, *result));
        return result;
    }
    made.undo();
    exit_code = fail(command, result->problem, result->problem_arm);
    return std::nullopt;
}

std::string write_files(const std::string& directory,
                        const std::vector<std::pair<std::string, std::string>>& name_and_content) {
    const Aside aside(directory);
    if (!aside.problem().empty()) return aside.problem();
    std::vector<std::string> names;
    for (const auto& [name, content] : name_and_content) {
        WholeFile file(fmt::format("{}/{}", aside.path(), name));
        file.write(content);
        if (std::string trouble = file.commit(); !trouble.empty()) return trouble;
        names.push_back(name);
    }
    // A page of other numbers would lie. It is made again, if it is asked for, from the files that were just written.
    const bool page = std::find(names.begin(), names.end(), kReportFile) != names.end();
    return replace_files(aside.path(), directory, names,
                         page ? std::vector<std::string>{} : std::vector<std::string>{kReportFile});
}

}  // namespace gatesim
