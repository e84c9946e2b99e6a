#include "load/people/review_people.hpp"

#include <algorithm>

namespace gatesim {
PeopleDesk::PeopleDesk(const Scenario& scenario, const ReviewLoad& load, Luck luck, Calendar& calendar, LoadDoor& door,
                       ReviewListener& listener)
    : load_(load),
      luck_(luck),
      calendar_(calendar),
      door_(door),
      listener_(listener),
      staff_(make_staff(load, scenario, luck, door)) {
    for (std::uint32_t panel = 0; panel < staff_.panels.size(); ++panel) {
        panels_.push_back(std::make_unique<Panel>(*this, panel));
        panels_.back()->rule = make_assignment(load.assignment);
    }
    for (Reviewer& one : staff_.people) processes_.start(work(one));
}

PeopleDesk::~PeopleDesk() = default;

Time PeopleDesk::Panel::at_work(std::size_t who) const {
    const std::uint32_t roster = one(who).roster;
    if (begins_.size() <= roster) begins_.resize(roster + 1, {-1, 0});
    auto& [asked_at, begins] = begins_[roster];
    const Time now = desk.calendar_.now();
    if (asked_at != now) {
        asked_at = now;
        begins = desk.staff_.rosters[roster].working.next(now);
    }
    return begins;
}

void PeopleDesk::ask(ChangeId change, int patchset, bool lacking) {
    withdraw(change);
    Review& review = reviews_[change];
    review.serial = ++serial_;
    review.patchset = patchset;
    review.lacking = lacking;
    review.key = review_key(door_.cast().changes[change].name, patchset);
    std::uint32_t firm = kNobody;
    if (const auto found = firm_.find(change); found != firm_.end()) {
        firm = found->second;
        firm_.erase(found);
    }
    for (std::uint32_t panel = 0; panel < staff_.panels.size(); ++panel) {
        const int seats = std::min(staff_.panels[panel].seats, readers_left(review, change, panel));
        for (int i = 0; i < seats; ++i) open_seat(change, review, panel, panel == 0 && i == 0 ? firm : kNobody);
    }
    if (staff_.people.empty()) decide(change, review, !lacking);
}

void PeopleDesk::withdraw(ChangeId change) {
    const auto found = reviews_.find(change);
    if (found == reviews_.end()) return;
    for (Seat& seat : found->second.seats) leave_seat(seat);
    calendar_.cancel(found->second.answer);
    reviews_.erase(found);
}

void PeopleDesk::open_seat(ChangeId change, Review& review, std::uint32_t panel, std::uint32_t wanted) {
    const auto number = static_cast<std::uint32_t>(review.seats.size());
    review.seats.push_back({Seat::State::unfilled, panel, kNobody});
    const ReadingTask task{change, review.serial, number};
    std::uint32_t chosen = wanted;
    Panel& room = *panels_[panel];
    if (chosen == kNobody) {
        room.review = &review;
        room.change = change;
        const std::size_t who = room.rule->choose(
            room, {door_.cast().changes[change].project, luck_.uniform(Purpose::review_choice, review.key, number)});
        if (who != Assignment::kFirstFree) chosen = room.people()[who];
    }
    if (chosen != kNobody) {
        Reviewer& reader = staff_.people[chosen];
        fill(task, review, chosen);
        reader.queue.push_back(task);
        if (reader.idle) rouse(reader);
    } else if (!hand_to_idle(panel, task)) {
        room.common.push_back(task);
        set_alarm(panel);
    }
}

void PeopleDesk::fill(const ReadingTask& task, Review& review, std::uint32_t reviewer) {
    Seat& seat = review.seats[task.seat];
    seat.state = Seat::State::waiting;
    seat.reviewer = reviewer;
    Reviewer& reader = staff_.people[reviewer];
    ++reader.waiting;
    ++reader.asked;
    tell(EventKind::assigned, task.change, review, reader);
}

void PeopleDesk::leave_seat(Seat& seat) {
    if (seat.state == Seat::State::waiting || seat.state == Seat::State::reading) {
        Reviewer& reader = staff_.people[seat.reviewer];
        --reader.waiting;
        if (seat.state == Seat::State::reading && reader.reading) reader.reading->cancel();
    }
    seat.state = Seat::State::left;
}

void PeopleDesk::decide(ChangeId change, Review& review, bool approved) {
    if (review.decided) return;
    review.decided = true;
    review.approved = approved;
    for (Seat& seat : review.seats) leave_seat(seat);
    review.answer = calendar_.at(
        calendar_.now(), Priority::deliver,
        [](void* self, std::uint64_t which) { static_cast<PeopleDesk*>(self)->answer(static_cast<ChangeId>(which)); },
        this, change);
}

void PeopleDesk::answer(ChangeId change) {
    const auto found = reviews_.find(change);
    const bool approved = found->second.approved;
    const int patchset = found->second.patchset;
    reviews_.erase(found);
    listener_.reviewed(change, patchset, approved);
}

PeopleDesk::Review* PeopleDesk::alive(const ReadingTask& task) {
    const auto found = reviews_.find(task.change);
    if (found == reviews_.end() || found->second.serial != task.review || found->second.decided) return nullptr;
    return &found->second;
}

bool PeopleDesk::may_read(const Review& review, ChangeId change, std::uint32_t reviewer) const {
    if (staff_.people[reviewer].person == door_.cast().changes[change].owner) return false;
    return std::none_of(review.seats.begin(), review.seats.end(),
                        [&](const Seat& seat) { return seat.reviewer == reviewer; });
}

// People of a panel who may read it, less the seats that wait for one of them. Panels may be large, so they are not
// counted one by one: nobody is out but its author and those who sit.
int PeopleDesk::readers_left(const Review& review, ChangeId change, std::uint32_t panel) const {
    const auto& people = staff_.panels[panel].people;
    auto left = static_cast<int>(people.size());
    for (const Seat& seat : review.seats) left -= seat.panel == panel;
    const PersonId owner = door_.cast().changes[change].owner;
    // The people of a panel joined the cast in order.
    const auto author = std::lower_bound(people.begin(), people.end(), owner, [&](std::uint32_t number, PersonId who) {
        return staff_.people[number].person < who;
    });
    return left - (author != people.end() && staff_.people[*author].person == owner);
}

void PeopleDesk::tell(EventKind kind, ChangeId change, const Review& review, const Reviewer& who, int value,
                      Cause cause) {
    Event event;
    event.kind = kind;
    event.change = change;
    event.patchset = review.patchset;
    event.person = who.person;
    event.value = value;
    event.cause = cause;
    door_.tell(event);
}

}  // namespace gatesim
