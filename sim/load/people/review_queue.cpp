// The common queue of a panel: patch sets for which nobody is asked by name.
#include <algorithm>

#include "load/people/review_people.hpp"

namespace gatesim {

// Leaves those at the front who are idle no more, and says whether anybody is left.
bool PeopleDesk::drop_stale(Roster& roster) {
    while (!roster.idle.empty()) {
        const Roster::Idle& first = roster.idle.front();
        const Reviewer& one = staff_.people[first.number];
        if (one.idle && one.idle_times == first.times) return true;
        roster.idle.pop_front();
    }
    return false;
}

// To whoever is at work and longest idle, of those who may read it.
bool PeopleDesk::hand_to_idle(std::uint32_t panel, const ReadingTask& task) {
    Review& review = *alive(task);
    Roster* best = nullptr;
    std::size_t place = 0;
    for (const std::uint32_t number : staff_.panels[panel].rosters) {
        Roster& roster = staff_.rosters[number];
        if (!drop_stale(roster) || !roster.working.at_work(calendar_.now())) continue;
        for (std::size_t i = 0; i < roster.idle.size(); ++i) {
            const Roster::Idle& entry = roster.idle[i];
            if (best && best->idle[place].since < entry.since) break;
            const Reviewer& one = staff_.people[entry.number];
            if (!one.idle || one.idle_times != entry.times || !may_read(review, task.change, entry.number)) continue;
            best = &roster;
            place = i;
            break;
        }
    }
    if (!best) return false;
    Reviewer& reader = staff_.people[best->idle[place].number];
    best->idle.erase(best->idle.begin() + static_cast<std::ptrdiff_t>(place));
    fill(task, review, reader.number);
    reader.handed = task;
    rouse(reader);
    return true;
}

void PeopleDesk::match(std::uint32_t panel) {
    auto& common = panels_[panel]->common;
    for (std::size_t i = 0; i < common.size();) {
        if (!alive(common[i]) || hand_to_idle(panel, common[i])) {
            common.erase(common.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    set_alarm(panel);
}

// Idle people who are at work were offered everything; those at home look when their shift begins.
void PeopleDesk::set_alarm(std::uint32_t panel) {
    Panel& room = *panels_[panel];
    const Time now = calendar_.now();
    Time earliest = kNever;
    if (!room.common.empty()) {
        for (const std::uint32_t number : staff_.panels[panel].rosters) {
            Roster& roster = staff_.rosters[number];
            if (!drop_stale(roster)) continue;
            const Time begins = roster.working.next(now);
            if (begins > now) earliest = std::min(earliest, begins);
        }
    }
    if (room.alarm_at > now && room.alarm_at <= earliest) return;
    calendar_.cancel(room.alarm);
    room.alarm_at = earliest;
    if (earliest == kNever) return;
    room.alarm = calendar_.at(
        earliest, Priority::deliver,
        [](void* self, std::uint64_t which) {
            auto& desk = *static_cast<PeopleDesk*>(self);
            desk.panels_[which]->alarm_at = kNever;
            desk.match(static_cast<std::uint32_t>(which));
        },
        this, panel);
}

// What waits longest, of what this person may read.
ReadingTask PeopleDesk::take_common(const Reviewer& me) {
    auto& common = panels_[me.panel]->common;
    for (std::size_t i = 0; i < common.size();) {
        Review* review = alive(common[i]);
        if (review && !may_read(*review, common[i].change, me.number)) {
            ++i;
            continue;
        }
        const ReadingTask task = common[i];
        common.erase(common.begin() + static_cast<std::ptrdiff_t>(i));
        if (!review) continue;
        fill(task, *review, me.number);
        return task;
    }
    return {};
}

}  // namespace gatesim
