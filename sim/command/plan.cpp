// plan: the least that keeps promises, and the cheapest.

#include <fmt/format.h>

#include <algorithm>

#include "command/command.hpp"
#include "command/grid_run.hpp"
#include "command/plan_extras.hpp"
#include "command/plan_report.hpp"
#include "command/plan_terms.hpp"
#include "command/report_page.hpp"
#include "command/terminal.hpp"
#include "model/shell_quoted.hpp"

namespace gatesim {

namespace {

/// What gives the same plan again.
std::string plan_again(const Arguments& arguments) {
    std::string out =
        "plan " + shell_quoted(arguments.positional(0)) + fmt::format(" --seed {}", arguments.count("seed", 1));
    for (const char* name :
         {"promise", "over", "minimise", "confidence", "at-most", "matters", "set", "warmup", "until"})
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    if (arguments.has("no-headroom")) out += " --no-headroom";
    return out;
}

/// Runs it. The result says what went wrong.
GridResult make_plan(const PlanArms& arms, Journal& journal, const GridOptions& options, Plan& plan) {
    Grid grid(arms.arms, options, journal);
    GridSource source(grid, arms.arms);
    plan.found = find_plan(plan.terms, source);
    plan.runs = plan.found.runs + source.pilots();
    plan.warmup = grid.result.warmup;
    add_curve(plan, source);
    if (plan.found.whole) plan.found.whole = add_headroom(arms, grid, plan) && add_floors(arms, grid, source, plan);
    plan.partial = grid.result.interrupted;
    if (grid.result.problem.text.empty() && plan.curve.empty())
        grid.result.problem = {"interrupted before anything was done", kInterrupted, 0};
    grid.set_timing();
    return std::move(grid.result);
}

int run_plan(const Arguments& arguments) {
    int code = kFine;
    auto asked = read_plan(arguments, code);
    if (!asked) return code;
    const auto arms = load_plan_arms(arguments, *asked, code);
    if (!arms) return code;

    Plan plan;
    plan.terms = asked->terms;
    GridPlan how;
    how.options = asked->options;
    std::string name = asked->cells.front().scenario.name;
    std::replace(name.begin(), name.end(), '/', '_');
    const std::string directory = arguments.text("out", fmt::format("out/plan-{}-{}", name, how.options.seed));
    const std::vector<Arm> first = {asked->cells.front()};  // how large the study is nobody knows; one cell is a guide
    if (!grid_fits({"plan", arguments, how, first, directory, {}}, how.options.looks.front())) return kUsage;
    const GridCall call{"plan", arguments, how, arms->arms, directory, {}};
    std::vector<std::string> files = {"plan.csv", "plan.txt", "plan.json"};
    if (arguments.has("report")) files.emplace_back(kReportFile);
    const auto run = [&](Journal& journal, const std::string&, const GridOptions& options) {
        return make_plan(*arms, journal, options, plan);
    };
    const auto grid = run_in_folder(call, {directory, files, arguments.has("resume")}, run, code);
    if (!grid) return code;

    const PlanReport report{asked->cells, how.options, *grid, plan, directory, plan_again(arguments)};
    const std::string json = plan_json(asked->cells, how.options, *grid, plan);
    std::vector<std::pair<std::string, std::string>> contents = {
        {"plan.csv", plan_csv(plan)}, {"plan.txt", plan_text(report, false)}, {"plan.json", json}};
    if (arguments.has("report")) contents.emplace_back(kReportFile, plan_page(report));
    const std::string trouble = write_files(directory, contents);
    if (!trouble.empty()) {
        print_err(fmt::format("gatesim plan: {}\n", trouble));
        return kUnreadable;
    }
    if (arguments.has("report") && !arguments.has("quiet"))
        print_err(fmt::format("Page     {}/{}\n", directory, kReportFile));
    if (arguments.has("json"))
        print_out(json);
    else if (!arguments.has("quiet"))
        print_out(plan_text(report, true));
    return plan.partial ? kInterrupted : plan.found.answer == PlanFound::kNoCell ? kMissed : kFine;
}

const bool kRegistered = register_command(
    {.name = "plan",
     .summary = "Find the least that keeps promises, and the cheapest",
     .help =
         "How many nodes does it take that 95 % of the changes land within two hours? A promise is a bound on a "
         "metric, "
         "as in `expect`. A configuration keeps it if the mean of the metric over all replications that there could be "
         "does: of landing_time_s.p95 the mean of the p95 of a replication. `run` looks at the mean that it happens to "
         "see; here its whole interval has to be on one side of the bound, with 95 % confidence (--confidence) for "
         "the whole answer, however often it was looked at.\n\n"
         "A few scouts, with luck of their own, find where the border between kept and broken is, by halves, and see "
         "which way helps: the answer is the last configuration on the way to less help that keeps all promises. The "
         "cells at the border are then measured on the same luck until they are known, after 10, 15, 20, 30, 40 … "
         "replications. Where a metric does not follow the values (a step helps, another one hurts) the report says "
         "so, and every configuration is judged by itself.\n\n"
         "Beside the answer stand the cheapest that keeps them, what is excluded and what cannot be told, the numbers "
         "around the answer, which promise breaks first one step below it, and about how much twice the load and "
         "twice the failures would need. Where nothing keeps a promise, it says how near it gets and what holds it. "
         "Then the exit code is 1.\n\n"
         "The folder (default out/plan-SCENARIO-SEED) gets plan.json, plan.csv (a row for each configuration seen and "
         "metric), plan.txt, and journal.jsonl, from which --resume goes on, even after a crash.",
     .examples =
         {"plan my.json --promise 'landing_time_s.p95 <= 2h' --over /pools/default/nodes=10..80",
          "plan my.json --promise 'landing_time_s.p95 <= 2h' --promise 'waste_share <= 20%' --over "
          "/pools/default/nodes=10..80:5 --over /strategy/window=5,10,20",
          "plan scenarios/github-queue-2025 --promise 'landing_time_s.p95 <= 10h' --over /strategy/window=1..10"},
     .positionals = {{"SCENARIO", "a scenario file, or a folder with scenario.json", true}},
     .options = plan_options(),
     .run = run_plan});

}  // namespace

}  // namespace gatesim
