#include "kernel/calendar.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "kernel/endless.hpp"

namespace gatesim {

namespace {

constexpr int kWaveShift = 48;
constexpr int kPriorityShift = 44;
constexpr std::uint64_t kPriorityMask = 0xf;
constexpr std::uint64_t kMostWaves = 60'000;
constexpr std::size_t kArity = 4;

// Below this size stale entries are not worth a sweep: they surface soon enough.
constexpr std::size_t kSweepFrom = 128;

std::string at_instant(Time time) {
    return "at " + std::to_string(time) + " us";
}

}  // namespace

Calendar::Handle Calendar::at(Time when, Priority priority, Action action, void* context, std::uint64_t argument) {
    if (when < now_) {
        throw std::logic_error("calendar: event for " + std::to_string(when) + " us, which has passed, scheduled " +
                               at_instant(now_));
    }
    const std::uint64_t wave = working_ && when == now_ ? wave_ + 1 : 0;
    return schedule(when, wave, priority, action, context, argument);
}

Calendar::Handle Calendar::later_this_wave(Priority priority, Action action, void* context, std::uint64_t argument) {
    if (!working_) throw std::logic_error("calendar: there is no wave to join between instants");
    if (static_cast<std::uint8_t>(priority) <= priority_) {
        throw std::logic_error("calendar: events of this or an earlier priority of the wave may have been worked off " +
                               at_instant(now_));
    }
    return schedule(now_, wave_, priority, action, context, argument);
}

Calendar::Handle Calendar::schedule(Time when, std::uint64_t wave, Priority priority, Action action, void* context,
                                    std::uint64_t argument) {
    std::uint32_t slot;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back();
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Slot& taken = slots_[slot];
    taken.action = action;
    taken.context = context;
    taken.argument = argument;
    const std::uint64_t order =
        wave << kWaveShift | static_cast<std::uint64_t>(priority) << kPriorityShift | sequence_++;
    const Entry entry{when, order, slot, taken.generation};
    if (working_ && when == now_) {
        lines_[wave & 1][static_cast<std::size_t>(priority)].entries.push_back(entry);
        ++in_lines_;
    } else {
        push(entry);
    }
    ++pending_;
    return {slot, taken.generation};
}

bool Calendar::cancel(Handle handle) {
    if (handle.generation == 0 || handle.slot >= slots_.size()) return false;
    if (slots_[handle.slot].generation != handle.generation) return false;
    retire(handle.slot);
    return true;
}

Time Calendar::next() {
    while (!heap_.empty()) {
        if (!is_stale(heap_.front())) return heap_.front().time;
        pop();
    }
    return kNever;
}

void Calendar::work_off_instant() {
    const Time instant = next();
    if (instant == kNever) return;
    // Also when an event throws, the calendar is between instants afterwards.
    struct Working {
        Calendar& calendar;
        explicit Working(Calendar& c) : calendar(c) { calendar.working_ = true; }
        ~Working() { calendar.leave_instant(); }
    } working(*this);
    now_ = instant;
    wave_ = 0;
    for (Entry entry; take(instant, entry);) {
        wave_ = entry.order >> kWaveShift;
        if (wave_ >= kMostWaves) {
            throw EndlessInstant("calendar: the instant " + at_instant(instant) + " does not end after " +
                                 std::to_string(kMostWaves) +
                                 " waves: something keeps producing work that takes no time");
        }
        priority_ = static_cast<std::uint8_t>(entry.order >> kPriorityShift & kPriorityMask);
        const Slot event = slots_[entry.slot];  // a copy: the action may schedule into this very slot
        retire(entry.slot);
        ++fired_;
        event.action(event.context, event.argument);
    }
}

// The line with the first entry of this instant that is not in the heap; nullptr if there is none.
Calendar::Line* Calendar::next_line() {
    for (std::uint64_t wave = wave_; in_lines_ > 0 && wave <= wave_ + 1; ++wave)
        for (Line& line : lines_[wave & 1]) {
            while (line.head < line.entries.size() && is_stale(line.entries[line.head])) {
                ++line.head;
                --in_lines_;
            }
            if (line.head < line.entries.size()) return &line;
            line.begin_anew();
        }
    return nullptr;
}

// The next entry of this instant, if there is one.
bool Calendar::take(Time instant, Entry& out) {
    Line* const line = next_line();
    if (next() == instant && (!line || before(heap_.front(), line->entries[line->head]))) {
        out = pop();
        return true;
    }
    if (!line) return false;
    out = line->entries[line->head++];
    if (line->head == line->entries.size()) line->begin_anew();
    --in_lines_;
    return true;
}

void Calendar::leave_instant() {
    working_ = false;
    if (in_lines_ == 0) return;
    for (auto& of_wave : lines_)
        for (Line& line : of_wave) {
            for (; line.head < line.entries.size(); ++line.head) push(line.entries[line.head]);  // an event has thrown
            line.begin_anew();
        }
    in_lines_ = 0;
}

bool Calendar::before(const Entry& a, const Entry& b) {
    return a.time < b.time || (a.time == b.time && a.order < b.order);
}

// Frees the slot of an event that fired or was cancelled; handles and heap entries that name it are stale from now on.
void Calendar::retire(std::uint32_t slot) {
    if (++slots_[slot].generation == 0) slots_[slot].generation = 1;
    free_.push_back(slot);
    --pending_;
    if (heap_.size() >= kSweepFrom && heap_.size() > 2 * pending_) sweep();
}

void Calendar::push(Entry entry) {
    heap_.push_back(entry);
    std::size_t hole = heap_.size() - 1;
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / kArity;
        if (!before(entry, heap_[parent])) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
}

Calendar::Entry Calendar::pop() {
    const Entry top = heap_.front();
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(0, last);
    return top;
}

// Puts `entry` where it belongs at or below `hole`.
void Calendar::sift_down(std::size_t hole, Entry entry) {
    const std::size_t size = heap_.size();
    for (;;) {
        const std::size_t first = kArity * hole + 1;
        if (first >= size) break;
        const std::size_t end = std::min(first + kArity, size);
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child) {
            if (before(heap_[child], heap_[least])) least = child;
        }
        if (!before(heap_[least], entry)) break;
        heap_[hole] = heap_[least];
        hole = least;
    }
    heap_[hole] = entry;
}

// Drops the stale entries. The order is total, so a heap built anew gives the same sequence of events.
void Calendar::sweep() {
    std::erase_if(heap_, [this](const Entry& e) { return is_stale(e); });
    if (heap_.size() < 2) return;
    for (std::size_t i = (heap_.size() - 2) / kArity + 1; i-- > 0;) sift_down(i, heap_[i]);
}

}  // namespace gatesim
