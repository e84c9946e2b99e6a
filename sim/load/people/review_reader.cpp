// What a reviewer does all day.
#include <algorithm>

#include "load/people/review_people.hpp"

namespace gatesim {
namespace {

/// Draws of one reading, apart from each other.
enum class Doubt : std::uint64_t { alarm = 0, unsure = 1, firm = 2, kinds = 4 };

std::uint64_t attempt(std::uint32_t seat, Doubt doubt) {
    return seat * static_cast<std::uint64_t>(Doubt::kinds) + static_cast<std::uint64_t>(doubt);
}

}  // namespace

Process PeopleDesk::work(Reviewer& me) {
    const WorkingTime& hours = staff_.rosters[me.roster].working;
    for (;;) {
        const Answer roused = co_await wait_for(
            calendar_, [this, &me](Calendar::Action wake, void* context) { rest(me, wake, context); },
            [this, &me] { calendar_.cancel(me.waking); });
        static_cast<void>(roused);
        for (;;) {
            const Time begins = hours.next(calendar_.now());
            if (begins > calendar_.now()) {
                if (!has_queued(me)) break;
                const Wait morning = co_await sleep_until(calendar_, begins);
                static_cast<void>(morning);
            }
            const ReadingTask task = take(me);
            if (task.change == kNone) break;
            CancelToken stop;
            me.reading = &stop;
            const Time begun = calendar_.now();
            const Wait end = co_await sleep_until(calendar_, hours.after(begun, effort(task, me)), &stop);
            me.reading = nullptr;
            if (end == Wait::done) vote(task, me);
            const double spent = seconds(hours.between(begun, calendar_.now()));
            const Time elsewhere = from_seconds(spent * (1 / me.kind->share - 1));
            if (elsewhere > 0) {
                const Wait back = co_await sleep_until(calendar_, hours.after(calendar_.now(), elsewhere));
                static_cast<void>(back);
            }
        }
    }
}

void PeopleDesk::rest(Reviewer& me, Calendar::Action wake, void* context) {
    me.idle = true;
    ++me.idle_times;
    me.wake = wake;
    me.wake_context = context;
    auto& idle = staff_.rosters[me.roster].idle;
    idle.push_back({me.number, me.idle_times, ++idle_serial_});
    // Where people are asked by name nobody looks here, and what is stale must not pile up.
    if (idle.size() > 64 && idle.size() > 2 * staff_.people.size())
        std::erase_if(idle, [&](const Roster::Idle& entry) {
            const Reviewer& one = staff_.people[entry.number];
            return !one.idle || one.idle_times != entry.times;
        });
    if (!panels_[me.panel]->common.empty()) set_alarm(me.panel);
}

void PeopleDesk::rouse(Reviewer& who) {
    who.idle = false;
    who.waking = calendar_.at(calendar_.now(), Priority::deliver, who.wake, who.wake_context);
}

// Asked by name, or handed something, that is still wanted; forgets what is not.
bool PeopleDesk::has_queued(Reviewer& me) {
    if (me.handed.change != kNone && alive(me.handed)) return true;
    while (!me.queue.empty() && !alive(me.queue.front())) me.queue.pop_front();
    return !me.queue.empty();
}

ReadingTask PeopleDesk::take(Reviewer& me) {
    ReadingTask task = me.handed;
    me.handed = {};
    if (task.change == kNone || !alive(task)) {
        task = {};
        if (has_queued(me)) {
            task = me.queue.front();
            me.queue.pop_front();
        } else {
            task = take_common(me);
        }
    }
    if (task.change == kNone) return task;
    Review& review = *alive(task);
    review.seats[task.seat].state = Seat::State::reading;
    tell(EventKind::review_started, task.change, review, me);
    return task;
}

Time PeopleDesk::effort(const ReadingTask& task, const Reviewer& me) const {
    const Review& review = reviews_.at(task.change);
    const ReviewerClass& kind = *me.kind;
    double work = kind.effort.quantile(luck_.uniform(Purpose::review_effort, review.key, task.seat));
    if (kind.per_line > 0) work *= 1 + kind.per_line * door_.cast().changes[task.change].lines / kind.effort.mean();
    if (review.patchset > 1) work *= kind.reread;
    return from_seconds(work);
}

void PeopleDesk::vote(const ReadingTask& task, Reviewer& me) {
    Review& review = *alive(task);
    const ReviewerClass& kind = *me.kind;
    review.seats[task.seat].state = Seat::State::left;
    --me.waiting;

    const bool found =
        door_.has_defect(task.change) && luck_.chance(me.care, Purpose::review_find, review.key, task.seat);
    const auto doubts = [&](double chance, Doubt doubt) {
        return luck_.chance(chance, Purpose::review_verdict, review.key, attempt(task.seat, doubt));
    };
    if (review.lacking || found || doubts(kind.false_alarm, Doubt::alarm)) {
        const bool firm = kind.approves && doubts(kind.firm, Doubt::firm);
        tell(EventKind::voted, task.change, review, me, firm ? -2 : -1, found ? Cause::own_defect : Cause::none);
        if (firm) firm_[task.change] = me.number;
        if (kind.approves || !load_.only_approvers_refuse) decide(task.change, review, false);
        return;
    }
    const bool consents = kind.approves && !doubts(kind.unsure, Doubt::unsure);
    tell(EventKind::voted, task.change, review, me, consents ? 2 : 1);
    if (!kind.approves) return;
    review.consents += consents;
    if (!consents && readers_left(review, task.change, me.panel) > 0) open_seat(task.change, review, me.panel);
    const auto& seats = review.seats;
    const bool all_asked = std::all_of(seats.begin(), seats.end(), [](const Seat& seat) {
        return seat.panel != 0 || seat.state == Seat::State::left;
    });
    // Where nobody is left who could agree as well, doubts do not hold it up for ever.
    if (review.consents < load_.approvals && !all_asked) return;
    tell(EventKind::approved, task.change, review, me);
    decide(task.change, review, true);
}

}  // namespace gatesim
