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
        const TimelineStep& step = scenario.timeline[static_cast<std::size_t>(e.value)];
        const bool was_paused = pipe.now.paused(), was_frozen = pipe.now.frozen();
        pipe.now.take(step.hold, step.by_hours);
        if (pipe.now.paused() && !was_paused) pipe.paused_at = e.at;
        if (pipe.now.frozen() && !was_frozen) pipe.stood = pipe.present;
        return {};
    }
    if (e.kind == EventKind::enqueued) pipe.present.emplace(e.change, e.patchset);
    if (e.kind == EventKind::dequeued)
        if (const auto gone = pipe.present.find({e.change, e.patchset}); gone != pipe.present.end())
            pipe.present.erase(gone);
    const bool lands = e.kind == EventKind::landed && e.item != kNone, paused = pipe.now.paused();
    if (paused && lands) return "landed while its pipeline was paused";
    if (paused && e.kind == EventKind::requested) return "asked for nodes while its pipeline was paused";
    // What was handed over before may start a little later.
    const auto hesitates = [](const Pool& pool) { return pool.start_delay > 0; };
    if (paused && e.kind == EventKind::build_started && e.at > pipe.paused_at &&
        std::none_of(scenario.pools.begin(), scenario.pools.end(), hesitates))
        return "a build was started while its pipeline was paused";
    if (!pipe.now.frozen() || !lands) return {};
    if (!pipe.rule) pipe.rule = make_strategy(scenario.pipelines[e.pipeline].strategy)->freeze_rule();
    if (pipe.rule != FreezeRule::waits && pipe.stood.count({e.change, e.patchset}) > 0)
        return {};                                   // it was there before
    const Change& change = cast_.changes[e.change];  // what it needs had to land, too
    if (scenario.pipelines[e.pipeline].exempt.covers(change.kind, change.name, change.priority)) return {};
    return "landed in a freeze from which it is not exempt";
}

}  // namespace gatesim
