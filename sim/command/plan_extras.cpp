#include "command/plan_extras.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "command/plan_scaled.hpp"
#include "command/report_text.hpp"
#include "command/scenario_input.hpp"
#include "measure/unit_text.hpp"
#include "record/words.hpp"
#include "strategy/registry.hpp"
#include "study/plan_judge.hpp"

namespace gatesim {

namespace {

/// Of each value that is looked at for the head-room, which is a first idea and no more.
constexpr std::uint32_t kHeadroomScouts = 2;

std::optional<long> whole_number(const std::string& text) {
    long out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

/// The values of the axis, and on in its last step to twice the last one, where they are whole numbers that rise.
std::vector<std::string> twice_as_far(const std::vector<std::string>& values) {
    constexpr std::size_t kMost = 1000;
    std::vector<std::string> out = values;
    const auto last = whole_number(values.back()), before = whole_number(values[values.size() - 2]);
    if (!last || !before || *last <= *before) return out;
    const long step = *last - *before;
    for (long value = *last + step; value <= 2 * *last && out.size() < kMost; value += step)
        out.push_back(fmt::format("{}", value));
    return out;
}

std::vector<TypedSet> sets_of(const Arguments& arguments, const std::vector<std::string>& more) {
    std::vector<TypedSet> out;
    for (const std::string& set : arguments.all("set")) out.push_back({"--set", set});
    for (const std::string& set : more) out.push_back({"--over", set});
    return out;
}

/// Adds an arm. False: it is not one, which has been printed.
bool add_arm(const Arguments& arguments, const std::string& label, const std::vector<std::string>& sets, PlanArms& out,
             int& exit_code) {
    auto scenario = load_with_sets(arguments.positional(0), sets_of(arguments, sets), exit_code);
    if (!scenario) return false;
    out.arms.push_back({label, std::move(*scenario)});
    return true;
}

bool add_scaled(const Arguments& arguments, const PlanAsked& asked, const ScaledSets& scaled, PlanArms& out,
                int& exit_code) {
    PlanArms::Scaled next{{scaled.what, scaled.why_not, scaled.sets, "", "", 0}, out.arms.size(), {}};
    const SweepAxis& axis = asked.terms.axes.front();
    const auto is_axis = [&](const std::string& set) { return set.substr(0, set.find('=')) == axis.pointer; };
    if (asked.terms.axes.size() > 1)
        next.said.why_not = "a plan over two places does not say; give one of them by --set.";
    else if (std::any_of(scaled.sets.begin(), scaled.sets.end(), is_axis))
        next.said.why_not = "that is what the plan is over.";
    if (next.said.why_not.empty()) {
        next.values = twice_as_far(axis.values);
        for (const std::string& value : next.values) {
            std::vector<std::string> sets = {fmt::format("{}={}", axis.pointer, value)};
            sets.insert(sets.end(), scaled.sets.begin(), scaled.sets.end());
            if (!add_arm(arguments, fmt::format("{} {}={}", scaled.what, axis.name, value), sets, out, exit_code))
                return false;
        }
    }
    out.scaled.push_back(std::move(next));
    return true;
}

/// The pools without a limit of their own. One that lives has as many nodes as its rule wants then; `static` wants none
/// beyond its min.
std::vector<std::string> limits_off(const Scenario& scenario) {
    std::vector<std::string> out;
    for (const Pool& pool : scenario.pools)
        if (pool.most() != kUnlimited && !(pool.life && pool.life->scaling.name == "static"))
            out.push_back(fmt::format("/pools/{}/{}=unlimited", pool.name, pool.life ? "max" : "nodes"));
    return out;
}

/// A gate's window, as wide as that every change has a place; nothing where its strategy has none, or stands where it
/// cannot be set.
std::optional<std::string> window_off(const Scenario& scenario) {
    constexpr int kWide = 1000;
    const Pipeline* gate = gate_of(scenario);
    const auto strategy = gate ? find_strategy(gate->strategy.name) : std::nullopt;
    const auto has_window = [](const Parameter& p) {
        return p.name == "window" && p.kind == ParameterKind::count && p.high >= kWide;
    };
    if (!strategy || std::none_of(strategy->parameters.begin(), strategy->parameters.end(), has_window))
        return std::nullopt;
    const auto document = nlohmann::json::parse(scenario.resolved, nullptr, false, true);
    if (document.is_discarded() || !document.is_object()) return std::nullopt;
    if (document.contains("strategy") && document["strategy"].is_object())
        return fmt::format("/strategy/window={}", kWide);
    if (document.contains("pipelines")) return std::nullopt;
    return fmt::format(R"(/strategy={{"name": "{}", "window": {}}})", gate->strategy.name, kWide);
}

bool add_without_limits(const Arguments& arguments, const PlanAsked& asked, PlanArms& out, int& exit_code) {
    const std::size_t cell = asked.cells.size() - 1;
    std::vector<std::string> sets;
    for (std::size_t axis = 0; axis < asked.terms.axes.size(); ++axis)
        sets.push_back(fmt::format("{}={}", asked.terms.axes[axis].pointer,
                                   asked.terms.axes[axis].values[asked.terms.at(cell, axis)]));
    const auto pools = limits_off(asked.cells.back().scenario);
    const std::size_t before = sets.size();
    sets.insert(sets.end(), pools.begin(), pools.end());
    if (sets.size() > before) {
        out.without_limit = out.arms.size();
        if (!add_arm(arguments, "nodes without limit", sets, out, exit_code)) return false;
    }
    if (const auto window = window_off(asked.cells.back().scenario)) {
        sets.push_back(*window);
        out.wide = out.arms.size();
        if (!add_arm(arguments, "nothing waits for a place", sets, out, exit_code)) return false;
    }
    return true;
}

/// The chain of needs that takes longest on average, "build, test", and how long, of all jobs there are.
struct Chain {
    double seconds = 0;
    std::string names;
};

Chain chain_to(const Scenario& scenario, const std::vector<Job>& jobs, const Job& job, std::size_t depth) {
    Chain before;
    for (const JobNeed& need : job.needs)
        for (const Job& other : jobs)
            if (other.id == need.job && depth < jobs.size()) {
                const Chain chain = chain_to(scenario, jobs, other, depth + 1);
                if (chain.seconds > before.seconds) before = chain;
            }
    const std::string name = scenario.job_names[job.id];
    return {before.seconds + job.duration.mean(), before.names.empty() ? name : before.names + ", " + name};
}

Chain longest_chain(const Scenario& scenario) {
    Chain out;
    for (const Project& project : scenario.projects)
        for (const ProjectPipeline& part : project.pipelines)
            for (const Job& job : part.jobs) {
                const Chain chain = chain_to(scenario, part.jobs, job, 0);
                if (chain.seconds > out.seconds) out = chain;
            }
    return out;
}

std::string number(const Estimate& e, const Promise& promise) {
    return mean_text(e, print_unit(metrics()[promise.metric].unit, e.mean.value_or(0)));
}

/// Why a promise is not kept, from what was tried without limits.
std::string why_of(const Scenario& scenario, const Promise& promise, const Floor& floor, const Estimate& wide,
                   bool has_limit) {
    const Estimate& best = floor.without_limit.mean ? floor.without_limit : floor.here;
    if (floor.without_limit.mean && promise.kept_by(*floor.without_limit.mean))
        return fmt::format("With nodes without limit it would be {}: more nodes than the range has can keep it.",
                           number(floor.without_limit, promise));
    std::string out;
    if (has_limit && floor.without_limit.mean)
        out = fmt::format("Nodes without limit do not keep it either: {}. ", number(floor.without_limit, promise));
    if (wide.mean && best.mean) {
        const double gain = (promise.at_most ? 1 : -1) * (*best.mean - *wide.mean);
        if (promise.kept_by(*wide.mean))
            out += fmt::format("The window is what holds it: with a place for every change it would be {}. ",
                               number(wide, promise));
        else if (gain > 0.1 * std::abs(*best.mean))
            out += fmt::format("The window holds a part of it: with a place for every change it would be {}. ",
                               number(wide, promise));
        else
            out += "A wider window does not help. ";
    }
    const Chain chain = longest_chain(scenario);
    if (metrics()[promise.metric].unit == "s" && promise.at_most && chain.seconds > 0)
        out +=
            fmt::format("The longest chain of jobs ({}) takes {} on average{}.", chain.names, text(chain.seconds, "s"),
                        chain.seconds >= promise.bound ? ", which alone is more than is promised" : "");
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace

std::optional<PlanArms> load_plan_arms(const Arguments& arguments, const PlanAsked& asked, int& exit_code) {
    PlanArms out;
    out.arms = asked.cells;
    const std::string& resolved = asked.cells.front().scenario.resolved;
    if (!arguments.has("no-headroom"))
        for (const ScaledSets& scaled : {twice_the_load(resolved), twice_the_failures(resolved)})
            if (!add_scaled(arguments, asked, scaled, out, exit_code)) return std::nullopt;
    if (!add_without_limits(arguments, asked, out, exit_code)) return std::nullopt;
    return out;
}

bool add_headroom(const PlanArms& arms, Grid& grid, Plan& plan) {
    if (plan.found.answer == PlanFound::kNoCell) return true;
    for (const PlanArms::Scaled& scaled : arms.scaled) {
        Headroom said = scaled.said;
        if (said.why_not.empty() && plan.found.axes.front().helps != Helps::more)
            said.why_not = "it is only looked for where more of a value helps.";
        if (!said.why_not.empty()) {
            plan.headroom.push_back(said);
            continue;
        }
        GridSource source(grid, arms.arms, scaled.first);
        source.prefix = said.what + ", ";
        std::size_t low = plan.found.answer, high = scaled.values.size();  // the least that keeps it is one of these
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (!source.scout({middle}, kHeadroomScouts, scaled.values[middle])) return false;
            said.runs += kHeadroomScouts;
            std::vector<Series> values;
            for (const Promise& p : plan.terms.promises)
                values.push_back(source.scouted(middle, p.metric, kHeadroomScouts));
            if (leans_to_keep(plan.terms, values, plan.found.opposing))
                high = middle;
            else
                low = middle + 1;
        }
        said.most = scaled.values.back();
        if (high < scaled.values.size()) said.value = scaled.values[high];
        plan.runs += said.runs;
        plan.headroom.push_back(said);
    }
    return true;
}

bool add_floors(const PlanArms& arms, Grid& grid, const GridSource& source, Plan& plan) {
    if (plan.found.answer != PlanFound::kNoCell) return true;
    GridSource extra(grid, arms.arms);
    std::vector<std::size_t> cells;
    for (std::size_t arm : {arms.without_limit, arms.wide})
        if (arm != PlanArms::kNoArm) cells.push_back(arm);
    if (!cells.empty() && !extra.scout(cells, kScouts, "without limits")) return false;
    plan.runs += cells.size() * kScouts;
    const auto seen = [&](std::size_t arm, std::size_t metric) {
        return arm == PlanArms::kNoArm
                   ? Estimate{}
                   : possible(mean_interval(extra.scouted(arm, metric, kScouts)), metrics()[metric].unit);
    };
    for (std::size_t p = 0; p < plan.terms.promises.size(); ++p) {
        const Promise& promise = plan.terms.promises[p];
        Floor floor;
        floor.promise = p;
        for (const CurveRow& row : plan.curve) {
            if (row.scouts_only) continue;
            const Estimate here =
                possible(mean_interval(source.measured(row.cell, promise.metric, plan.found.cells[row.cell].measured)),
                         metrics()[promise.metric].unit);
            const bool nearer =
                here.mean &&
                (!floor.here.mean || (promise.at_most ? *here.mean < *floor.here.mean : *here.mean > *floor.here.mean));
            if (!nearer) continue;
            floor.cell = row.cell;
            floor.here = here;
        }
        if (floor.here.mean && promise.kept_by(*floor.here.mean)) continue;
        floor.without_limit = seen(arms.without_limit, promise.metric);
        floor.why = why_of(arms.arms.front().scenario, promise, floor, seen(arms.wide, promise.metric),
                           arms.without_limit != PlanArms::kNoArm);
        plan.floors.push_back(std::move(floor));
    }
    return true;
}

}  // namespace gatesim
