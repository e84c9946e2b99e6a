// The calendar: what happens when, in one total order.
//
// Events are ordered by (time, wave, priority, sequence). All events scheduled earlier for an instant form its wave 0.
// What is scheduled *for the present instant* while the instant is being worked on takes no time and belongs to the
// next wave; the instant ends when a wave leaves nothing behind. Within a wave, priorities say who speaks first; ties
// are first in, first out. Randomness never breaks a tie. (Zuul 3.8, zuul/scheduler.py: Scheduler.run.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/time.hpp"

namespace gatesim {

/// Who speaks first within a wave. Published, because coinciding events are common in a gate.
enum class Priority : std::uint8_t {
    deliver = 0,   ///< completions, arrivals, everything that reports a fact
    decide = 1,    ///< the gate's one iteration per wave, after everything of the wave was delivered
    hand_out = 2,  ///< free nodes go to waiting requests, after the gate has decided
};

class Calendar {
public:
    /// What an event does. `context` and `argument` are the scheduler's own; the calendar only carries them.
    using Action = void (*)(void* context, std::uint64_t argument);

    /// Names one scheduled event; cheap to copy. A handle of an event that fired or was cancelled stays valid to ask
    /// and is dead.
    struct Handle {
        std::uint32_t slot = 0;
        std::uint32_t generation = 0;  ///< 0 never names an event
    };

    /// Schedules at `when` (>= now()). If `when` is the instant being worked on, the event joins its next wave.
    Handle at(Time when, Priority priority, Action action, void* context, std::uint64_t argument = 0);

    /// Schedules later in the *current* wave of the current instant. `priority` must be greater than that of the event
    /// being worked on (checked).
    Handle later_this_wave(Priority priority, Action action, void* context, std::uint64_t argument = 0);

    /// Takes an event back, in O(1). False if it fired or was cancelled before.
    bool cancel(Handle handle);

    /// Time of the earliest event, kNever if there is none.
    Time next();

    /// Works off the earliest instant, all its waves. Does nothing on an empty calendar. Throws std::runtime_error when
    /// an instant does not end (60,000 waves): something keeps producing work that takes no time.
    void work_off_instant();

    /// The present: the instant being worked on, or the last one that was.
    Time now() const { return now_; }

    /// Which wave of the present instant is being worked on, from 0.
    std::uint64_t wave() const { return wave_; }

    /// Number of events that fired.
    std::uint64_t fired() const { return fired_; }

    /// Number of events that wait (cancelled ones not counted).
    std::size_t pending() const { return pending_; }

    /// Number of entries held, cancelled ones that were not yet dropped included: at most twice pending(), or 127.
    std::size_t held() const { return heap_.size() + in_lines_; }

private:
    struct Entry {
        Time time;
        std::uint64_t order;  ///< wave, priority, sequence: 16, 4 and 44 bits
        std::uint32_t slot;
        std::uint32_t generation;
    };
    struct Slot {
        std::uint32_t generation = 1;
        Action action = nullptr;
        void* context = nullptr;
        std::uint64_t argument = 0;
    };

    /// Entries in the order in which they were scheduled, which is their order: see lines_.
    struct Line {
        std::vector<Entry> entries;
        std::size_t head = 0;
        void begin_anew() {
            entries.clear();
            head = 0;
        }
    };

    static bool before(const Entry& a, const Entry& b);
    Handle schedule(Time when, std::uint64_t wave, Priority priority, Action action, void* context,
                    std::uint64_t argument);
    void retire(std::uint32_t slot);
    void push(Entry entry);
    Entry pop();
    void sift_down(std::size_t hole, Entry entry);
    void sweep();
    bool is_stale(const Entry& entry) const { return slots_[entry.slot].generation != entry.generation; }
    Line* next_line();
    bool take(Time instant, Entry& out);
    void leave_instant();

    std::vector<Entry> heap_;  ///< 4-ary
    /// What is scheduled for the instant being worked on never enters the heap. By wave (the present one and the next)
    /// and priority.
    std::array<std::array<Line, 3>, 2> lines_;
    std::size_t in_lines_ = 0;  ///< entries in lines_
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    Time now_ = 0;
    std::uint64_t wave_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint64_t fired_ = 0;
    std::size_t pending_ = 0;
    std::uint8_t priority_ = 0;  ///< of the event being worked on
    bool working_ = false;
};

}  // namespace gatesim
