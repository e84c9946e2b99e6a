// How axes help: by what scouts see, checked by what is measured; promises that want the other way; the curve.
#include <fmt/format.h>

#include <algorithm>

#include "study/plan_judge.hpp"
#include "study/plan_search.hpp"

namespace gatesim {

namespace {

/// Of a step that scouts saw: so sure, because an axis without an order is dear.
constexpr double kSureOfScouts = 0.99;
/// Of the way from one end to the other, which only says where to begin.
constexpr double kSureOfTrend = 0.8;
/// Of a step that was measured.
constexpr double kSureOfSteps = 0.999;

}  // namespace

AxisEffects PlanSearch::effects_of(const Cells& cells, std::size_t axis, double level, const Values& values) const {
    AxisEffects out;
    out.trend.assign(terms_.promises.size(), 0);
    const auto steps = order_.steps(cells, axis);
    const auto effect = [&](std::size_t less, std::size_t more, const Promise& promise, double sure) {
        const auto [a, b] = values(less, more, promise.metric);
        return effect_of(promise, a, b, sure);
    };
    for (const auto& [less, more] : steps) {
        out.steps.emplace_back();
        for (const Promise& promise : terms_.promises) out.steps.back().push_back(effect(less, more, promise, level));
    }
    for (const auto& step : steps) {
        const auto ends_there = [&](const auto& other) { return other.second == step.first; };
        if (std::any_of(steps.begin(), steps.end(), ends_there)) continue;  // not the first of its line
        std::size_t last = step.second;
        for (std::size_t i = 0; i < steps.size(); ++i)
            for (const auto& [less, more] : steps)
                if (less == last) last = more;
        for (std::size_t p = 0; p < terms_.promises.size(); ++p)
            out.trend[p] += effect(step.first, last, terms_.promises[p], kSureOfTrend);
    }
    return out;
}

/// Which way each axis helps, by its scouts.
void PlanSearch::find_help(const Cells& cells) {
    const Values scouts = [&](std::size_t less, std::size_t more, std::size_t metric) {
        return std::pair(source_.scouted(less, metric, kScouts), source_.scouted(more, metric, kScouts));
    };
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        if (!order_.ordered(axis)) continue;
        PlanAxisFound now =
            found_of_axis(terms_, terms_.axes[axis], effects_of(cells, axis, kSureOfScouts, scouts), found_.opposing);
        if (now.helps == Helps::less) order_.turn(axis);
        if (now.helps == Helps::neither) order_.set_unordered(axis);
        found_.axes[axis] = std::move(now);
    }
}

/// Whether what was measured follows the order that the search went by. A promise that does not is opposing, or turns
/// its axis if it is alone; an axis that helps it and hurts it loses its order.
bool PlanSearch::steps_agree() {
    Cells seen;
    for (std::size_t cell = 0; cell < found_.cells.size(); ++cell)
        if (found_.cells[cell].measured > 0) seen.push_back(cell);
    const Values measured = [&](std::size_t less, std::size_t more, std::size_t metric) {
        const std::uint32_t n = std::min(found_.cells[less].measured, found_.cells[more].measured);
        return std::pair(source_.measured(less, metric, n), source_.measured(more, metric, n));
    };
    bool agree = true;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        if (!order_.ordered(axis)) continue;
        const AxisEffects effects = effects_of(seen, axis, kSureOfSteps, measured);
        for (std::size_t p = 0; p < terms_.promises.size(); ++p) {
            bool up = false, down = false;
            for (const auto& step : effects.steps) {
                up |= step[p] > 0;
                down |= step[p] < 0;
            }
            if (!down || (found_.opposing[p] && !up)) continue;
            agree = false;
            const bool alone = std::count(found_.opposing.begin(), found_.opposing.end(), false) == 1;
            std::vector<bool> ignored = found_.opposing;
            if (up) {
                found_.axes[axis] = found_of_axis(terms_, terms_.axes[axis], effects, ignored);
                order_.set_unordered(axis);
                break;
            }
            if (alone) {
                order_.turn(axis);
                found_.axes[axis].helps = found_.axes[axis].helps == Helps::more ? Helps::less : Helps::more;
            } else {
                found_.opposing[p] = true;
            }
        }
    }
    if (agree) return true;
    lines_ = order_.lines();
    judge();
    return false;
}

bool PlanSearch::measure_opposing() {
    if (std::count(found_.opposing.begin(), found_.opposing.end(), true) == 0) return true;
    for (;;) {
        Cells next;
        for (const Cells& line : lines_) {
            const auto keeps = static_cast<std::size_t>(border_of(line).keeps);
            if (keeps >= line.size()) continue;
            const PlanCell& cell = found_.cells[line[keeps]];
            const bool open = cell.promises.empty() || standing_with_all(cell) == PlanStanding::undecided;
            if (open && cell.measured < terms_.looks.back()) next.push_back(line[keeps]);
        }
        if (next.empty()) break;
        for (std::size_t cell : next)
            if (std::find(judged_.begin(), judged_.end(), cell) == judged_.end()) judged_.push_back(cell);
        if (!measure(next, label(next.front()))) return false;
        judge();
    }
    hold_back_opposing();
    return true;
}

/// Of what is opposing only the first cells of the lines that keep all others are known, and with one axis that those
/// behind a cell that breaks it break it, too.
void PlanSearch::hold_back_opposing() {
    for (const Cells& line : lines_) {
        const auto keeps = static_cast<std::size_t>(border_of(line).keeps);
        if (keeps >= line.size()) continue;
        const PlanStanding first = standing_with_all(found_.cells[line[keeps]]);
        found_.cells[line[keeps]].known = first;
        const bool all = first == PlanStanding::fails && terms_.axes.size() == 1;
        for (std::size_t i = keeps + 1; i < line.size(); ++i)
            found_.cells[line[i]].known = all ? PlanStanding::fails : PlanStanding::unknown;
    }
}

bool PlanSearch::measure_curve() {
    std::size_t middle = found_.answer == PlanFound::kNoCell ? least_leaning() : found_.answer;
    // Nothing keeps them: the end that helps most.
    if (middle == PlanFound::kNoCell && !lines_.empty()) middle = lines_.back().back();
    Cells next;
    for (std::size_t axis = 0; axis < terms_.axes.size(); ++axis) {
        if (!order_.ordered(axis)) continue;
        const auto at = static_cast<std::ptrdiff_t>(order_.rank(middle, axis));
        for (std::ptrdiff_t rank = at - 2; rank <= at + 1; ++rank) {
            if (rank < 0 || rank >= static_cast<std::ptrdiff_t>(terms_.axes[axis].values.size())) continue;
            const std::size_t cell = order_.moved(middle, axis, static_cast<std::size_t>(rank));
            if (found_.cells[cell].measured == 0 && std::find(next.begin(), next.end(), cell) == next.end())
                next.push_back(cell);
        }
    }
    return next.empty() || measure(next, "the curve");
}

}  // namespace gatesim
