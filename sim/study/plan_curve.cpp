// The numbers around a plan's answer.
#include <algorithm>

#include "study/plan_document.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

namespace {

/// The promises' metrics, what is minimised, and what nodes cost.
std::vector<std::size_t> shown_metrics(const PlanTerms& terms) {
    std::vector<std::size_t> out;
    const auto add = [&](std::size_t metric) {
        if (std::find(out.begin(), out.end(), metric) == out.end()) out.push_back(metric);
    };
    for (const Promise& promise : terms.promises) add(promise.metric);
    if (terms.metric) add(*terms.metric);
    for (const char* name : {"cost", "node_hours", "node_utilisation"}) add(*find_metric(name));
    return out;
}

/// How far a mean is beyond its bound, as a share of the bound.
double excess(const Promise& promise, const std::optional<double>& mean) {
    if (!mean) return 1e9;
    const double beyond = promise.at_most ? *mean - promise.bound : promise.bound - *mean;
    return beyond / std::max(1e-9, std::abs(promise.bound));
}

/// The promise that is farthest beyond its bound in a cell; its number of promises if all are kept.
std::size_t first_to_break(const Plan& plan, const GridSource& source, std::size_t cell) {
    const PlanCell& seen = plan.found.cells[cell];
    std::size_t out = plan.terms.promises.size();
    double farthest = 0;
    for (std::size_t p = 0; p < plan.terms.promises.size(); ++p) {
        const Promise& promise = plan.terms.promises[p];
        const Series values = seen.measured > 0 ? source.measured(cell, promise.metric, seen.measured)
                                                : source.scouted(cell, promise.metric, seen.scouts);
        const double beyond = excess(promise, mean_interval(values).mean);
        if (beyond <= farthest) continue;
        farthest = beyond;
        out = p;
    }
    return out;
}

/// One step below the answer along each axis that has an order.
void add_breaks(Plan& plan, const GridSource& source) {
    if (plan.found.answer == PlanFound::kNoCell) return;
    PlanOrder order(plan.terms);
    for (std::size_t axis = 0; axis < plan.terms.axes.size(); ++axis) {
        const Helps helps = plan.found.axes[axis].helps;
        if (helps == Helps::neither) continue;
        if (helps == Helps::less) order.turn(axis);
        const std::size_t rank = order.rank(plan.found.answer, axis);
        if (rank == 0) continue;
        const std::size_t below = order.moved(plan.found.answer, axis, rank - 1);
        if (plan.found.cells[below].measured + plan.found.cells[below].scouts == 0) continue;
        const std::size_t promise = first_to_break(plan, source, below);
        if (promise < plan.terms.promises.size()) plan.breaks.emplace_back(below, promise);
    }
}

}  // namespace

void add_curve(Plan& plan, const GridSource& source) {
    plan.shown = shown_metrics(plan.terms);
    for (std::size_t cell : plan.found.seen()) {
        const PlanCell& seen = plan.found.cells[cell];
        CurveRow row{cell, seen.measured == 0, {}, source.overloaded(cell, seen)};
        for (std::size_t m : plan.shown)
            row.estimates.push_back(estimate(metrics()[m], row.scouts_only ? source.scouted(cell, m, seen.scouts)
                                                                           : source.measured(cell, m, seen.measured)));
        plan.curve.push_back(std::move(row));
    }
    // Metrics that are defined nowhere say nothing.
    for (std::size_t i = plan.shown.size(); i-- > plan.terms.promises.size();) {
        if (std::any_of(plan.curve.begin(), plan.curve.end(), [&](const CurveRow& r) { return r.estimates[i].mean; }))
            continue;
        plan.shown.erase(plan.shown.begin() + static_cast<std::ptrdiff_t>(i));
        for (CurveRow& row : plan.curve) row.estimates.erase(row.estimates.begin() + static_cast<std::ptrdiff_t>(i));
    }
    add_breaks(plan, source);
}

}  // namespace gatesim
