// sweep: one scenario over a grid of values.

#include <fmt/format.h>

#include <algorithm>

#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/grid_run.hpp"
#include "command/report_page.hpp"
#include "command/shards.hpp"
#include "command/sweep_report.hpp"
#include "command/terminal.hpp"
#include "scenario/errors.hpp"

namespace gatesim {

namespace {

/// More cells than that are a mistake in typing, or a study for another tool.
constexpr std::size_t kMostCells = 1000;

std::vector<SweepAxis> read_axes(const Arguments& arguments, std::string& problem) {
    std::vector<SweepAxis> out;
    std::size_t cells = 1;
    for (const std::string& text : arguments.all("over")) {
        const auto axis = read_axis(text, problem);
        if (!axis) return {};
        out.push_back({axis->pointer, axis->name, axis->values});
        cells *= axis->values.size();
    }
    if (out.empty()) problem = "--over is missing: --over /strategy/window=5,10,20";
    if (out.size() > 2) problem = "--over may be given twice at most";
    if (out.size() == 2 && out[0].pointer == out[1].pointer)
        problem = fmt::format("--over {} is given twice", out[0].pointer);
    if (cells < 2 && problem.empty()) problem = "there is only one cell: give --over a second value";
    if (cells > kMostCells) problem = fmt::format("{} cells are too many; at most {}", cells, kMostCells);
    if (out.size() == 2 && out[0].name == out[1].name)
        for (SweepAxis& axis : out) axis.name = axis.pointer;
    return out;
}

int run_sweep(const Arguments& arguments) {
    int code = kFine;
    auto plan = read_grid_plan("sweep", arguments);
    if (!plan) return kUsage;
    std::string problem;
    SweepTerms terms;
    terms.axes = read_axes(arguments, problem);
    terms.metrics = plan->metrics;
    if (terms.metrics.empty()) terms.metrics.push_back(*find_metric("landing_time_s.p95"));
    const Metric& metric = metrics()[terms.metrics.front()];
    if (problem.empty() && metric.direction == Direction::neither)
        problem =
            fmt::format("of {} neither more nor less is better, so there is no best cell; name another --metric first",
                        metric.name);
    if (!problem.empty()) return usage_error("sweep", problem);
    terms.matters = plan->matters;
    terms.precision = arguments.has("precision") ? plan->precision : 0;
    terms.looks = plan->options.looks.size();
    std::vector<Axis> axes;
    for (const SweepAxis& axis : terms.axes) axes.push_back({axis.pointer, axis.name, axis.values});
    const auto cells = load_cells(arguments, axes, code);
    if (!cells) return code;

    std::string name = cells->front().scenario.name;
    std::replace(name.begin(), name.end(), '/', '_');
    const std::string directory = arguments.text("out", fmt::format("out/sweep-{}-{}", name, plan->options.seed));
    const bool fixed = arguments.has("replications");
    const auto enough = [&](const GridResult& so_far) { return !fixed && is_decided(so_far, terms); };
    const GridCall call{"sweep", arguments, *plan, *cells, directory, enough};
    if (const auto ended = run_as_shard(call)) return *ended;
    const auto grid = run_arms(call, code);
    if (!grid) return code;

    const Sweep sweep = sweep_cells(*cells, plan->options, *grid, terms);
    const SweepReport report{*cells, plan->options, *grid, sweep, directory, grid_again("sweep", arguments), !fixed};
    const std::string json = sweep_json(*cells, plan->options, *grid, sweep);
    std::string trouble = write_files(directory, {{"sweep.csv", sweep_csv(*cells, sweep)},
                                                  {"replications.csv", replications_csv(*cells, *grid)},
                                                  {"sweep.txt", sweep_text(report, false)},
                                                  {"sweep.json", json}});
    if (trouble.empty() && arguments.has("report")) trouble = write_report(directory, arguments.has("quiet"));
    if (!trouble.empty()) {
        print_err(fmt::format("gatesim sweep: {}\n", trouble));
        return kUnreadable;
    }
    if (arguments.has("json"))
        print_out(json);
    else if (!arguments.has("quiet"))
        print_out(sweep_text(report, true));
    return grid->interrupted ? kInterrupted : kFine;
}

std::vector<Option> options() {
    std::vector<Option> out = {
        {.name = "over",
         .kind = OptionKind::text,
         .value = "/P=V,V,…",
         .help = "Values for one place in the scenario; 10..80 and 10..80:5 stand for many. May be given twice: then "
                 "every value of one meets every value of the other. "
                 "/strategy=zuul,serial takes strategies with their defaults.",
         .repeatable = true},
    };
    for (Option& option : grid_options()) {
        if (option.name == "precision")
            option.help =
                "Go on until every difference from the best cell is known to ± this share of what it is compared with "
                "(or of itself, if that is larger). Default: go on until it is known of every cell whether it is as "
                "good as the best. Checked after 10, 20, 40, 80 … replications.";
        if (option.name == "at-most")
            option.help = "Stop after that many replications even if something is undecided. Default: 160.";
        out.push_back(std::move(option));
    }
    return out;
}

const bool kRegistered = register_command(
    {.name = "sweep",
     .summary = "Try a grid of values and find the best, on the same luck",
     .help =
         "Every cell meets the same changes and the same luck in each replication. A cell is as good as the one with "
         "the best mean if the whole interval of their difference is below --matters; the answer names all that are, "
         "and which of them takes least: the cheapest if nodes have a price, else the one with the fewest nodes, the "
         "fewest node hours, the smallest value. The intervals of all differences hold at once with 95 % (Bonferroni "
         "over all pairs of cells and the looks), whichever cell turns out best. It ends when every cell is "
         "decided.\n\n"
         "The folder (default out/sweep-SCENARIO-SEED) gets sweep.json, sweep.csv (a row for each cell and metric), "
         "replications.csv, sweep.txt, and journal.jsonl, from which --resume goes on, even after a crash. A journal "
         "of another question (another seed, build of gatesim or program) is kept as journal-N.jsonl.\n\n" +
         shards_help(),
     .examples =
         {"sweep scenarios/bootcamp-2013 --over /strategy/window=5,10,20,40",
          "sweep scenarios/bootcamp-2013 --over /strategy=zuul,serial --over /pools/devstack/nodes=100,400",
          "sweep my.json --over /pools/default/nodes=4,8..32:8 --metric landing_time_s.p95 --metric node_hours"},
     .positionals = grid_positionals(),
     .options = options(),
     .run = run_sweep});

}  // namespace

}  // namespace gatesim
