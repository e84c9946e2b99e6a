// Whether the merger can put a chain together, remembered: a queue asks for the same chain again and again, a change
// longer, or with one taken out.
#pragma once

#include <cstdint>
#include <vector>

#include "model/landings.hpp"
#include "truth/pairs.hpp"

namespace gatesim {

/// Answers for states that nobody scripted. Whatever is asked before, the answer is that of looking at all pairs.
///
/// Where no two of a chain conflict, no two conflict of any part of it. So of each change that was last in a chain that
/// merges the chain is kept, until the change leaves. To know a part of it again costs its length; to know it with one
/// change more, that change's pairs; and a chain of which nothing is known, the square of its length.
class Merging {
public:
    /// Both must outlive it.
    Merging(Pairs& textual, const Landings& landings) : textual_(textual), landings_(landings) {}

    /// False if two changes of the chain, or one of the chain and one of the base, cannot be merged with each other.
    /// One of the chain that is in the base has been merged already.
    bool merges(const BuildState& state);

    /// Whether the last change of the state can be merged onto the rest of it, which merges.
    bool joins(const BuildState& state);

    /// The change has a new patch set, or has left its queue: what was known of it does not count any more.
    void forget(ChangeId change);

private:
    using Chain = std::span<const ChangeId>;

    // Longer chains are not kept: as many of them would need memory by the square of the queue.
    static constexpr std::size_t kLongest = 512;

    struct Known {
        std::uint64_t at = 0;  ///< when, in steps of forgotten_
        std::vector<ChangeId> chain;
    };

    bool is_known(Chain chain) const;
    bool goes_behind(Chain ahead, ChangeId change) const;
    void remember(Chain chain);
    std::uint64_t forgotten(ChangeId change) const { return change < when_.size() ? when_[change] : 0; }

    Pairs& textual_;
    const Landings& landings_;
    std::vector<Known> known_;         // by the last change of the chain
    std::vector<std::uint64_t> when_;  // by change: the step in which it was forgotten last
    std::uint64_t steps_ = 0;
};

}  // namespace gatesim
