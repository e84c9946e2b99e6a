#include "strategy/tree/best_paths.hpp"

#include <algorithm>

namespace gatesim {

// A total order: what comes out does not depend on how the heap was filled.
bool BestPaths::dearer(const Candidate& a, const Candidate& b) {
    if (a.cost != b.cost) return a.cost > b.cost;
    if (a.number != b.number) return a.number > b.number;
    if (a.order != b.order) return a.order > b.order;
    return a.guesses > b.guesses;
}

void BestPaths::push(const Candidate& candidate) {
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), dearer);
}

/// Puts it in the place of the cheapest.
void BestPaths::sink(const Candidate& candidate) {
    const std::size_t size = heap_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && dearer(heap_[child], heap_[child + 1])) ++child;
        if (!dearer(candidate, heap_[child])) break;
        heap_[hole] = heap_[child];
        hole = child;
    }
    heap_[hole] = candidate;
}

/// One more guess against the odds, of that rank, on top of the list `before`. False if there is none of that rank.
bool BestPaths::with_guess(Candidate& candidate, std::uint32_t before, std::uint32_t rank) {
    const Flip* flip = candidate.head->flip(rank);
    if (!flip) return false;
    guesses_.push_back({before, rank});
    candidate.guesses = static_cast<std::uint32_t>(guesses_.size() - 1);
    candidate.cost += flip->cost;
    candidate.key ^= candidate.head->before[flip->link].head->salt;
    return true;
}

bool BestPaths::next(Found& found) {
    if (heap_.empty()) return false;
    const Candidate best = heap_.front();
    found = {best.head, best.cost, best.key, best.guesses};
    const auto drop = [&] {
        std::pop_heap(heap_.begin(), heap_.end(), dearer);
        heap_.pop_back();
    };
    Candidate more = best;
    if (!otherwise_) return drop(), true;
    if (best.guesses == kNoGuess) {
        more.number = 1;
        with_guess(more, kNoGuess, 0) ? sink(more) : drop();
        return true;
    }
    // Each set of guesses is reached once: one more behind the last, or the last moved on by one.
    const Guess last = guesses_[best.guesses];
    const Flip flip = *best.head->flip(last.rank);
    ++more.number;
    const bool deeper = with_guess(more, best.guesses, last.rank + 1);
    deeper ? sink(more) : drop();
    Candidate moved = best;
    moved.cost -= flip.cost;
    moved.key ^= best.head->before[flip.link].head->salt;
    if (deeper && with_guess(moved, last.before, last.rank + 1)) push(moved);
    return true;
}

std::vector<Head*> BestPaths::chain_of(const Found& found) const {
    Head& head = *found.head;
    std::vector<std::uint32_t> against;
    for (std::uint32_t g = found.guesses; g != kNoGuess; g = guesses_[g].before)
        against.push_back(head.flip(guesses_[g].rank)->link);
    std::vector<Head*> chain;
    for (auto i = static_cast<std::uint32_t>(head.before.size()); i-- > 0;) {
        const bool guessed = std::find(against.begin(), against.end(), i) != against.end();
        if (guessed_in(head.before[i]) != guessed) chain.push_back(head.before[i].head);
    }
    return chain;
}

}  // namespace gatesim
