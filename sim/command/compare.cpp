// compare: several gates on the same load with the same luck.

#include <fmt/format.h>

#include <algorithm>

#include "command/arm_tables.hpp"
#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/compare_report.hpp"
#include "command/grid_run.hpp"
#include "command/report_page.hpp"
#include "command/shards.hpp"
#include "command/terminal.hpp"
#include "command/tune.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"

namespace gatesim {

namespace {

/// What people ask first: how long, at what price, and what it does to the innocent and to the branch.
std::vector<std::size_t> usual_metrics(const std::vector<Arm>& arms) {
    std::vector<std::size_t> out;
    for (const char* name : {"landing_time_s.p95", "landing_time_s.p50", "landed_per_day", "builds_per_landed",
                             "innocent_ejections", "escaped_defects"})
        out.push_back(*find_metric(name));
    const bool priced = std::any_of(arms.begin(), arms.end(), [](const Arm& arm) {
        return std::any_of(arm.scenario.pools.begin(), arm.scenario.pools.end(),
                           [](const Pool& pool) { return pool.has_price(); });
    });
    if (priced) out.push_back(*find_metric("cost"));
    return out;
}

/// Index of the arm that an option names; nothing if there is none.
std::optional<std::size_t> find_arm(const std::vector<Arm>& arms, const char* option, const std::string& label,
                                    std::string& problem) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        if (arms[i].label == label) return i;
        labels.push_back(arms[i].label);
    }
    const std::string near = document::nearest(label, labels);
    problem = fmt::format("{} {} is not one of the arms ({}){}", option, document::quote(label),
                          document::listing(labels), document::did_you_mean(near));
    return std::nullopt;
}

std::string directory_of(const Arguments& arguments, const Scenario& scenario, std::uint64_t seed) {
    std::string name = scenario.name;
    std::replace(name.begin(), name.end(), '/', '_');
    return arguments.text("out", fmt::format("out/compare-{}-{}", name, seed));
}

int run_compare(const Arguments& arguments) {
    int code = kFine;
    auto plan = read_grid_plan("compare", arguments);
    if (!plan) return kUsage;
    auto arms = load_arms(arguments, code);
    if (!arms) return code;
    std::string problem;
    const std::string named = arguments.text("baseline");
    const auto baseline = named.empty() ? std::optional<std::size_t>(0) : find_arm(*arms, "--baseline", named, problem);
    if (!baseline) return usage_error("compare", problem);

    const std::vector<std::string> replays = replays_in(arguments);
    problem = replays.empty() || arguments.has("report") ? "" : "--replay needs --report: it is a part of the page";
    for (const std::string& name : replays)
        if (problem.empty()) find_arm(*arms, "--replay", name, problem);
    CompareTerms terms;
    terms.baseline = *baseline;
    terms.metrics = plan->metrics.empty() ? usual_metrics(*arms) : plan->metrics;
    if (problem.empty()) problem = fault_of_tuning(arguments, terms.metrics.front());
    if (!problem.empty()) return usage_error("compare", problem);
    terms.matters = plan->matters;
    terms.precision = plan->precision;
    terms.looks = plan->options.looks.size();
    const std::string directory = directory_of(arguments, arms->front().scenario, plan->options.seed);
    const auto enough = [&](const GridResult& so_far) { return terms.precision > 0 && precise_enough(so_far, terms); };
    GridCall call{"compare", arguments, *plan, *arms, directory, enough};
    std::optional<Tuned> tuned;
    if (arguments.has("tune") && !(tuned = plan_tuning(*arms, arguments, terms.metrics.front(), code))) return code;
    if (tuned) tune_first(*tuned, *arms, call);
    if (const auto ended = run_as_shard(call)) return *ended;
    const auto grid = run_arms(call, code);
    if (!grid) return code;

    const Comparison comparison = compare_arms(*arms, plan->options, *grid, terms);
    const CompareReport report{*arms,
                               plan->options,
                               *grid,
                               comparison,
                               directory,
                               grid_again("compare", arguments),
                               tuned ? &tuned->tuning : nullptr};
    const std::string json = compare_json(*arms, plan->options, *grid, comparison, report.tuning);
    std::string trouble = write_files(directory, {{"compare.csv", compare_csv(*arms, comparison)},
                                                  {"replications.csv", replications_csv(*arms, *grid)},
                                                  {"compare.txt", compare_text(report, false)},
                                                  {"compare.json", json}});
    if (trouble.empty() && arguments.has("report") && !grid->interrupted)
        trouble = keep_tables_of_arms(*arms, plan->options, directory);
    if (trouble.empty() && arguments.has("report"))
        trouble =
            write_report(directory, arguments.has("quiet"), grid->interrupted ? std::vector<std::string>() : replays);
    if (!trouble.empty()) {
        print_err(fmt::format("gatesim compare: {}\n", trouble));
        return kUnreadable;
    }
    if (arguments.has("json"))
        print_out(json);
    else if (!arguments.has("quiet"))
        print_out(compare_text(report, true));
    return grid->interrupted ? kInterrupted : kFine;
}

std::vector<Option> options() {
    std::vector<Option> out = {
        {.name = "strategies",
         .kind = OptionKind::text,
         .value = "A,B,…",
         .help = "Strategies for the gate, each with its defaults. With fewer than two arms the scenario as it is "
                 "comes first.",
         .repeatable = true},
        {.name = "variant",
         .kind = OptionKind::text,
         .value = "LABEL:/P=V",
         .help = "The scenario with a value changed (LABEL:/pool/x=1;/y=2: with two), or another scenario file "
                 "(LABEL=FILE). May be repeated.",
         .repeatable = true},
        {.name = "baseline",
         .kind = OptionKind::text,
         .value = "LABEL",
         .help = "The arm that all others are compared with. Default: the first."},
    };
    for (Option& option : tune_options()) out.push_back(std::move(option));
    out.push_back(replay_option());
    for (Option& option : grid_options()) out.push_back(std::move(option));
    return out;
}

const bool kRegistered = register_command(
    {.name = "compare",
     .summary = "Compare several gates on the same luck",
     .help =
         "Every arm meets the same changes, the same defects and the same luck in each replication, so the difference "
         "is the arms' own. Replications go on until the differences of the named metrics are known well enough. "
         "Verdicts: better, worse, negligible (it does not matter), undecided (so many replications cannot tell); "
         "higher or lower for a metric of which neither more nor less is better. The intervals of all differences hold "
         "at once, with 95 % confidence (Bonferroni over arms, metrics and looks).\n\n"
         "The folder (default out/compare-SCENARIO-SEED) gets compare.json, compare.csv (a row for each arm and "
         "metric), replications.csv, compare.txt, and journal.jsonl, from which --resume goes on, even after a crash. "
         "A journal of another question (another seed, build of gatesim or program) is kept as journal-N.jsonl. With "
         "--report replication 1 of each arm runs once more, and its tables are kept below arms/.\n\n" +
         tune_help() + "\n\n" + shards_help(),
     .examples = {"compare scenarios/bootcamp-2013 --strategies zuul,serial",
                  "compare scenarios/bootcamp-2013 --variant narrow:/strategy/window=10 --matters 10%",
                  "compare scenarios/monorepo-2019 --strategies zuul,batch,submitqueue --tune",
                  "compare my.json --variant next=other.json --metric node_hours"},
     .positionals = grid_positionals(),
     .options = options(),
     .run = run_compare});

}  // namespace

}  // namespace gatesim
