#include "command/plan_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "command/arms.hpp"
#include "command/command.hpp"
#include "command/grid_options.hpp"
#include "command/report_page.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "kernel/simgrid_engine.hpp"
#include "measure/spending.hpp"
#include "scenario/errors.hpp"
#include "scenario/units.hpp"
#include "study/process_pool.hpp"

namespace gatesim {

namespace {

/// More cells than that are a mistake in typing, or a study for another tool.
constexpr std::size_t kMostCells = 1000;
constexpr std::uint32_t kLeast = 10;  // measured replications before a cell is judged
constexpr std::uint32_t kMost = 120;  // unless the user says otherwise

std::vector<Axis> read_axes(const Arguments& arguments, std::string& problem) {
    std::vector<Axis> out;
    std::size_t cells = 1;
    for (const std::string& text : arguments.all("over")) {
        const auto axis = read_axis(text, problem);
        if (!axis) return {};
        if (axis->values.size() < 2 && problem.empty())
            problem = fmt::format(
                "--over {} has one value, so there is nothing to choose; give it a range (10..80) or a second value, "
                "or "
                "say --set {}={}",
                axis->pointer, axis->pointer, axis->values.front());
        out.push_back(*axis);
        cells *= axis->values.size();
    }
    if (out.empty()) problem = "--over is missing: --over /pools/default/nodes=10..80";
    if (out.size() > 2) problem = "--over may be given twice at most";
    if (out.size() == 2 && out[0].pointer == out[1].pointer)
        problem = fmt::format("--over {} is given twice", out[0].pointer);
    if (cells > kMostCells && problem.empty())
        problem = fmt::format("{} configurations are too many; at most {}", cells, kMostCells);
    if (out.size() == 2 && out[0].name == out[1].name)
        for (Axis& axis : out) axis.name = axis.pointer;
    return out;
}

/// Promises as the scenario's `expect` would have them; its loader reads them and says what is wrong.
std::optional<std::vector<Promise>> read_promises(const Arguments& arguments, std::string& problem, int& exit_code) {
    std::vector<TypedSet> sets;
    std::string list;
    for (const std::string& text : arguments.all("promise"))
        list += (list.empty() ? "" : ", ") + document::json_string(text);
    for (const std::string& set : arguments.all("set")) sets.push_back({"--set", set});
    if (!list.empty()) sets.push_back({"--promise", "/expect=[" + list + "]"});
    const auto scenario = load_with_sets(arguments.positional(0), sets, exit_code);
    if (!scenario) return std::nullopt;
    std::vector<Promise> out;
    for (const Expectation& e : scenario->expect) {
        if (e.comparison == "==")
            problem = fmt::format("the promise {} asks for one number exactly, which no mean keeps; say <= or >=",
                                  document::quote(e.text));
        out.push_back({e.text, *find_metric(e.metric), e.comparison[0] == '<', e.bound});
    }
    if (out.empty())
        problem = "there is no promise: the scenario has no \"expect\"; name one: --promise 'landing_time_s.p95 <= 2h'";
    return out;
}

std::optional<double> read_share(const Arguments& arguments, const char* name, double fallback, double below,
                                 std::string& problem) {
    if (!arguments.has(name)) return fallback;
    const auto share = units::read_share(arguments.text(name)).value;
    if (share && *share >= 0 && *share < below) return share;
    problem = fmt::format("--{} takes a share (\"95%\"), not {}", name, document::quote(arguments.text(name)));
    return std::nullopt;
}

/// Of limited pools: how many nodes there are, or what they cost an hour; 0 = not known.
double provided(const Scenario& scenario, bool price) {
    double out = 0;
    for (const Pool& pool : scenario.pools) {
        if (pool.nodes == kUnlimited || (price && pool.price_per_hour <= 0)) return 0;
        out += static_cast<double>(pool.nodes) * (price ? pool.price_per_hour : 1);
    }
    return out;
}

/// --minimise, or else the price of what was handed out, if nodes have one.
std::optional<std::size_t> read_minimise(const Arguments& arguments, const std::vector<Arm>& cells,
                                         std::string& problem) {
    if (arguments.has("minimise")) {
        const auto metric = read_metric(arguments.text("minimise"), problem);
        if (metric && metrics()[*metric].direction == Direction::higher)
            problem =
                fmt::format("--minimise {}: more of it is better; name what should be least", metrics()[*metric].name);
        return metric;
    }
    const auto& pools = cells.front().scenario.pools;
    const bool priced = std::any_of(pools.begin(), pools.end(), [](const Pool& pool) { return pool.has_price(); });
    return priced ? find_metric("cost") : std::nullopt;
}

GridOptions read_options(const Arguments& arguments, std::string& problem) {
    GridOptions out;
    out.seed = arguments.count("seed", 1);
    out.until = arguments.time("until", kNever);
    out.engine = arguments.text("engine", usual_engine());
    out.jobs = static_cast<unsigned>(arguments.count("jobs", available_processors()));
    out.warmup = read_warmup(arguments, problem);
    out.looks = dense_looks(kLeast, static_cast<std::uint32_t>(arguments.count("at-most", kMost)));
    return out;
}

}  // namespace

std::optional<PlanAsked> read_plan(const Arguments& arguments, int& exit_code) {
    PlanAsked out;
    std::string problem;
    const auto usage = [&] {
        exit_code = usage_error("plan", problem);
        return std::nullopt;
    };
    const std::vector<Axis> axes = read_axes(arguments, problem);
    out.terms.confidence = read_share(arguments, "confidence", kLevel, 1, problem).value_or(0);
    if (out.terms.confidence < 0.5 && problem.empty()) problem = "--confidence is at least 50%, and less than 100%";
    out.terms.matters = read_share(arguments, "matters", 0.05, 1, problem).value_or(0);
    out.options = read_options(arguments, problem);
    if (!problem.empty()) return usage();
    auto promises = read_promises(arguments, problem, exit_code);
    if (!promises) return std::nullopt;
    if (!problem.empty()) return usage();
    auto cells = load_cells(arguments, axes, exit_code);
    if (!cells) return std::nullopt;
    out.terms.metric = read_minimise(arguments, *cells, problem);
    if (!problem.empty()) return usage();
    out.cells = std::move(*cells);
    out.own_promises = arguments.has("promise");
    out.terms.promises = std::move(*promises);
    out.terms.looks = out.options.looks;
    for (const Axis& axis : axes) out.terms.axes.push_back({axis.pointer, axis.name, axis.values});
    for (const Arm& cell : out.cells) {
        out.terms.nodes.push_back(provided(cell.scenario, false));
        out.terms.price.push_back(provided(cell.scenario, true));
    }
    return out;
}

std::vector<Option> plan_options() {
    std::vector<Option> out = {
        {.name = "promise",
         .kind = OptionKind::text,
         .value = "'METRIC <= BOUND'",
         .help = "What has to hold, in the language of `expect`: 'landing_time_s.p95 <= 2h'. May be repeated: all have "
                 "to hold. Default: what the scenario expects.",
         .repeatable = true},
        {.name = "over",
         .kind = OptionKind::text,
         .value = "/P=FROM..TO",
         .help = "What may be chosen: values for one place in the scenario, a range (10..80, 10..80:5) or a list. May "
                 "be given twice: then every value of one meets every value of the other.",
         .repeatable = true},
        {.name = "minimise",
         .kind = OptionKind::text,
         .value = "METRIC",
         .help = "What the cheapest has least of. Default: cost if nodes have a price, else the number of nodes."},
        {.name = "confidence",
         .kind = OptionKind::text,
         .value = "SHARE",
         .help = "How sure the answer is, however often it is looked at. Default: 95%."},
        {.name = "at-most",
         .kind = OptionKind::count,
         .value = "N",
         .help = "Stop after that many replications of a configuration even if it is undecided. Default: 120.",
         .low = kLeast,
         .high = 1000000},
        {.name = "matters",
         .kind = OptionKind::text,
         .value = "SHARE",
         .help = "A difference below this share in what is minimised is negligible. Default: 5%."},
        {.name = "no-headroom",
         .kind = OptionKind::flag,
         .help = "Do not look at what twice the load and twice the failures would need."},
    };
    for (Option& option : grid_options())
        for (const char* name :
             {"seed", "set", "warmup", "until", "out", "resume", "report", "json", "force", "jobs", "engine"})
            if (option.name == name) out.push_back(option);
    return out;
}

}  // namespace gatesim
