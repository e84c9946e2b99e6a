// The replications of a plan, run in processes and kept in a journal (study/grid_work.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/grid_work.hpp"
#include "study/plan.hpp"

namespace gatesim {

/// Cells first .. first + n of a grid's arms. Measured replications have the numbers 1, 2 …; scouts those of pilots.
class GridSource : public PlanSource {
public:
    GridSource(Grid& grid, const std::vector<Arm>& arms, std::size_t first = 0)
        : grid_(grid), arms_(arms), first_(first) {}

    bool scout(const std::vector<std::size_t>& cells, std::uint32_t count, const std::string& what) override;
    /// Finds the warm-up as a grid does, from ten scouts of the first and the last of these; all cells are measured
    /// with it.
    bool settle(const std::vector<std::size_t>& border) override;
    bool measure(const std::vector<std::pair<std::size_t, std::uint32_t>>& cells, const std::string& what) override;
    Series scouted(std::size_t cell, std::size_t metric, std::uint32_t count) const override;
    Series measured(std::size_t cell, std::size_t metric, std::uint32_t count) const override;
    Chance chance(std::size_t cell) const override;

    /// Whether the gate's queue grew all the time in most of what was seen of the cell.
    bool overloaded(std::size_t cell, const PlanCell& seen) const;
    /// What was measured of the cell.
    std::vector<ReplicationRecord> records(std::size_t cell, std::uint32_t count) const;
    /// Replications that only the search for the warm-up took.
    std::uint64_t pilots() const { return pilots_; }

    std::string prefix;  ///< of what people who wait are told

private:
    GridTask task(std::size_t cell, std::uint32_t number, bool scout) const;
    bool run(const std::vector<GridTask>& tasks, const std::string& what);
    Series series(std::size_t cell, std::size_t metric, std::uint32_t count, bool scout) const;

    Grid& grid_;
    const std::vector<Arm>& arms_;
    std::size_t first_;
    std::uint64_t pilots_ = 0;
};

}  // namespace gatesim
