// Those who review: made from their classes, with what the desk keeps about each.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "chance/draw.hpp"
#include "kernel/process.hpp"
#include "load/people/working_time.hpp"
#include "load/source.hpp"
#include "model/review.hpp"
#include "model/scenario.hpp"

namespace gatesim {

/// A reading that waits for somebody or is under way: the seat of a review. Stays behind, dead, when the review ends.
struct ReadingTask {
    ChangeId change = kNone;
    std::uint32_t review = 0;  ///< which review of the change: dead if it has another one, or none
    std::uint32_t seat = 0;
};

struct Reviewer {
    const ReviewerClass* kind = nullptr;
    std::uint32_t number = 0;  ///< index into Staff::people
    std::uint32_t panel = 0;
    std::uint32_t roster = 0;  ///< index into Staff::rosters
    PersonId person = kNone;
    ProjectId home = kNone;
    double care = 0;

    std::deque<ReadingTask> queue;  ///< asked by name, in this order
    int waiting = 0;                ///< live tasks, the one being read included
    std::uint64_t asked = 0;

    bool idle = false;             ///< waits for something to read
    std::uint64_t idle_times = 0;  ///< which time it is
    Calendar::Action wake = nullptr;
    void* wake_context = nullptr;
    Calendar::Handle waking;         ///< of an idle one who was woken
    ReadingTask handed;              ///< taken from the common queue for an idle one; change = kNone: nothing
    CancelToken* reading = nullptr;  ///< of the task being read
};

/// People who are at work at the same times, and those of them who are idle, the longest idle first.
struct Roster {
    struct Idle {
        std::uint32_t number = 0;
        std::uint64_t times = 0;  ///< stale unless still this time
        std::uint64_t since = 0;  ///< orders the idle of all rosters
    };
    std::uint32_t panel = 0;
    WorkingTime working;
    std::deque<Idle> idle;
};

/// All reviewers. Panels are those who can stand for each other: all who approve, and each other class.
struct Staff {
    struct Panel {
        bool approves = true;
        int seats = 0;                      ///< readings that a patch set asks of it
        std::vector<std::uint32_t> people;  ///< numbers
        std::vector<std::uint32_t> rosters;
    };
    std::vector<Reviewer> people;
    std::vector<Roster> rosters;
    std::vector<Panel> panels;
};

/// Hires them: they join the cast.
Staff make_staff(const ReviewLoad& load, const Scenario& scenario, Luck luck, LoadDoor& door);

/// `count` deals by weights: how many of them each weight gets, as near to its share as whole numbers go; the sum is
/// `count`. Ties: the earlier weight.
std::vector<int> dealt_out(int count, const std::vector<double>& weights);

}  // namespace gatesim
