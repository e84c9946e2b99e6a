// Freezes and pauses as time passes: by steps of the timeline, and by hours of the week.
//
// Hours turn one by one, so a period without an end needs no endless list. They would turn for ever, though: without a
// stated length they end with the last thing that happens, and are left open where nobody gets anywhere through them.
#include <algorithm>

#include "study/world.hpp"

namespace gatesim {

namespace {

/// So long after anybody got anywhere the hours of a period without length begin no further freeze or pause.
constexpr Time kInVain = 2 * kWeek;

/// Whether nobody said that the run lasts until then.
bool is_open(const Period& period, Time at) {
    return period.length == kNever || at > period.length;
}

}  // namespace

/// Tells the gate what is said by now. Of one instant all is taken together, so that a freeze that ends as another
/// begins goes on.
void World::settle_holds() {
    const Time now = calendar_.now();
    const auto& steps = scenario_.timeline;
    held_.resize(scenario_.pipelines.size());
    held_set_.resize(scenario_.pipelines.size());
    for (; holds_taken_ < steps.size() && steps[holds_taken_].at <= now; ++holds_taken_)
        if (const TimelineStep& step = steps[holds_taken_]; step.hold != Hold::none)
            held_[step.pipeline].take(step.hold, false);
    for (const HoldHours& one : hours_) {
        const bool on = one.next == kNever ? one.on : one.hours.at_work(now);  // without a next turn it stays as it is
        held_[one.pipeline].take(on ? one.begins : one.ends, true);
    }
    for (PipelineId p = 0; p < held_.size(); ++p) {
        const auto set = [&](Hold hold) {
            held_set_[p].take(hold, false);
            gate_->hold_set(p, hold);
        };
        if (held_[p].frozen() != held_set_[p].frozen()) set(held_[p].frozen() ? Hold::freeze : Hold::thaw);
        if (held_[p].paused() != held_set_[p].paused()) set(held_[p].paused() ? Hold::pause : Hold::resume);
    }
}

void World::arm_hours() {
    for (PipelineId p = 0; p < scenario_.pipelines.size(); ++p) {
        const Pipeline& pipeline = scenario_.pipelines[p];
        if (pipeline.freeze_hours)
            hours_.push_back(
                {p, Hold::freeze, Hold::thaw, hours_of(scenario_.period, *pipeline.freeze_hours), kNever, {}, false});
        if (pipeline.pause_hours)
            hours_.push_back(
                {p, Hold::pause, Hold::resume, hours_of(scenario_.period, *pipeline.pause_hours), kNever, {}, false});
    }
    for (std::size_t i = 0; i < hours_.size(); ++i) arm_hours(i, hours_[i].hours.next(0));
}

void World::arm_hours(std::size_t index, Time at) {
    HoldHours& one = hours_[index];
    one.next = at;
    if (at == kNever) return;
    ++armed_hours_;
    one.entry = calendar_.at(
        at, Priority::deliver,
        [](void* self, std::uint64_t i) { static_cast<World*>(self)->turn_hours(static_cast<std::size_t>(i)); }, this,
        index);
}

void World::turn_hours(std::size_t index) {
    HoldHours& one = hours_[index];
    const Time now = calendar_.now();
    --armed_hours_;
    const Time next = one.hours.turn(now);
    const bool begins = one.hours.at_work(now);
    const bool nothing_else =
        calendar_.pending() == armed_hours_ + workers_->upkeep() && is_open(scenario_.period, next);
    tell_outside();
    const auto& steps = scenario_.timeline;
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const TimelineStep& s) {
        return s.by_hours && s.pipeline == one.pipeline && s.hold == (begins ? one.begins : one.ends);
    });
    Event e;
    e.at = now;
    e.kind = EventKind::setting;
    e.value = step - steps.begin();
    e.pipeline = one.pipeline;
    if (step != steps.end()) pass_on(e);
    settle_holds();
    one.on = begins;
    const bool in_vain = !begins && nothing_else && now - progress_at_ > kInVain;
    arm_hours(index, in_vain ? kNever : next);
}

/// What a gate is for. Verdicts are not: a red one can come again after each pause, for ever.
void World::note_progress(const Event& event) {
    if (event.kind != EventKind::enqueued && event.kind != EventKind::dequeued && event.kind != EventKind::landed)
        return;
    const Why why = event.reason.why;  // a freeze that lets exempt ones go first brings all others in once more
    if (why == Why::promoted || why == Why::needed_by || why == Why::needs_landed_change) return;
    progress_at_ = event.at;
}

/// Nothing is left to happen but turns of hours and the life of pools. Either nobody is there whom they hold, or nobody
/// has got anywhere for so long that they never will.
void World::rest_if_idle() {
    const std::size_t upkeep = workers_->upkeep();
    if (armed_hours_ + upkeep == 0 || calendar_.pending() > armed_hours_ + upkeep) return;
    const bool idle = gate_->gate().items_in_flight() == 0;
    const bool in_vain = calendar_.now() - progress_at_ > kInVain;
    if (upkeep > 0 && (idle || in_vain) && is_open(scenario_.period, calendar_.next())) workers_->rest();
    if (!idle) return;
    for (HoldHours& one : hours_)
        if (is_open(scenario_.period, one.next) && calendar_.cancel(one.entry)) --armed_hours_;
}

/// Beside what the gate knows, nodes may be at fault that never came.
std::string World::account_for_the_rest() {
    std::string stuck = gate_->account_for_the_rest();
    const std::string nodes = stuck.empty() ? "" : workers_->nothing_came();
    if (!nodes.empty()) stuck += (stuck.find(", because ") == std::string::npos ? ", because " : "; ") + nodes;
    return stuck;
}

}  // namespace gatesim
