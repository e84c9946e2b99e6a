// What came of a grid in which the best cell is looked for, every cell that is as good, and which of those takes least.
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
    double matters = 0.05;             ///< a difference below this share of the best cell's mean is negligible
    double precision = 0;              ///< every difference is to be known to ± this share; 0 = none asked for
    std::size_t looks = 1;             ///< planned
};

/// Beside the best cell, by the rule of compare: `as_good` is a negligible difference, `behind` one that matters. A
/// cell that never differed has no interval; it is as good once the share of replications that may differ unseen is
/// at most what matters (Difference::unseen; all pairs hold at once with kLevel). By 5 % that takes 59 replications of
/// two cells, 133 of ten, 160 of nineteen; more cells need --at-most, because 160 say too little of so many pairs.
enum class CellStanding { best, as_good, undecided, behind, undefined };
/// As in sweep.json: "best", "as_good" and so on.
const char* standing_text(CellStanding standing);

/// What a cell takes least of, among those that are as good.
enum class Thrift {
    none,        ///< nothing tells them apart, or there is nothing to choose from
    price,       ///< USD: of the nodes handed out, or of those that are provided
    nodes,       ///< nodes provided by all pools of limited size
    node_hours,  ///< node hours handed out
    value,       ///< the smaller value of the first axis in which they differ
};
/// As in sweep.json: "price", "nodes", "node_hours", "value"; empty for none.
const char* thrift_text(Thrift thrift);

struct Sweep {
    SweepTerms terms;
    double level = kLevel;           ///< of one difference: any two cells might have been the best and its rival
    std::size_t best = kNoCell;      ///< by its mean; the first on ties; kNoCell if the metric is defined in no cell
    std::vector<Summary> summaries;  ///< by cell
    std::vector<Difference> behind;  ///< by cell: cell - best, in the deciding metric
    std::vector<CellStanding> standings;  ///< by cell
    std::vector<bool> overloaded;         ///< by cell
    std::size_t pick = kNoCell;    ///< of the best cell and those as good: the one that takes least; kNoCell as `best`
    Thrift thrift = Thrift::none;  ///< what the pick takes least of

    static constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);

    /// Cells with one of these standings, in the grid's order.
    std::vector<std::size_t> with(std::initializer_list<CellStanding> wanted) const;
};

Sweep sweep_cells(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                  const SweepTerms& terms);

/// Whether nothing is left to decide. With a precision: every difference from the best cell so far is known to ± that
/// share of the best cell's mean (see is_precise). Without: every cell is as good or behind, or the difference is known
/// to a fifth of what matters, so that it lies on the border and more replications would hardly move it.
bool is_decided(const GridResult& grid, const SweepTerms& terms);

/// Sets pick and thrift (sweep_choice.cpp). In this order, each among those that the ones before leave: the price of
/// the nodes handed out (those within `matters` of the cheapest stay), the price of the nodes provided, their number,
/// the node hours (as the price), the value.
void choose_thriftiest(const std::vector<Arm>& cells, const GridResult& grid, Sweep& sweep);

/// What Thrift::nodes compares; infinite with a pool of unlimited size.
double nodes_provided(const Scenario& scenario);

/// A value of an axis as a number: bare, a time or a share. Nothing for anything else.
std::optional<double> number_of(std::string text);

/// The value of an axis in a cell.
const std::string& value_of(const SweepTerms& terms, std::size_t cell, std::size_t axis);

/// sweep.json and sweep.csv (a row for each cell and named metric).
std::string sweep_json(const std::vector<Arm>& cells, const GridOptions& options, const GridResult& grid,
                       const Sweep& sweep);
std::string sweep_csv(const std::vector<Arm>& cells, const Sweep& sweep);

}  // namespace gatesim
