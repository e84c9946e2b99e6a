// The search of a plan, in steps: scouts to the border, measurements at it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "study/plan.hpp"
#include "study/plan_judge.hpp"
#include "study/plan_order.hpp"

namespace gatesim {

class PlanSearch {
public:
    using Cells = std::vector<std::size_t>;

    PlanSearch(const PlanTerms& terms, PlanSource& source, PlanFound& found);

    /// Scouts up to the border. False: stop.
    bool scout_border();
    /// Measures at the border until it is known. False: stop.
    bool measure_border();
    /// Measures what is opposing where all others are kept first; only there it is known then. False: stop.
    bool measure_opposing();
    /// The cells around the answer, for the curve. False: stop.
    bool measure_curve();
    /// What scouts, or measurements, say of the least that keeps; kNoCell if nothing does.
    std::size_t least_leaning() const;
    void set_answer();

    const PlanOrder& order() const { return order_; }

private:
    /// A metric of two cells on the same luck.
    using Values = std::function<std::pair<Series, Series>(std::size_t, std::size_t, std::size_t metric)>;

    /// Positions in a line: the last that is known to fail (-1: none) and the first known to keep (its size: none), and
    /// between them the same of those that seem to.
    struct Border {
        std::ptrdiff_t fails, seems_to_fail, seems_to_keep, keeps;
    };
    Border border_of(const Cells& line) const;
    std::optional<bool> lean(std::size_t cell) const;
    PlanStanding implied(std::size_t cell) const;
    void set_known();

    bool scout(const Cells& cells, const std::string& what);
    bool measure(const Cells& cells, const std::string& what);
    void judge();
    AxisEffects effects_of(const Cells& cells, std::size_t axis, double level, const Values& values) const;
    void find_help(const Cells& cells);
    bool steps_agree();
    void hold_back_opposing();
    Cells wanted(const Cells& line, Cells& to_scout) const;
    void wanted_outside(const Cells& line, const Border& b, Cells& out) const;
    bool is_pruned(std::size_t cell) const;
    bool can_go_on(std::size_t cell) const;
    std::string label(std::size_t cell) const;

    const PlanTerms& terms_;
    PlanSource& source_;
    PlanFound& found_;
    PlanOrder order_;
    std::vector<std::vector<std::size_t>> lines_;
    std::vector<double> levels_;
    Cells judged_;  ///< cells whose measurements are judged
};

}  // namespace gatesim
