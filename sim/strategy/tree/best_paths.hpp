// The paths of all changes, the likeliest first, one at a time: a lazy merge of one list a change, each of which is
// made by guessing otherwise about ever more, and ever surer, changes ahead. Never more is made than was asked for.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "strategy/tree/heads.hpp"

namespace gatesim {

class BestPaths {
public:
    /// `otherwise`: also those paths that are not the likeliest of their change.
    explicit BestPaths(bool otherwise) : otherwise_(otherwise) {}

    /// Begins anew with those of the changes that are wanted.
    template <class Wanted>
    void begin(const std::vector<std::unique_ptr<Head>>& heads, const Wanted& wanted) {
        heap_.clear();
        guesses_.clear();
        for (const auto& head : heads)
            if (wanted(*head)) heap_.push_back({head->best, head->best_key, head.get(), head->order, kNoGuess, 0});
        std::make_heap(heap_.begin(), heap_.end(), dearer);
    }

    struct Found {
        Head* head;
        Cost cost;
        std::uint64_t key;
        std::uint32_t guesses;  ///< for chain_of()
    };
    /// The next one; false if there is none. Ties: fewer guesses against the odds, then the change ahead.
    bool next(Found& found);

    /// The changes ahead that the path takes to land, by order.
    std::vector<Head*> chain_of(const Found& found) const;

private:
    static constexpr std::uint32_t kNoGuess = 0xffffffff;
    struct Candidate {
        Cost cost;
        std::uint64_t key;
        Head* head;
        std::uint64_t order;    ///< of the head
        std::uint32_t guesses;  ///< the last of a list, or kNoGuess
        std::uint32_t number;   ///< of guesses
    };
    struct Guess {
        std::uint32_t before;  ///< the next of the list
        std::uint32_t rank;    ///< of the flip
    };

    static bool dearer(const Candidate& a, const Candidate& b);
    void push(const Candidate& candidate);
    void sink(const Candidate& candidate);
    bool with_guess(Candidate& candidate, std::uint32_t before, std::uint32_t rank);

    bool otherwise_;
    std::vector<Candidate> heap_;
    std::vector<Guess> guesses_;
};

}  // namespace gatesim
