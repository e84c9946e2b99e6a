// Review by people. Each reviewer is a process: idle until something is there to read, home until the shift begins,
// reading, voting, then other work. What is to be read waits in queues: one of each reviewer's own, and one for each
// panel where nobody is asked by name.
//
// Nobody has an event in the calendar without something to read: a world without changes comes to its end.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "kernel/process.hpp"
#include "load/people/assignment/assignment.hpp"
#include "load/people/review_desk.hpp"
#include "load/people/review_staff.hpp"

namespace gatesim {

class PeopleDesk final : public ReviewDesk {
public:
    PeopleDesk(const Scenario& scenario, const ReviewLoad& load, Luck luck, Calendar& calendar, LoadDoor& door,
               ReviewListener& listener);
    ~PeopleDesk() override;

    void ask(ChangeId change, int patchset, bool lacking) override;
    void withdraw(ChangeId change) override;

    std::size_t open() const override { return reviews_.size(); }

private:
    static constexpr std::uint32_t kNobody = kNone;

    /// Somebody's place at a review.
    struct Seat {
        enum class State : std::uint8_t { unfilled, waiting, reading, left };
        State state = State::unfilled;
        std::uint32_t panel = 0;
        std::uint32_t reviewer = kNobody;
    };
    struct Review {
        std::uint32_t serial = 0;
        int patchset = 0;
        bool lacking = false;
        std::uint64_t key = 0;  ///< names the patch set in draws
        int consents = 0;       ///< +2 so far
        bool approved = false;
        bool decided = false;
        Calendar::Handle answer;
        std::vector<Seat> seats;
    };
    struct Panel;

    // review_people.cpp: the life of a review
    void open_seat(ChangeId change, Review& review, std::uint32_t panel, std::uint32_t wanted = kNobody);
    void fill(const ReadingTask& task, Review& review, std::uint32_t reviewer);
    void leave_seat(Seat& seat);
    void decide(ChangeId change, Review& review, bool approved);
    void answer(ChangeId change);
    Review* alive(const ReadingTask& task);
    bool may_read(const Review& review, ChangeId change, std::uint32_t reviewer) const;
    int readers_left(const Review& review, ChangeId change, std::uint32_t panel) const;
    void tell(EventKind kind, ChangeId change, const Review& review, const Reviewer& who, int value = 0,
              Cause cause = Cause::none);

    // review_queue.cpp: the common queue of a panel
    bool hand_to_idle(std::uint32_t panel, const ReadingTask& task);
    bool drop_stale(Roster& roster);
    void match(std::uint32_t panel);
    void set_alarm(std::uint32_t panel);
    ReadingTask take_common(const Reviewer& me);

    // review_reader.cpp: what a reviewer does
    Process work(Reviewer& me);
    void rest(Reviewer& me, Calendar::Action wake, void* context);
    void rouse(Reviewer& who);
    bool has_queued(Reviewer& me);
    ReadingTask take(Reviewer& me);
    Time effort(const ReadingTask& task, const Reviewer& me) const;
    void vote(const ReadingTask& task, Reviewer& me);

    const ReviewLoad& load_;
    Luck luck_;
    Calendar& calendar_;
    LoadDoor& door_;
    ReviewListener& listener_;
    Staff staff_;
    std::vector<std::unique_ptr<Panel>> panels_;
    std::unordered_map<ChangeId, Review> reviews_;
    std::unordered_map<ChangeId, std::uint32_t> firm_;  ///< whose -2 stands against a change
    std::uint32_t serial_ = 0;
    std::uint64_t idle_serial_ = 0;
    Processes processes_;  ///< last: the reviewers, who use all of the above
};

/// What one panel keeps, and how its rule sees it.
struct PeopleDesk::Panel final : ReviewPanel {
    Panel(PeopleDesk& the_desk, std::uint32_t its_number) : desk(the_desk), number(its_number) {}

    PeopleDesk& desk;
    std::uint32_t number;
    std::unique_ptr<Assignment> rule;
    std::deque<ReadingTask> common;  ///< wait for the first who has time
    Calendar::Handle alarm;          ///< when somebody begins work who could take one
    Time alarm_at = kNever;

    // What `rule` is asked about.
    const Review* review = nullptr;
    ChangeId change = kNone;

    const std::vector<std::uint32_t>& people() const { return desk.staff_.panels[number].people; }
    const Reviewer& one(std::size_t who) const { return desk.staff_.people[people()[who]]; }

    std::size_t size() const override { return people().size(); }
    bool may_read(std::size_t who) const override { return desk.may_read(*review, change, people()[who]); }
    int waiting(std::size_t who) const override { return one(who).waiting; }
    std::uint64_t asked(std::size_t who) const override { return one(who).asked; }
    Time at_work(std::size_t who) const override;
    ProjectId home(std::size_t who) const override { return one(who).home; }

private:
    mutable std::vector<std::pair<Time, Time>> begins_;  ///< by roster: asked at, answer
};

}  // namespace gatesim
