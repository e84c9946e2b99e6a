#include "strategy/tree/best_paths.hpp"

#include <algorithm>

namespace gatesim {

bool BestPaths::dearer(const Candidate& a, const Candidate& b) {
    if (a.cost != b.cost) return a.cost > b.cost;
    if (a.number != b.number) return a.number > b.number;
    if (a.head->order != b.head->order) return a.head->order > b.head->order;
    return a.guesses > b.guesses;
}

void BestPaths::push(const Candidate& candidate) {
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), dearer);
}

void BestPaths::add(Head& head) {
    push({head.best, head.best_key, &head, kNoGuess, 0});
}

/// The path with one more guess: `rank` against the odds, on top of the list `before`. `cost` and `key`: without it.
void BestPaths::push_guess(const Candidate& base, Cost cost, std::uint64_t key, std::uint32_t before,
                           std::uint32_t rank, std::uint32_t number) {
    const Flip* flip = base.head->flip(rank);
    if (!flip) return;
    guesses_.push_back({before, rank});
    push({cost + flip->cost, key ^ base.head->before[flip->link].head->salt, base.head,
          static_cast<std::uint32_t>(guesses_.size() - 1), number});
}

bool BestPaths::next(Found& found) {
    if (heap_.empty()) return false;
    std::pop_heap(heap_.begin(), heap_.end(), dearer);
    const Candidate best = heap_.back();
    heap_.pop_back();
    found = {best.head, best.cost, best.key, best.guesses};
    if (!otherwise_) return true;
    if (best.guesses == kNoGuess) {
        push_guess(best, best.cost, best.key, kNoGuess, 0, 1);
        return true;
    }
    // Each set of guesses is reached once: one more behind the last, or the last moved on by one.
    const Guess last = guesses_[best.guesses];
    const Flip flip = *best.head->flip(last.rank);
    push_guess(best, best.cost, best.key, best.guesses, last.rank + 1, best.number + 1);
    push_guess(best, best.cost - flip.cost, best.key ^ best.head->before[flip.link].head->salt, last.before,
               last.rank + 1, best.number);
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
