#include "load/past_queue.hpp"

#include <cmath>

namespace gatesim {

void PastQueuePushes::start(Calendar& calendar, LoadDoor& door) {
    calendar_ = &calendar;
    door_ = &door;
    for (std::size_t i = 0; i < scenario_.load.pushes.size(); ++i)
        calendar.at(
            scenario_.load.pushes[i].at, Priority::deliver,
            [](void* self, std::uint64_t n) {
                auto& pushes = *static_cast<PastQueuePushes*>(self);
                const Push& due = pushes.scenario_.load.pushes[n];
                pushes.push(due.project, due.branch);
            },
            this, i);
    if (scenario_.load.past_queue) schedule_next();
}

void PastQueuePushes::schedule_next() {
    const PastQueue& rule = *scenario_.load.past_queue;
    if (rule.per_second <= 0 || (rule.limit != 0 && drawn_ >= rule.limit)) return;
    clock_ += -std::log(luck_.uniform(Purpose::push_gap, drawn_)) / rule.per_second;
    const Time at = from_seconds(clock_);
    if (at > scenario_.period.length) return;
    calendar_->at(
        at, Priority::deliver,
        [](void* self, std::uint64_t) {
            auto& pushes = *static_cast<PastQueuePushes*>(self);
            pushes.push(pushes.pick_project(), "master");
            ++pushes.drawn_;
            pushes.schedule_next();
        },
        this);
}

ProjectId PastQueuePushes::pick_project() const {
    const auto& projects = scenario_.load.past_queue->projects;
    double total = 0;
    for (const auto& [project, weight] : projects) total += weight;
    double left = luck_.uniform(Purpose::push_project, drawn_) * total;
    for (const auto& [project, weight] : projects) {
        if (left < weight) return project;
        left -= weight;
    }
    return projects.empty() ? 0 : projects.back().first;
}

void PastQueuePushes::push(ProjectId project, const std::string& branch) {
    Change change;
    change.name = "push" + std::to_string(++made_);
    change.project = project;
    change.branch = branch;
    door_->merge_outside(door_->introduce(std::move(change)));
}

}  // namespace gatesim
