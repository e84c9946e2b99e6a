// Pairs of changes that do not go together, found by keyed draws and only where somebody asks.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "chance/draw.hpp"
#include "truth/births.hpp"

namespace gatesim {

/// One kind of conflict between two changes, each fine alone.
///
/// A pair can conflict if `comparable` says so and neither change rests on the other, however far. Whether it does is
/// one draw of the unordered pair. A landed change matters to those born before it landed only.
class Pairs {
public:
    Pairs(const Cast& cast, const Landings& landings, const Births& births, Luck luck, Purpose purpose,
          double probability, std::function<bool(ChangeId, ChangeId)> comparable);

    bool possible() const { return probability_ > 0; }

    bool conflict(ChangeId a, ChangeId b) const;

    /// The changes that landed after `change` was born and before `base` and conflict with it, first to land first.
    std::span<const ChangeId> landed_rivals(ChangeId change, Landings::Mark base);

    /// Forgets what was found for a change that will not be asked about again (asking finds the same again).
    void forget(ChangeId change);

private:
    // What is known of a change's rivals on the branch: all landings before `scanned` were looked at.
    struct Past {
        Landings::Mark scanned = 0;
        std::vector<ChangeId> rivals;
    };

    const Cast& cast_;
    const Landings& landings_;
    const Births& births_;
    Luck luck_;
    Purpose purpose_;
    double probability_;
    std::function<bool(ChangeId, ChangeId)> comparable_;
    std::vector<Past> past_;
};

}  // namespace gatesim
