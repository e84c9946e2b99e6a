// What came of a grid in which the best cell is looked for, and every cell that can not be told from it.
#pragma once

#include <string>
#include <vector>

#include "measure/comparison.hpp"
#include "study/comparison.hpp"
#include "study/grid.hpp"

namespace gatesim {

/// Where a cell of a sweep stands.
struct SweepAxis {
    std::string pointer, name;
    std::vector<std::string> values;
};

struct SweepTerms {
    std::vector<SweepAxis> axes;       ///< one or two; the cells are their product, the last one running fastest
    std::vector<std::size_t> metrics;  ///< the first one decides what is best
    double precision = 0;              ///< 0 = a fixed number of replications
    std::size_t looks = 1;             ///< planned
};

/// Beside the best cell.
enum class CellStanding { best, tied, behind, undefined };
const char* standing_text(CellStanding standing);

struct Sweep {
    SweepTerms terms;
    double level = kLevel;           ///< of one difference: any two cells might have been the best and its rival
    std::size_t best = kNoCell;      ///< by its mean; the first on ties; kNoCell if the metric is defined in no cell
    std::vector<Summary> summaries;  ///< by cell
    std::vector<Difference> behind;  ///< by cell: cell - best, in the deciding metric
    std::vector<CellStanding> standings;  ///< by cell
    std::vector<bool> overloaded;         ///< by cell

    static constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);
};

Sweep sweep_cells(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                  const SweepTerms& terms);

/// Whether the difference of every cell from the best one so far is precise enough to end.
bool precise_enough(const GridResult& grid, const SweepTerms& terms);

/// sweep.json and sweep.csv (a row for each cell and named metric).
std::string sweep_json(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                       const Sweep& sweep);
std::string sweep_csv(const std::vector<Arm>& cells, const Sweep& sweep);

}  // namespace gatesim
