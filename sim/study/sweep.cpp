#include "study/sweep.hpp"

#include <algorithm>

namespace gatesim {

namespace {

std::optional<double> mean_of(const Series& values) {
    return mean_interval(values).mean;
}

/// The cell with the best mean so far.
std::size_t best_cell(const GridResult& grid, std::size_t metric) {
    const bool high = metrics()[metric].direction == Direction::higher;
    std::size_t best = Sweep::kNoCell;
    double best_mean = 0;
    for (std::size_t cell = 0; cell < grid.records.size(); ++cell) {
        const auto mean = mean_of(grid.values(cell, metric));
        if (!mean || (best != Sweep::kNoCell && (high ? *mean <= best_mean : *mean >= best_mean))) continue;
        best = cell;
        best_mean = *mean;
    }
    return best;
}

/// Which cell turns out best is itself a matter of luck, so every pair counts.
double level_of(std::size_t cells, std::size_t looks) {
    return simultaneous_level(kLevel, cells * (cells - 1) / 2, looks);
}

/// A cell beside the best one. That two have never differed needs no error for each look: they did not at any look
/// before, either, so the first one that may say so is the only one that can be wrong. With a part for each of the five
/// looks, ten cells would need more than 160 replications.
Difference from_best(const GridResult& grid, const SweepTerms& terms, std::size_t cell, std::size_t best) {
    const std::size_t metric = terms.metrics.front(), cells = grid.records.size();
    Difference out = difference(metrics()[metric], grid.values(cell, metric), grid.values(best, metric),
                                level_of(cells, terms.looks), terms.matters, grid.chance_between(cell, best));
    if (out.alike) out.unseen = may_differ(out.n, level_of(cells, 1));
    return out;
}

CellStanding standing_of(const Difference& d, const SweepTerms& terms) {
    if (!d.mean) return CellStanding::undefined;
    // What never differed has no interval; it counts once no more than what matters may differ unseen.
    if (d.alike && *d.mean == 0 && d.unseen <= terms.matters) return CellStanding::as_good;
    if (d.verdict == Verdict::negligible) return CellStanding::as_good;
    return d.verdict == Verdict::worse ? CellStanding::behind : CellStanding::undecided;
}

}  // namespace

const char* standing_text(CellStanding standing) {
    switch (standing) {
        case CellStanding::best:
            return "best";
        case CellStanding::as_good:
            return "as_good";
        case CellStanding::undecided:
            return "undecided";
        case CellStanding::behind:
            return "behind";
        case CellStanding::undefined:
            return "undefined";
    }
    return "";
}

const std::string& value_of(const SweepTerms& terms, std::size_t cell, std::size_t axis) {
    const std::size_t columns = terms.axes.size() > 1 ? terms.axes[1].values.size() : 1;
    return terms.axes[axis].values[axis == 0 ? cell / columns : cell % columns];
}

std::vector<std::size_t> Sweep::with(std::initializer_list<CellStanding> wanted) const {
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < standings.size(); ++cell)
        if (std::find(wanted.begin(), wanted.end(), standings[cell]) != wanted.end()) out.push_back(cell);
    return out;
}

bool is_decided(const GridResult& grid, const SweepTerms& terms) {
    constexpr double kBorder = 0.2;  // of what matters
    const std::size_t metric = terms.metrics.front();
    const std::size_t best = best_cell(grid, metric);
    if (best == Sweep::kNoCell) return true;
    const Series reference = grid.values(best, metric);
    for (std::size_t cell = 0; cell < grid.records.size(); ++cell) {
        if (cell == best) continue;
        const Difference d = from_best(grid, terms, cell, best);
        if (terms.precision > 0
                ? is_precise(d, reference, terms.precision)
                : standing_of(d, terms) != CellStanding::undecided || is_precise(d, reference, kBorder * terms.matters))
            continue;
        return false;
    }
    return true;
}

Sweep sweep_cells(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                  const SweepTerms& terms) {
    Sweep out;
    out.terms = terms;
    out.level = level_of(cells.size(), terms.looks);
    const std::size_t metric = terms.metrics.front();
    out.best = best_cell(grid, metric);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        out.summaries.push_back(arm_summary(cells[cell], options, grid, cell));
        out.overloaded.push_back(is_overloaded(grid.records[cell]));
        Difference d;
        if (out.best != Sweep::kNoCell && cell != out.best) d = from_best(grid, terms, cell, out.best);
        out.standings.push_back(cell == out.best ? CellStanding::best : standing_of(d, terms));
        out.behind.push_back(d);
    }
    choose_thriftiest(cells, grid, out);
    return out;
}

}  // namespace gatesim
