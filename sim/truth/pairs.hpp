// Pairs of changes that do not go together, found by keyed draws and only where somebody asks.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "chance/draw.hpp"
#include "truth/births.hpp"
#include "truth/by_target.hpp"

namespace gatesim {

/// One kind of conflict between two changes, each fine alone.
///
/// A pair can conflict if `comparable` says so and neither change rests on the other, however far. Whether it does is
/// one draw of the unordered pair: with `chances.any`, and in addition with `chances.shared` for each target that both
/// touch. A landed change matters to those born before it landed only, and as long as it is not reverted.
class Pairs {
public:
    struct Chances {
        Varying<double> any;  ///< of any pair; by when the later one was written
        double shared = 0;    ///< for each shared target
    };

    Pairs(const Cast& cast, const Landings& landings, const Births& births, Luck luck, Purpose purpose, Chances chances,
          std::function<bool(ChangeId, ChangeId)> comparable);

    Pairs(const Pairs&) = delete;
    Pairs& operator=(const Pairs&) = delete;

    bool possible() const { return chances_.any.highest() > 0 || chances_.shared > 0; }

    /// Whether the two conflict. The answer is kept until forget().
    bool conflict(ChangeId a, ChangeId b) const;

    /// Whether nothing but shared targets makes a conflict: then rivals() are known.
    bool by_targets() const { return !(chances_.any.highest() > 0) && chances_.shared > 0; }

    /// With by_targets(): takes in the changes that came since the last call, and what was reverted. To be called
    /// before anything else lands.
    void catch_up();

    struct Rival {
        ChangeId change;
        std::uint32_t note = kNone;  ///< the asker's own
    };
    /// With by_targets(): those for which the draw says that they conflict with the change, among all that had
    /// neither landed nor left when the later of the two came, or came back. Which of them rest on each other is not
    /// looked at.
    std::span<Rival> rivals(ChangeId change);

    /// The change has left its queue, perhaps for good: those that come meanwhile are not held against it. To be taken
    /// back with recall() before anybody asks about a state that holds it, or one of them together with it.
    void leave(ChangeId change);
    void recall(ChangeId change) {
        if (change < left_.size() && left_[change]) meet(change);
    }

    /// Whether one was written with the other at hand: then they do not conflict.
    bool related(ChangeId a, ChangeId b) const;

    /// How likely a conflict of the two is, for somebody who sees what they touch and nothing else.
    double chance(ChangeId a, ChangeId b) const;

    /// The changes that landed after `change` was born, are in `base` and conflict with it, first to land first. Valid
    /// until the next call.
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
    Chances chances_;
    std::function<bool(ChangeId, ChangeId)> comparable_;
    ByTarget landed_;                ///< places of Landings::order()
    Landings::Mark taken_in_ = 0;    ///< the first that is not in it
    ByTarget open_;                  ///< changes that have not landed
    std::vector<bool> left_;         ///< by change: see leave()
    std::size_t met_so_far_ = 0;     ///< changes that are in it, or were
    std::size_t undone_so_far_ = 0;  ///< of Landings::undone()
    std::vector<std::vector<Rival>> rivals_;
    std::vector<Past> past_;
    std::vector<ChangeId> present_;  ///< the answer of landed_rivals() where some rival was reverted

    double chance_by_sight(ChangeId a, ChangeId b) const;
    bool drawn(ChangeId a, ChangeId b) const;
    bool is_open(ChangeId change) const;
    void meet(ChangeId change);
    void take_in(Landings::Mark base);
    void scan(Past& past, ChangeId change, Landings::Mark base);

    // Long chains ask about the same pairs again and again; by the later change, from the earliest one asked about on.
    enum class Answer : std::uint8_t { not_asked, no, yes };
    struct Met {
        ChangeId first = kNone;
        std::vector<Answer> answers;
    };
    mutable std::vector<Met> met_;
};

}  // namespace gatesim
