#include "measure/hold_meter.hpp"

#include <algorithm>

namespace gatesim {

namespace {

bool has(const Scenario& scenario, Hold hold) {
    return std::any_of(scenario.timeline.begin(), scenario.timeline.end(),
                       [&](const TimelineStep& step) { return step.hold == hold; });
}

}  // namespace

HoldMeter::HoldMeter(const Scenario& scenario, Time warmup)
    : scenario_(scenario),
      warmup_(warmup),
      period_(scenario.period.length),
      wanted_(has(scenario, Hold::freeze) || has(scenario, Hold::pause)),
      frozen_(period_, warmup),
      paused_(period_, warmup),
      held_(period_, warmup),
      now_(scenario.pipelines.size()) {}

void HoldMeter::on(const Event& event) {
    if (!wanted_) return;
    switch (event.kind) {
        case EventKind::setting: {
            const TimelineStep& step = scenario_.timeline[static_cast<std::size_t>(event.value)];
            if (step.hold == Hold::none) break;
            now_[step.pipeline].take(step.hold, step.by_hours);
            const auto number = [&](bool (HeldNow::*is)() const) {
                return static_cast<double>(
                    std::count_if(now_.begin(), now_.end(), [&](const HeldNow& one) { return (one.*is)(); }));
            };
            frozen_.set(event.at, number(&HeldNow::frozen));
            paused_.set(event.at, number(&HeldNow::paused));
            break;
        }
        case EventKind::waits:
            set_held(event.item, event.change, event.at,
                     event.reason.why == Why::frozen || event.reason.why == Why::paused);
            break;
        case EventKind::dequeued:
            set_held(event.item, event.change, event.at, false);
            break;
        default:
            break;
    }
}

void HoldMeter::set_held(ItemId item, ChangeId change, Time at, bool held) {
    const auto known = waiting_.find(item);
    if ((known != waiting_.end()) == held) return;
    held_.add(at, held ? 1 : -1);
    if (held) {
        waiting_[item] = {change, at};
        return;
    }
    count(known->second, at);
    waiting_.erase(known);
}

void HoldMeter::count(const Wait& wait, Time until) {
    if (until <= warmup_ || wait.since >= period_) return;
    if (counted_.size() <= wait.change) counted_.resize(static_cast<std::size_t>(wait.change) + 1);
    changes_ += !counted_[wait.change];
    counted_[wait.change] = true;
}

void HoldMeter::fill(MetricValues& out, Time end) {
    if (!wanted_) return;
    for (const auto& [item, wait] : waiting_) count(wait, end);
    const auto hours = [&](Integral& area) { return area.until(end) / static_cast<double>(kHour); };
    if (has(scenario_, Hold::freeze)) out[*find_metric("hours_frozen")] = hours(frozen_);
    if (has(scenario_, Hold::pause)) out[*find_metric("hours_paused")] = hours(paused_);
    out[*find_metric("changes_held")] = static_cast<double>(changes_);
    out[*find_metric("hours_held")] = hours(held_);
}

}  // namespace gatesim
