#include "command/grid_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/report_page.hpp"
#include "command/scenario_input.hpp"
#include "command/shards.hpp"
#include "command/size_check.hpp"
#include "kernel/simgrid_engine.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/errors.hpp"
#include "scenario/units.hpp"
#include "study/process_pool.hpp"

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
    std::vector<Option> out = {
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
    for (Option& option : shard_options()) out.push_back(std::move(option));
    return out;
}

std::optional<GridPlan> read_grid_plan(const std::string& command, const Arguments& arguments) {
    std::string problem = fault_of_shards(arguments);
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
                             "precision", "at-most", "set", "warmup", "until", "training"}) {
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    }
    if (arguments.has("tune")) out += " --tune";
    return out;
}

}  // namespace gatesim
