// What a strategy tried in a queue since anybody last landed, left or arrived. Who tries the same again and again gets
// nowhere, and without an end of the period the simulation would go on for ever.
#pragma once

#include <cstdint>
#include <map>

namespace gatesim {

struct Repeats {
    /// Verdicts of one state.
    struct Tried {
        std::int64_t red = 0;      ///< for something that the state itself is to blame for
        std::int64_t green = 0;    ///< and the trial was not landed
        std::int64_t outside = 0;  ///< red through trouble of the machines or of the branch: that passes
    };

    /// The same state may be tried so often.
    static constexpr std::int64_t kMost = 50;
    /// And so often as long as it is red through trouble from outside. An outage ends, so trying again is right; one
    /// that lasts for ever has to have an end here.
    static constexpr std::int64_t kMostOutside = 10'000;
    /// So many trials may be opened, whatever they test, and so many more for each change that waits. (The search for a
    /// culprit among n changes needs some n log n.)
    static constexpr std::int64_t kMostOpened = 20'000;
    static constexpr std::int64_t kMostOpenedForEach = 100;

    std::uint64_t since = 0;                ///< Gate::progress_ at that time
    std::int64_t opened = 0;                ///< trials
    std::map<std::uint64_t, Tried> states;  ///< by a number made of all that a trial tests

    /// Begins anew if there was progress.
    void look(std::uint64_t progress) {
        if (progress == since) return;
        since = progress;
        opened = 0;
        states.clear();
    }
};

}  // namespace gatesim
