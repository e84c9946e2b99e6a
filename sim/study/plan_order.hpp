// The order in which a plan sees its cells: axes from the least help to the most, and lines of cells along them.
#pragma once

#include <vector>

#include "study/plan.hpp"

namespace gatesim {

class PlanOrder {
public:
    explicit PlanOrder(const PlanTerms& terms);

    /// Whether the values of an axis have an order that the promises follow, as far as is known.
    bool ordered(std::size_t axis) const { return ordered_[axis]; }
    void set_unordered(std::size_t axis) { ordered_[axis] = false; }
    /// Turns an axis round: its smaller values help.
    void turn(std::size_t axis);

    /// 0 = the value of the axis that helps least.
    std::size_t rank(std::size_t cell, std::size_t axis) const { return rank_[axis][terms_.at(cell, axis)]; }
    /// The cell whose rank on that axis is `rank`, and that is like `cell` on the other one.
    std::size_t moved(std::size_t cell, std::size_t axis, std::size_t rank) const;
    /// Whether `a` helps at least as much as `b`, as the order says.
    bool helps_as_much(std::size_t a, std::size_t b) const;
    /// Whether `a` is the smaller one: fewer nodes, else less help.
    bool smaller(std::size_t a, std::size_t b) const;

    /// Lines of cells that can be searched by halves, from the least help to the most. Without an ordered axis every
    /// cell is one.
    std::vector<std::vector<std::size_t>> lines() const;
    /// Cells that show how an axis works: its ends and what is evenly between them, at a few places of the other one.
    std::vector<std::size_t> coarse() const;
    /// Each pair of cells of `from` that are neighbours along the axis, among those: the one that helps less first.
    std::vector<std::pair<std::size_t, std::size_t>> steps(const std::vector<std::size_t>& from,
                                                           std::size_t axis) const;

private:
    std::size_t inner() const;

    const PlanTerms& terms_;
    std::vector<bool> ordered_;
    std::vector<std::vector<std::size_t>> rank_;  ///< by axis, by value
};

}  // namespace gatesim
