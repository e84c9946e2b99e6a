#include "load/past_queue.hpp"

#include <algorithm>
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
                pushes.push(due.project, due.branch, nullptr);
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
            pushes.push(pushes.pick_project(), "master", &*pushes.scenario_.load.past_queue);
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

bool PastQueuePushes::take(ChangeId id, Change& change, const Landings& landings) {
    if (!scenario_.load.past_queue || scenario_.load.past_queue->share <= 0) return false;
    const PastQueue& rule = *scenario_.load.past_queue;
    const auto landed = [&](ChangeId need) { return landings.landed(need); };
    if (rule.limit != 0 && drawn_ >= rule.limit) return false;
    if (!std::all_of(change.git_parents.begin(), change.git_parents.end(), landed) ||
        !std::all_of(change.depends_on.begin(), change.depends_on.end(), landed) ||
        !luck_.chance(rule.share, Purpose::push_share, id))
        return false;
    ++drawn_;
    if (rule.breaks) change.breaks = rule.breaks;
    change.past_queue = true;
    return true;
}

void PastQueuePushes::push(ProjectId project, const std::string& branch, const PastQueue* rule) {
    Change change;
    change.name = "push" + std::to_string(++made_);
    change.project = project;
    change.branch = branch;
    if (rule) {
        change.author = rule->author;
        change.breaks = rule->breaks;
        change.past_queue = true;
    }
    door_->merge_outside(door_->introduce(std::move(change)));
}

}  // namespace gatesim
