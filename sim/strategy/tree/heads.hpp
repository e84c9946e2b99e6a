// The changes of a queue as a speculation tree sees them: which verdicts depend on which, and how likely each lands.
//
// A path of a change is a guess about those ahead of it that its verdict depends on: these land, those do not. There
// are 2^n of them; nothing here ever lists them. What is kept is one entry a change, one link a dependency, and the
// paths that are really built.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "gate/item.hpp"

namespace gatesim {

/// The price of a guess: -log2 of its probability, in millionths of a bit. A whole number, so that a sum is the same
/// whatever the order of its terms, and ties are ties.
using Cost = std::int64_t;
Cost cost_of(double probability);
double probability_of(Cost cost);

struct Head;

/// A change ahead on which a verdict depends.
struct Link {
    Head* head;
    float conflict;   ///< believed chance that the two break together
    bool must;        ///< needed (git, Depends-On): there is no path without it
    float first = 0;  ///< believed chance that the one behind has its verdict before this one
    Cost in = 0;      ///< price of the guess that it lands, and that it does not
    Cost out = 0;
};

/// A path that is being built, or was.
struct Path {
    enum class Verdict : std::uint8_t { open, passed, failed, impossible };
    std::uint64_t key;  ///< names the guess: all `salt`s of the undecided changes that it takes to land, xor'ed
    Item* trial;        ///< nullptr if it cannot be put together
    Verdict verdict = Verdict::open;
    std::uint64_t wanted = 0;  ///< the last schedule that chose it
};

/// What it costs to guess otherwise about one change ahead than the likeliest way.
struct Flip {
    Cost cost;
    std::uint32_t link;  ///< index into Head::before
};

/// A change that may be tested, with what its verdict depends on.
struct Head {
    ItemId id = kNone;
    ChangeId change = kNone;
    std::uint64_t order = 0;  ///< of admission: the order in which those that depend on each other are decided
    std::uint64_t salt = 0;
    std::vector<Link> before;   ///< undecided changes that its verdict depends on, the last first: they are decided in
                                ///< order, and so leave from the end
    bool needy = false;         ///< it came with a link that is a `must`
    std::vector<Head*> behind;  ///< those whose verdict depends on it, by order
    std::vector<Path> paths;
    double own = 1;              ///< believed chance that its builds pass where it conflicts with nobody
    double lands = 1;            ///< believed chance that it lands
    Cost best = 0;               ///< price of its likeliest path
    std::uint64_t best_key = 0;  ///< and its name
    bool some_passed = false;    ///< a build of it has passed, on whatever path
    bool some_failed = false;
    std::uint64_t mark = 0;   ///< of whoever goes through the changes
    std::vector<Flip> flips;  ///< cheapest first as far as `sorted`; made anew when `before` or a price changed
    std::size_t sorted = 0;
    bool flips_fresh = false;

    Path* find(std::uint64_t key);
    /// The flip of that rank, cheapest first; nullptr if there are not so many.
    const Flip* flip(std::size_t rank);
};

/// Whether the likeliest guess is that it lands.
inline bool guessed_in(const Link& link) {
    return link.must || link.in <= link.out;
}

class Heads {
public:
    /// `bypass`: a change that depends on no more than so many may be decided before them. For such a one a guess is
    /// also worth making because it may be through first, when all of its paths are wanted.
    explicit Heads(std::size_t bypass) : bypass_(bypass) {}

    /// Takes a change in behind all others. `before`: the last first.
    Head& admit(ItemId id, ChangeId change, std::vector<Link> before);
    /// Its price is new: the paths of those behind cost something else.
    void price(Head& head, double lands);
    /// It is decided, or no longer to be reckoned with: nobody depends on it any more. Paths are the caller's matter.
    void unlink(Head& head, bool landed);
    void erase(Head& head);
    /// How `head` depends on the one ahead; nullptr if it does not.
    static Link* link(Head& head, const Head& ahead);

    /// By order.
    const std::vector<std::unique_ptr<Head>>& all() const { return all_; }
    /// The item's entry; nullptr if it is not taken in. (Two patch sets of a change can stand in a queue at once.)
    Head* of(ItemId item) const {
        const auto found = by_item_.find(item);
        return found == by_item_.end() ? nullptr : found->second;
    }
    /// The entry of that order; nullptr if it is gone.
    Head* at(std::uint64_t order) const;

private:
    void set_costs(Head& head, Link& link);

    std::size_t bypass_;
    std::vector<std::unique_ptr<Head>> all_;
    std::unordered_map<ItemId, Head*> by_item_;
    std::uint64_t next_order_ = 0;
};

}  // namespace gatesim
