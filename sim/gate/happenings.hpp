// What happened in a queue, as far as it can oblige somebody behind to start anew.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>

namespace gatesim {

/// Facts at places of a queue (a failure, a conflict, a departure), in the order they came; answers whether one lies
/// ahead of an item and after a moment. Keeps only facts that can still decide an answer: a later one further ahead
/// outweighs all earlier ones behind it.
class Happenings {
public:
    using Moment = std::uint64_t;  ///< how many facts there had been

    /// Something happened to the item with this sequence number; 0: to the whole queue. `front` is the lowest one still
    /// in the queue.
    void note(std::uint64_t sequence, std::uint64_t front) {
        while (!facts_.empty() && facts_.back().sequence >= sequence) facts_.pop_back();
        facts_.push_back({++now_, sequence});
        while (facts_.size() > 1 && facts_[1].sequence < front) facts_.pop_front();
    }

    Moment now() const { return now_; }

    /// Whether anything happened after `since` to an item with a lower sequence number.
    bool any_ahead(std::uint64_t sequence, Moment since) const {
        const auto first = std::upper_bound(facts_.begin(), facts_.end(), since,
                                            [](Moment moment, const Fact& fact) { return moment < fact.at; });
        return first != facts_.end() && first->sequence < sequence;
    }

private:
    struct Fact {
        Moment at;
        std::uint64_t sequence;
    };
    std::deque<Fact> facts_;  ///< both numbers rise
    Moment now_ = 0;
};

}  // namespace gatesim
