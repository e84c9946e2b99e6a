// A review desk by itself: a door that only records, authors who ask when they are told to.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "load/people/review_desk.hpp"

namespace gatesim::testing {

class ReviewHall final : public LoadDoor, public ReviewListener {
public:
    struct Answer {
        Time at = 0;
        ChangeId change = kNone;
        int patchset = 0;
        bool approved = false;
    };

    explicit ReviewHall(ReviewLoad review, std::uint64_t seed = 1, std::int64_t start_unix = 1372032000)
        : review_(std::move(review)) {  // Monday, 24 June 2013
        scenario_.period.start_unix = start_unix;
        scenario_.projects = {{"nova", {}}, {"neutron", {}}};
        cast_.scenario = &scenario_;
        desk = make_review_desk(review_, rhythm_, scenario_, Luck(seed, 1), calendar, *this, *this);
    }

    /// At a time, the author of a new change asks for its review; returns its id.
    ChangeId upload(Time at, int lines = 0, ProjectId project = 0, PersonId owner = kNone) {
        Change change;
        change.name = "c" + std::to_string(cast_.changes.size());
        change.project = project;
        change.lines = lines;
        change.owner = owner;
        cast_.changes.push_back(std::move(change));
        const auto id = static_cast<ChangeId>(cast_.changes.size() - 1);
        ask(at, id, 1);
        return id;
    }

    void ask(Time at, ChangeId change, int patchset) {
        calendar.at(
            at, Priority::deliver,
            [](void* self, std::uint64_t what) {
                auto& hall = *static_cast<ReviewHall*>(self);
                const auto which = static_cast<ChangeId>(what >> 8);
                const auto number = static_cast<int>(what & 255);
                hall.cast_.changes[which].patchset = number;
                hall.in_ask_ = true;
                if (hall.on_ask) hall.on_ask(which);
                hall.desk->ask(which, number, hall.lacking.contains({which, number}));
                hall.in_ask_ = false;
            },
            this, static_cast<std::uint64_t>(change) << 8 | static_cast<std::uint64_t>(patchset));
    }

    void withdraw(Time at, ChangeId change) {
        calendar.at(
            at, Priority::deliver,
            [](void* self, std::uint64_t which) {
                auto& hall = *static_cast<ReviewHall*>(self);
                if (hall.on_withdraw) hall.on_withdraw(static_cast<ChangeId>(which));
                hall.desk->withdraw(static_cast<ChangeId>(which));
            },
            this, change);
    }

    void run(Time until = kNever) {
        while (calendar.next() != kNever && calendar.next() <= until) calendar.work_off_instant();
    }

    /// Events of one kind, in order.
    std::vector<Event> of(EventKind kind) const {
        std::vector<Event> out;
        for (const Event& event : events)
            if (event.kind == kind) out.push_back(event);
        return out;
    }
    const std::string& name(PersonId person) const { return cast_.people[person].name; }
    Scenario& scenario() { return scenario_; }

    // ReviewListener
    void reviewed(ChangeId change, int patchset, bool approved) override {
        EXPECT_FALSE(in_ask_) << "from an event of its own";
        answers.push_back({calendar.now(), change, patchset, approved});
        if (on_answer) on_answer(answers.back());
    }

    // LoadDoor
    const Cast& cast() const override { return cast_; }
    PersonId join(Person person) override {
        cast_.people.push_back(std::move(person));
        return static_cast<PersonId>(cast_.people.size() - 1);
    }
    void tell(Event& event) override {
        event.at = calendar.now();
        events.push_back(event);
    }
    bool has_defect(ChangeId change) const override { return defective.contains(change); }
    ChangeId introduce(Change) override { return kNone; }
    void enqueue(ChangeId, PipelineId, Why, Approves) override {}
    void approve(ChangeId) override {}
    void abandon(ChangeId) override {}
    void merge_outside(ChangeId) override {}
    using LoadDoor::new_patchset;
    void new_patchset(ChangeId, const ScriptedEvent&, const NewPatchset&) override {}
    void presubmits_passed(ChangeId) override {}
    void set_priority(ChangeId, int) override {}
    void set_single(ChangeId, bool) override {}
    void dequeue(ChangeId, PipelineId) override {}
    void promote(const std::vector<ChangeId>&, PipelineId) override {}

    Calendar calendar;
    std::set<std::pair<ChangeId, int>> lacking;
    std::set<ChangeId> defective;
    std::vector<Answer> answers;
    std::vector<Event> events;
    std::function<void(const Answer&)> on_answer;
    std::function<void(ChangeId)> on_ask, on_withdraw;  ///< before the desk hears of it

private:
    static Rhythm office_hours() {
        Rhythm rhythm;
        std::fill(rhythm.hours.begin() + 9, rhythm.hours.begin() + 17, 1.0);
        std::fill(rhythm.weekdays.begin(), rhythm.weekdays.begin() + 5, 1.0);
        return rhythm;
    }

    ReviewLoad review_;
    Rhythm rhythm_ = office_hours();
    Scenario scenario_;
    Cast cast_;
    bool in_ask_ = false;

public:
    std::unique_ptr<ReviewDesk> desk;  ///< last: its reviewers wait on the calendar
};

/// A class of reviewers who take `minutes` for everything.
inline ReviewerClass readers(const std::string& name, int count, double minutes) {
    ReviewerClass kind;
    kind.name = name;
    kind.count = count;
    kind.effort = Distribution::constant(minutes * 60);
    return kind;
}

}  // namespace gatesim::testing
