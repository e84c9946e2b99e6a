// Finds the first of some landed changes that turns a branch red, by testing the branch with fewer of them.
#pragma once

#include <cstddef>
#include <vector>

#include "strategy/trials.hpp"

namespace gatesim {

class CulpritSearch {
public:
    std::size_t arity = 2;     ///< parts a step; their ends are tested side by side
    std::int64_t repeats = 0;  ///< a red test counts if it is red so many times more

    /// On top of the branch at `green`: the first `good` suspects together are green, all of them are red. `seen`: that
    /// was seen on just this state; else it is tested before the last one is blamed.
    void begin(std::vector<ChangeId> suspects, std::size_t good, Landings::Mark green, bool seen);
    bool active() const { return active_; }

    /// To be called in every pass while active. True if anything was asked for or found out.
    bool step(Gate& gate, Queue& queue);

    /// When it is not active any more: the index of the culprit; the number of suspects if nobody is to blame.
    std::size_t culprit() const { return culprit_; }

private:
    struct Probe {
        std::size_t length;
        Item* trial = nullptr;
        std::int64_t reds = 0;
        bool known = false;
        bool red = false;
    };

    bool open(Gate& gate, Queue& queue, Probe& probe) const;
    bool look(Gate& gate, Queue& queue, Probe& probe) const;
    void narrow();

    std::vector<ChangeId> suspects_;
    Landings::Mark green_ = 0;
    std::size_t good_ = 0;  ///< so many together are green
    std::size_t bad_ = 0;   ///< so many together are red
    bool seen_ = false;     ///< the latter was seen
    std::vector<Probe> probes_;
    std::size_t culprit_ = 0;
    bool active_ = false;
};

}  // namespace gatesim
