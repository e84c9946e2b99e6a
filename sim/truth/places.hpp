// Where trouble shows: the voting jobs of a change in the gate, and the projects that share its branch's fate.
#pragma once

#include <cstdint>
#include <vector>

#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// A job in which something can show, with the weight that it does (Job::catches).
struct Place {
    JobId job = kNone;
    double weight = 0;
};

class Places {
public:
    Places(const Scenario& scenario, const Cast& cast);

    /// The voting jobs that apply to the change in the dependent pipelines of its project (in all pipelines, if it has
    /// no dependent one), in configuration order.
    std::vector<Place> of(ChangeId change) const;

    /// All voting jobs that apply to the change there, also those in which no defect shows.
    std::vector<const Job*> voting(ChangeId change) const;

    /// The number of the shared queue of a project: projects with the same one are tested together.
    std::uint32_t group(ProjectId project) const { return groups_[project]; }

    /// The place at share `u` of the total weight; kNone if there is none.
    static JobId pick(const std::vector<Place>& places, double u);

private:
    const Cast& cast_;
    std::vector<std::vector<const Job*>> jobs_;  ///< by project: voting jobs
    std::vector<std::uint32_t> groups_;
};

}  // namespace gatesim
