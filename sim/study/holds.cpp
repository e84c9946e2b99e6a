#include "study/holds.hpp"

#include <algorithm>

#include "strategy/registry.hpp"

namespace gatesim {

std::string Holds::hear(const Event& e) {
    const Scenario& scenario = *cast_.scenario;
    if (e.pipeline == kNone || scenario.timeline.empty()) return {};
    pipes_.resize(scenario.pipelines.size());
    Pipe& pipe = pipes_[e.pipeline];
    if (e.kind == EventKind::setting) {
        const Hold hold = scenario.timeline[static_cast<std::size_t>(e.value)].hold;
        if (hold == Hold::freeze || hold == Hold::thaw) pipe.frozen = hold == Hold::freeze;
        if (hold == Hold::pause || hold == Hold::resume) pipe.paused = hold == Hold::pause;
        if (hold == Hold::pause) pipe.since = e.at;
        return {};
    }
    const bool lands = e.kind == EventKind::landed && e.item != kNone;
    if (pipe.paused && lands) return "landed while its pipeline was paused";
    if (pipe.paused && e.kind == EventKind::requested) return "asked for nodes while its pipeline was paused";
    // What was handed over before may start a little later.
    const auto hesitates = [](const Pool& pool) { return pool.start_delay > 0; };
    if (pipe.paused && e.kind == EventKind::build_started && e.at > pipe.since &&
        std::none_of(scenario.pools.begin(), scenario.pools.end(), hesitates))
        return "a build was started while its pipeline was paused";
    if (!pipe.frozen || !lands) return {};
    if (!pipe.rule) pipe.rule = make_strategy(scenario.pipelines[e.pipeline].strategy)->freeze_rule();
    if (pipe.rule == FreezeRule::drains) return {};  // what was under test may land
    const Change& change = cast_.changes[e.change];  // what it needs had to land, too
    if (scenario.pipelines[e.pipeline].exempt.covers(change.kind, change.name, change.priority)) return {};
    return "landed in a freeze from which it is not exempt";
}

}  // namespace gatesim
