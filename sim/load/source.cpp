#include "load/source.hpp"

namespace gatesim {

std::unique_ptr<Source> make_source(const Scenario& scenario, Luck luck) {
    if (scenario.load.listed) return make_listed_source(scenario);
    if (scenario.load.replay) return make_replay_source(scenario);
    if (scenario.load.people) return make_people_source(scenario, luck);
    return make_arrivals_source(scenario, luck);
}

PipelineId landing_pipeline(const Scenario& scenario) {
    for (PipelineId p = 0; p < scenario.pipelines.size(); ++p)
        if (scenario.pipelines[p].manager == Manager::dependent) return p;
    return 0;
}

}  // namespace gatesim
