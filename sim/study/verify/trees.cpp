// R06: how deep a tree of guesses reaches.
#include <fmt/format.h>

#include <cmath>

#include "study/verify/closed_form.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

/// Everything conflicts and all are in the tree at once: that bounds the rounds of a replication.
constexpr int kRounds = 30;
/// A tree that resolves more than so many changes a round takes hours to be known to half a per cent.
constexpr double kDeepest = 20;

ClosedForm tree(const std::string& strategy, ParameterValues values, double p, int builds, double resolved,
                double tolerance, bool dear) {
    ClosedForm form;
    form.id = "R06";
    form.title = "A tree of guesses with K builds a round: the sum of the probabilities of its paths";
    form.source = "derived; a closed set of paths resolves the sum of their values";
    form.assumes = "everything conflicts, a queue that never runs dry, all builds take D, chance p to fail";
    form.where = fmt::format("{}, K = {}, p = {:g}", strategy, builds, p);
    form.dear = dear;
    form.quantities = {{"resolved per D", resolved, tolerance}, {"builds per resolved", builds / resolved, tolerance}};
    form.until = kRounds * kSaturatedRun;
    values.emplace_back("builds", std::int64_t{builds});
    values.emplace_back("conflicts", std::string("all"));
    form.scenario = [=] {
        Scenario s = saturated_gate(p, {});
        s.pipelines[0].strategy = {strategy, values};
        // The longest path, twice, and what the rounds may resolve beyond their mean.
        const double depth = strategy == "optimistic" ? builds : 4 * resolved;
        let_stand(s, static_cast<std::uint64_t>(kRounds * resolved + 3 * resolved * std::sqrt(kRounds) + 2 * depth));
        return s;
    };
    form.gauge = [=] {
        return make_saturated_gauge({SaturatedReading::resolved, SaturatedReading::builds}, 0, kRounds);
    };
    return form;
}

ClosedForm best_first(double p, int builds, double tolerance, bool dear) {
    return tree("submitqueue", {{"prices", std::string("prior")}, {"prior", 1 - p}, {"threshold", 0.0}}, p, builds,
                theory::resolved_by_best_paths(p, builds), tolerance, dear);
}

ClosedForm level_by_level(double p, int builds, bool dear) {
    return tree("speculate-all", {}, p, builds, std::log2(builds + 1), kOnePercent, dear);
}

ClosedForm likeliest_only(double p, int builds, bool dear) {
    return tree("optimistic", {}, p, builds, theory::resolved_per_round(p, builds), kOnePercent, dear);
}

}  // namespace

std::vector<ClosedForm> tree_forms() {
    std::vector<ClosedForm> out = {best_first(0.2, 15, 0.02, false), level_by_level(0.2, 15, false)};
    for (const double p : {0.02, 0.03, 0.05, 0.1, 0.2, 0.5})
        for (const int builds : {15, 63, 127, 255, 511}) {
            // A replication keeps a link for each pair of changes, and luck varies as the depth does.
            if (theory::resolved_by_best_paths(p, builds) > kDeepest) continue;
            out.push_back(best_first(p, builds, builds == 511 ? 0.005 : 0.01, true));
            if (p == 0.1) out.push_back(level_by_level(p, builds, true));
            if (p == 0.1 && builds <= 127) out.push_back(likeliest_only(p, builds, true));
        }
    return out;
}

}  // namespace gatesim
