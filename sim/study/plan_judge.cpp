#include "study/plan_judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measure/unit_text.hpp"

namespace gatesim {

namespace {

PlanStanding standing_of(const Promise& promise, double low, double high) {
    if (promise.kept_by(low) && promise.kept_by(high)) return PlanStanding::keeps;
    return promise.kept_by(low) || promise.kept_by(high) ? PlanStanding::undecided : PlanStanding::fails;
}

std::optional<double> mean_of(const Series& values) {
    return mean_interval(values).mean;
}

}  // namespace

const char* standing_text(PlanStanding standing) {
    switch (standing) {
        case PlanStanding::unknown:
            return "unknown";
        case PlanStanding::keeps:
            return "keeps";
        case PlanStanding::fails:
            return "fails";
        case PlanStanding::undecided:
            return "undecided";
    }
    return "";
}

PromiseView judge_promise(const Promise& promise, const Series& values, double level, double matters, Chance chance) {
    PromiseView out;
    out.seen = possible(mean_interval(values, level), metrics()[promise.metric].unit);
    if (!out.seen.mean) {
        out.standing = PlanStanding::fails;  // it is not there, so it cannot be promised
        return out;
    }
    out.standing = PlanStanding::undecided;
    if (out.seen.alike) {
        // What never varied has no interval. It counts once no more than what matters may differ unseen, as in a sweep.
        if (chance == Chance::none) out.seen.low = out.seen.high = out.seen.mean;
        if (chance == Chance::none || out.seen.unseen <= matters)
            out.standing = standing_of(promise, *out.seen.mean, *out.seen.mean);
        if (chance == Chance::none) out.seen.alike = false;
    } else if (out.seen.low) {
        out.standing = standing_of(promise, *out.seen.low, *out.seen.high);
    }
    return out;
}

void judge_cell(const PlanTerms& terms, const std::vector<double>& levels, const PlanSource& source, std::size_t index,
                const std::vector<bool>& opposing, PlanCell& cell) {
    cell.promises.assign(terms.promises.size(), {});
    bool all = true, failed = false;
    for (std::size_t p = 0; p < terms.promises.size(); ++p) {
        PromiseView& view = cell.promises[p];
        for (std::size_t look = 0; look < terms.looks.size() && terms.looks[look] <= cell.measured; ++look) {
            const Series values = source.measured(index, terms.promises[p].metric, terms.looks[look]);
            view = judge_promise(terms.promises[p], values, levels[look], terms.matters, source.chance(index));
            if (view.standing != PlanStanding::undecided) break;
        }
        if (opposing[p]) continue;
        all &= view.standing == PlanStanding::keeps;
        failed |= view.standing == PlanStanding::fails;
    }
    cell.standing = failed ? PlanStanding::fails : all ? PlanStanding::keeps : PlanStanding::undecided;
}

PlanStanding standing_with_all(const PlanCell& cell) {
    PlanStanding out = PlanStanding::keeps;
    for (const PromiseView& view : cell.promises) {
        if (view.standing == PlanStanding::fails) return PlanStanding::fails;
        if (view.standing != PlanStanding::keeps) out = PlanStanding::undecided;
    }
    return out;
}

bool leans_to_keep(const PlanTerms& terms, const std::vector<Series>& values, const std::vector<bool>& without) {
    for (std::size_t p = 0; p < terms.promises.size(); ++p) {
        if (!without.empty() && without[p]) continue;
        const auto mean = mean_of(values[p]);
        if (!mean || !terms.promises[p].kept_by(*mean)) return false;
    }
    return true;
}

int effect_of(const Promise& promise, const Series& less, const Series& more, double level) {
    const Estimate e = mean_interval(paired(more, less), level);
    if (!e.low || (*e.low <= 0 && *e.high >= 0)) return 0;
    return (*e.high < 0) == promise.at_most ? 1 : -1;
}

PlanAxisFound found_of_axis(const PlanTerms& terms, const SweepAxis& axis, const AxisEffects& effects,
                            std::vector<bool>& opposing) {
    int way = 0;
    std::vector<int> ways;
    for (std::size_t p = 0; p < terms.promises.size(); ++p) {
        bool up = false, down = false;
        for (const auto& step : effects.steps) {
            up |= step[p] > 0;
            down |= step[p] < 0;
        }
        if (up && down)
            return {Helps::neither,
                    fmt::format("{} does not go one way with {}: one step helps it and another one hurts it.",
                                spoken(metrics()[terms.promises[p].metric]), axis.name)};
        ways.push_back(up ? 1 : down ? -1 : 0);
        if (way == 0 && !opposing[p]) way = ways.back();
    }
    // No step is sure; then the whole way from one end to the other says it, and if that does not, more is better.
    for (std::size_t p = 0; p < terms.promises.size() && way == 0; ++p)
        if (!opposing[p]) way = effects.trend[p];
    if (way == 0) way = 1;
    for (std::size_t p = 0; p < terms.promises.size(); ++p)
        if (ways[p] == -way) opposing[p] = true;
    return {way > 0 ? Helps::more : Helps::less, ""};
}

}  // namespace gatesim
