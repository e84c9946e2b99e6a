// validate: a team's own records beside the model of their queue, and beside two models that know nothing of queues.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/page_file.hpp"
#include "command/print_problem.hpp"
#include "command/progress.hpp"
#include "command/report_page.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "command/validate_input.hpp"
#include "command/validate_landings.hpp"
#include "command/validate_report.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/errors.hpp"
#include "study/file_rows.hpp"
#include "study/interrupt.hpp"
#include "study/process_pool.hpp"
#include "study/study.hpp"

namespace gatesim {

namespace {

constexpr std::uint64_t kReplications = 20;

std::string scenario_path(const Arguments& arguments) {
    return arguments.text("scenario", arguments.positional(0) + "/scenario.json");
}

std::string page_path(const Arguments& arguments) {
    return arguments.text("out", arguments.positional(0) + "/" + kReportFile);
}

/// The period's start as the scenario has it; kNever: it has none.
Time origin_of(const Scenario& scenario) {
    return scenario.period.has_start ? scenario.period.start_unix * kSecond : kNever;
}

std::string again(const Arguments& arguments, const StudyOptions& options) {
    std::string out = fmt::format("{} validate {}", called_as(), shell_quoted(arguments.positional(0)));
    for (const char* name : {"scenario", "train", "test", "strategies", "variant", "set"})
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    if (arguments.has("recorded")) out += " --recorded";
    return out + fmt::format(" --seed {} --replications {}", options.seed, options.replications);
}

/// Runs a scenario on the record. Nothing if that failed, which then has been printed.
std::optional<StudyResult> run_on(const Scenario& scenario, const std::string& label, const Arguments& arguments,
                                  StudyOptions options, int& code) {
    Progress progress(!arguments.has("quiet") && !arguments.has("no-progress"), label, options.replications);
    options.progress = [&](std::uint32_t done, double running) { progress.update(done, running); };
    StudyResult result = run_study(scenario, options);
    StudyProblem problem = result.problem;
    if (result.interrupted && problem.text.empty()) problem = {"interrupted", kInterrupted, 0};
    if (problem.text.empty()) return result;
    code = print_problem("validate", problem);
    return std::nullopt;
}

validate::Forecast forecast_of(const validate::Record& record, const StudyResult& result) {
    std::vector<SimulatedStays> stays;
    for (const ReplicationRecord& replication : result.replications) stays.push_back(replication.stays);
    return validate::forecast_of(record, stays);
}

double mean_metric(const StudyResult& result, const char* name) {
    const auto& all = metrics();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Metric& m) { return m.name == name; });
    double sum = 0;
    for (const ReplicationRecord& r : result.replications)
        sum += r.values[static_cast<std::size_t>(at - all.begin())].value_or(0);
    return sum / static_cast<double>(result.replications.size());
}

/// What the finder is to try, by label.
std::optional<std::vector<std::pair<std::string, std::vector<TypedSet>>>> wanted(const Arguments& arguments) {
    std::vector<std::pair<std::string, std::vector<TypedSet>>> out;
    for (const std::string& list : arguments.all("strategies")) {
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t comma = std::min(list.find(',', at), list.size());
            const std::string name = list.substr(at, comma - at);
            if (const std::string fault = fault_of_strategy(name); !fault.empty() || name.empty()) {
                usage_error("validate", "--strategies: " + (name.empty() ? "a name is missing" : fault));
                return std::nullopt;
            }
            out.push_back({name, {{"--strategies", "/strategy={\"name\": " + document::json_string(name) + "}"}}});
            at = comma + 1;
        }
    }
    for (const std::string& text : arguments.all("variant")) {
        std::string problem;
        const auto variant = read_variant(text, problem);
        if (variant && !variant->file.empty()) problem = "--variant: here it is LABEL:/pointer=value";
        if (!problem.empty()) {
            usage_error("validate", problem);
            return std::nullopt;
        }
        std::vector<TypedSet> sets;
        for (const std::string& set : variant->sets) sets.push_back({"--variant", set});
        out.emplace_back(variant->label, std::move(sets));
    }
    return out;
}

/// The strategies that were named, nearest in training time first. False if one could not be run.
bool find_strategies(const Arguments& arguments, const StudyOptions& options, Time origin, double rate,
                     ValidateReport& report, int& code) {
    const auto list = wanted(arguments);
    if (!list) return code = kUsage, false;
    for (const auto& [label, sets] : *list) {
        const auto scenario =
            load_on_record(scenario_path(arguments), arguments.positional(0), origin, arguments, sets, code);
        if (!scenario) return false;
        const auto result = run_on(*scenario, label, arguments, options, code);
        if (!result) return false;
        const validate::Forecast forecast = forecast_of(report.record, *result);
        report.tried.push_back(
            {label,
             {score(report.record, forecast, report.train, rate), score(report.record, forecast, report.test, rate)}});
    }
    if (!report.tried.empty()) report.tried.push_back({"as the scenario has it", report.model});
    std::stable_sort(report.tried.begin(), report.tried.end(), [](const Tried& a, const Tried& b) {
        return a.scores.train.queue_mae < b.scores.train.queue_mae;
    });
    return true;
}

void weigh(const Scenario& scenario, const StudyResult& result, double rate, ValidateReport& report) {
    const validate::Record& record = report.record;
    const auto both = [&](const validate::Forecast& forecast) {
        return BothParts{score(record, forecast, report.train, rate), score(record, forecast, report.test, rate)};
    };
    report.forecast = forecast_of(record, result);
    const validate::Forecast& forecast = report.forecast;
    report.model = both(forecast);
    report.constant_forecast = validate::constant_stay(record, report.train);
    report.free_forecast = validate::free_stays(record, report.train);
    report.constant = both(report.constant_forecast);
    report.free = both(report.free_forecast);
    report.days = by_day(record, forecast, report.test);
    report.hours = by_hour(record, forecast, report.test);
    report.worst = worst_stretches(record, forecast, report.test);
    for (const validate::Slice& slice : report.worst)
        report.special.push_back(special_of(record, forecast, report.test, slice));
    report.builds = mean_metric(result, "builds");
    report.node_hours = mean_metric(result, "node_hours");
    const std::size_t jobs = scenario.job_names.size() - 1;  // the built-in noop is the last of them
    report.tests_per_stay = report.builds / static_cast<double>(record.stays.size() * std::max<std::size_t>(1, jobs));
    report.verdict = validate::mostly_empty(report.model.test)
                         ? validate::judge_stays(report.model.test, report.trivial_lengths())
                         : validate::judge(report.model.test, report.trivial_mae(true));
}

/// The picture and the page, if they are wanted. Empty, or what went wrong.
std::string write_pages(const Arguments& arguments, const ValidateReport& report) {
    std::string trouble;
    if (arguments.has("picture")) trouble = write_page_file(arguments.text("picture"), validate_picture(report));
    if (!trouble.empty() || !arguments.has("report")) return trouble;
    const std::string path = page_path(arguments);
    trouble = write_page_file(path, validate_page(report));
    if (trouble.empty() && !arguments.has("quiet")) print_err(fmt::format("Page     {}\n", path));
    return trouble;
}

int run_validate(const Arguments& arguments) {
    int code = kFine;
    const std::string folder = arguments.positional(0), path = scenario_path(arguments);
    if (arguments.has("out") && !arguments.has("report"))
        return usage_error("validate", "--out needs --report: it says where that page goes");
    const auto stated = load_with_sets(path, {}, code);  // as it is: its start is the record's
    if (!stated) return code;
    validate::Record record;
    LoadError error;
    if (!validate::read_record(folder, origin_of(*stated), record, error))
        return print_problem("validate",
                             {error.text, error.kind == LoadError::Kind::unreadable ? kUnreadable : kUsage, 0});
    ValidateReport report{.folder = folder, .scenario = stated->name, .record = record};
    report.title = stated->title;
    report.notes = notes_of(*stated);
    if (const std::string why = read_parts(arguments, record, report.train, report.test); !why.empty())
        return usage_error("validate", why);
    if (record.landings_only())
        return validate_landings(arguments, *stated,
                                 {.folder = folder,
                                  .scenario = stated->name,
                                  .again = "",
                                  .seed = arguments.count("seed", 1),
                                  .replications = arguments.count("replications", kReplications),
                                  .record = record,
                                  .train = report.train,
                                  .test = report.test,
                                  .in_train = {},
                                  .in_test = {}});
    const auto scenario = load_on_record(path, folder, record.origin, arguments, {}, code);
    if (!scenario) return code;
    StudyOptions options;
    options.seed = report.seed = arguments.count("seed", 1);
    options.replications = static_cast<std::uint32_t>(arguments.count("replications", kReplications));
    options.engine = arguments.text("engine", "heap");
    options.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    options.stays = true;
    if (!size_is_fine({"validate", path, {&*scenario}, options.until, options.replications, options.jobs}, arguments))
        return kUsage;
    InterruptGuard guard;
    const auto result = run_on(*scenario, scenario->name, arguments, options, code);
    if (!result) return code;
    report.replications = result->replications.size();
    report.again = again(arguments, options);
    const double rate = validate::ejection_rate(record, report.train);
    weigh(*scenario, *result, rate, report);
    if (arguments.has("recorded")) {
        // What it has seen it cannot predict, however near it comes.
        if (report.verdict == validate::Verdict::predicts) report.verdict = validate::Verdict::explains;
        if (const auto rows = load_file_rows(*scenario, result->replications)) print_err(file_rows_text({*rows}, true));
    }
    if (!find_strategies(arguments, options, record.origin, rate, report, code)) return code;
    if (const std::string trouble = write_pages(arguments, report); !trouble.empty())
        return print_problem("validate", {trouble, kUnreadable, 0});
    if (arguments.has("json"))
        print_out(validate_json(report));
    else if (!arguments.has("quiet"))
        print_out(validate_text(report));
    return report.verdict == validate::Verdict::no_better ? kMissed : kFine;
}

const bool kRegistered = register_command(
    {.name = "validate",
     .summary = "Tell whether a scenario predicts the queue that a team really had",
     .help =
         "Reads FOLDER/entries.csv (and runs.csv, if it is there), lets every stay enter the scenario's gate when it "
         "really did, and puts the queue, the departures and the ejections that come out beside what was seen, and "
         "beside two models that know nothing of queues: everybody stays equally long (the median of the training "
         "time), and everybody stays as long as somebody of the training time did (M/G/inf). Training and test "
         "time are told apart: parameters may have been fitted to the first, the second is a prediction. The "
         "verdict goes by the mean absolute error of the median queue in test time. predicts: at least a quarter "
         "below the better of the two, and 85 % of the instants inside the 90 % band. explains: below it. Else it "
         "does not beat the trivial model, and the exit code is 1. Where hardly ever anybody waits (fewer than 0.5 on "
         "average in test time), the lengths of single stays decide instead, by the CRPS of their logarithms and the "
         "90 % interval of departures. Where entries.csv says when changes were uploaded and landed, but not when they "
         "came, their approvals are drawn with the waits of the training time, and what lands is judged: landings a "
         "day, "
         "bursts, gaps, upload to landing, beside the hours of the training time again and beside no gate.",
     .examples = {"validate my-week --train 2025-10-28..2025-10-30",
                  "validate my-week --train 0h..48h --test 48h..96h --strategies github,zuul,serial --json",
                  "validate my-week --variant w3:/strategy/window=3 --report"},
     .positionals = {{"FOLDER", "a folder with entries.csv (from import, or of one's own)", true}},
     .options = {{.name = "scenario",
                  .kind = OptionKind::text,
                  .value = "FILE",
                  .help = "The scenario; of its load nothing is used. Default: FOLDER/scenario.json."},
                 {.name = "train",
                  .kind = OptionKind::text,
                  .value = "FROM..TO",
                  .help =
                      "Training time: dates, or times since the start; several with commas. Default: the first half.",
                  .repeatable = true},
                 {.name = "test",
                  .kind = OptionKind::text,
                  .value = "FROM..TO",
                  .help = "Test time. Default: what is not training time.",
                  .repeatable = true},
                 {.name = "recorded",
                  .kind = OptionKind::flag,
                  .help = "Take builds as they went, from FOLDER/runs.csv, before any is drawn, in test time as well. "
                          "The verdict is then \"explains\" at best."},
                 {.name = "strategies",
                  .kind = OptionKind::text,
                  .value = "NAME,...",
                  .help = "Try these strategies as well, and rank them by their error in training time.",
                  .repeatable = true},
                 {.name = "variant",
                  .kind = OptionKind::text,
                  .value = "LABEL:/POINTER=VALUE",
                  .help = "Try the scenario with other values (several with ; between), ranked with the strategies.",
                  .repeatable = true},
                 {.name = "seed", .kind = OptionKind::count, .value = "N", .help = "Fixes all luck. Default: 1."},
                 {.name = "replications",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "How many times, each with other luck. Default: 20.",
                  .low = 1,
                  .high = 1000000},
                 set_option(),
                 {.name = "picture",
                  .kind = OptionKind::text,
                  .value = "FILE",
                  .help = "Also draw the queue that was seen and the model's, with its 90 % band, as SVG."},
                 report_option(),
                 {.name = "out",
                  .kind = OptionKind::text,
                  .value = "FILE",
                  .help = "Where the page of --report goes. Default: report.html in FOLDER."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one document instead of the tables."},
                 force_option(),
                 jobs_option(),
                 engine_option("heap")},
     .run = run_validate});

}  // namespace

}  // namespace gatesim
