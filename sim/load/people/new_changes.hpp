// What a change is like when its author begins it.
#pragma once

#include <vector>

#include "chance/draw.hpp"
#include "load/people/population.hpp"
#include "model/event.hpp"
#include "model/people.hpp"

namespace gatesim {

/// Draws changes: project, kind, size, proneness to defects and to rework. Names and links are the source's.
class NewChangeRule {
public:
    NewChangeRule(const Scenario& scenario, Luck luck);

    /// `project`: given for a change that stands on another one, else kNone.
    Change draw(const Beginning& beginning, ProjectId project) const;

private:
    double rework_chance(std::uint64_t key) const;

    const PeopleLoad& load_;
    Luck luck_;
    std::vector<double> projects_;  // weights
    std::vector<double> kinds_;
    std::vector<double> size_factors_;  ///< by kind
    double mean_size_factor_ = 1;       // of (lines / median) to the power of defects_by_size
    double mean_skill_factor_ = 1;
};

}  // namespace gatesim
