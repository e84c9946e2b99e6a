// What bors-ng keeps of a queue: its batches and when they may start. It asks no clock: "so long ago" is a timer.
#pragma once

#include <cstdint>
#include <list>
#include <vector>

#include "gate/gate.hpp"

namespace gatesim::bors {

struct Member {
    ItemId item = kNone;
    ChangeId change = kNone;
    bool suspect = false;  ///< it was part of a batch that was red, or could not be merged
};

struct Batch {
    std::int64_t number = 0;      ///< in order of being made
    std::vector<Member> members;  ///< in order of joining
    int priority = 0;
    std::uint64_t polled = 0;   ///< what is written at one instant has the same number, later ones a higher one
    std::uint64_t changed = 0;  ///< the same, of its row in the database
    bool ripe = false;          ///< it was polled longer ago than the delay
    bool timed = false;         ///< it has been merged: its time counts
    bool late = false;          ///< it runs longer than the time limit
    bool unread = false;        ///< its statuses were read longer ago than the period for that
    Item* trial = nullptr;      ///< of a running one; one that waits has none
    std::vector<bool> told;     ///< by job of the trial: its end was heard of
    bool running() const { return trial != nullptr; }
};

/// A trial whose batch does not run any more; its builds go on and say nothing.
struct Remainder {
    Item* trial = nullptr;
    std::vector<bool> told;
    Why over = Why::none;  ///< why its batch does not run any more
};

struct BorsQueue final : StrategyState {
    std::list<Batch> batches;  ///< those that wait, and the one that runs, by number
    std::vector<Remainder> remains;
    std::vector<ItemId> set_aside;  ///< they need a change that is neither landed nor tested with them
    std::int64_t made = 0;          ///< batches so far
    std::uint64_t moment = 0;       ///< raised in each pass
    std::uint64_t newest = 0;       ///< sequence of the last item that was seen
    std::uint64_t branch = 0;       ///< Queue::branch as it was seen
    std::uint64_t process = 0;      ///< the present process; 0 = none
    std::uint64_t processes = 0;    ///< so far
};

/// Timers of a queue.
enum class Timer : std::uint64_t { periodic_poll, poll, ripe, late, unread };
inline std::uint64_t tag_of(Timer timer, std::uint64_t number) {
    return number << 3 | static_cast<std::uint64_t>(timer);
}

}  // namespace gatesim::bors
