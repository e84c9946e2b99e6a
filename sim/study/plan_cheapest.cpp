#include "study/plan_cheapest.hpp"

#include <algorithm>

namespace gatesim {

namespace {

using Cells = std::vector<std::size_t>;

constexpr double kBorder = 0.2;  // of what matters

Cells keepers(const PlanFound& found) {
    Cells out;
    for (std::size_t cell = 0; cell < found.cells.size(); ++cell)
        if (found.cells[cell].known == PlanStanding::keeps) out.push_back(cell);
    return out;
}

/// Those seen, and the answer.
Cells candidates(const PlanFound& found) {
    Cells out = keepers(found);
    std::erase_if(out, [&](std::size_t cell) {
        return cell != found.answer && found.cells[cell].scouts + found.cells[cell].measured == 0;
    });
    return out;
}

void name_smallest(const Cells& left, const PlanTerms& terms, const PlanOrder& order, PlanFound& found) {
    found.cheapest = left.front();
    const auto cheaper = [&](std::size_t a, std::size_t b) {
        const double x = terms.price[a], y = terms.price[b];
        return x > 0 && y > 0 && x != y ? x < y : order.smaller(a, b);
    };
    for (std::size_t cell : left)
        if (cheaper(cell, found.cheapest)) found.cheapest = cell;
}

/// Leaves out of `left` what is known to take more than the one with the least mean. True: nothing is open.
bool eliminate(const PlanTerms& terms, const PlanSource& source, std::uint32_t count, double level, Cells& left) {
    const auto values = [&](std::size_t cell) { return source.measured(cell, *terms.metric, count); };
    std::size_t best = left.front();
    for (std::size_t cell : left) {
        const auto a = mean_interval(values(cell)).mean, b = mean_interval(values(best)).mean;
        if (a && (!b || *a < *b)) best = cell;
    }
    const Series least = values(best);
    bool open = false;
    Cells kept;
    for (std::size_t cell : left) {
        const Difference d =
            difference(metrics()[*terms.metric], values(cell), least, level, terms.matters, source.chance(cell));
        const bool more = d.verdict == Verdict::worse;
        if (cell == best || !more) kept.push_back(cell);
        // On the border of what matters more replications would hardly move it.
        const bool known = !d.mean || more || d.verdict == Verdict::negligible || (d.alike && *d.mean == 0) ||
                           is_precise(d, least, kBorder * terms.matters);
        open |= cell != best && !known;
    }
    left = std::move(kept);
    return !open;
}

}  // namespace

bool choose_cheapest(const PlanTerms& terms, const PlanOrder& order, PlanSource& source, PlanFound& found) {
    if (found.answer == PlanFound::kNoCell) return true;
    if (!terms.metric) {
        name_smallest(keepers(found), terms, order, found);
        return true;
    }
    Cells left = candidates(found);
    const std::size_t n = left.size();
    const double level =
        simultaneous_level(terms.confidence, std::max<std::size_t>(1, n * (n - 1) / 2), terms.looks.size());
    for (const std::uint32_t count : terms.looks) {
        std::vector<std::pair<std::size_t, std::uint32_t>> wanted;
        for (std::size_t cell : left)
            if (found.cells[cell].measured < count) wanted.emplace_back(cell, count);
        if (!wanted.empty() && !source.measure(wanted, "the cheapest")) return false;
        for (const auto& [cell, now] : wanted) found.cells[cell].measured = now;
        if (eliminate(terms, source, count, level, left)) break;
    }
    name_smallest(left, terms, order, found);
    for (std::size_t cell : left)
        if (cell != found.cheapest) found.cheapest_ties.push_back(cell);
    return true;
}

}  // namespace gatesim
