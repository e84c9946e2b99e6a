#include "study/sweep.hpp"

#include <algorithm>

namespace gatesim {

namespace {

std::optional<double> mean_of(const Series& values) {
    return student_interval(values).mean;
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
double level_of(const SweepTerms& terms, std::size_t cells) {
    return simultaneous_level(kLevel, cells * (cells - 1) / 2, terms.looks);
}

CellStanding standing_of(const Difference& d, bool is_best) {
    if (is_best) return CellStanding::best;
    if (!d.mean) return CellStanding::undefined;
    if (!d.low || (*d.low <= 0 && *d.high >= 0)) return CellStanding::tied;
    return CellStanding::behind;
}

}  // namespace

const char* standing_text(CellStanding standing) {
    switch (standing) {
        case CellStanding::best:
            return "best";
        case CellStanding::tied:
            return "tied";
        case CellStanding::behind:
            return "behind";
        case CellStanding::undefined:
            return "undefined";
    }
    return "";
}

bool precise_enough(const GridResult& grid, const SweepTerms& terms) {
    const std::size_t metric = terms.metrics.front();
    const std::size_t best = best_cell(grid, metric);
    if (best == Sweep::kNoCell) return true;
    const double level = level_of(terms, grid.records.size());
    const Series reference = grid.values(best, metric);
    for (std::size_t cell = 0; cell < grid.records.size(); ++cell) {
        if (cell == best) continue;
        const Difference d = difference(metrics()[metric], grid.values(cell, metric), reference, level, 0,
                                        grid.chance_between(cell, best));
        if (!is_precise(d, reference, terms.precision)) return false;
    }
    return true;
}

Sweep sweep_cells(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                  const SweepTerms& terms) {
    Sweep out;
    out.terms = terms;
    out.level = level_of(terms, cells.size());
    const std::size_t metric = terms.metrics.front();
    out.best = best_cell(grid, metric);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        out.summaries.push_back(arm_summary(cells[cell], options, grid, cell));
        out.overloaded.push_back(is_overloaded(grid.records[cell]));
        Difference d;
        if (out.best != Sweep::kNoCell && cell != out.best)
            d = difference(metrics()[metric], grid.values(cell, metric), grid.values(out.best, metric), out.level, 0,
                           grid.chance_between(cell, out.best));
        out.standings.push_back(standing_of(d, cell == out.best));
        out.behind.push_back(d);
    }
    return out;
}

}  // namespace gatesim
