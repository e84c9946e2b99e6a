// What is remembered of merges gives the answers of looking at all pairs, whatever a queue goes through.
#include "truth/merging.hpp"

#include <gtest/gtest.h>

#include <random>

namespace gatesim {
namespace {

struct Town {
    Scenario scenario;
    Cast cast;
    Landings landings;
    Births births{cast, landings};
    Pairs pairs;
    Merging merging{pairs, landings};

    explicit Town(double chance, std::uint64_t seed)
        : pairs(cast, landings, births, Luck{seed, 1}, Purpose::textual_conflict, Pairs::Chances{{chance}, 0},
                [](ChangeId, ChangeId) { return true; }) {
        cast.scenario = &scenario;
    }

    ChangeId enter() {
        cast.changes.emplace_back();
        births.catch_up();
        return static_cast<ChangeId>(cast.changes.size() - 1);
    }

    void write_anew(ChangeId change) {
        births.again(change);
        pairs.forget(change);
        merging.forget(change);
    }

    /// Looks at all pairs.
    bool merges(const BuildState& state) {
        for (std::size_t i = 0; i < state.chain.size(); ++i) {
            if (landings.landed_before(state.chain[i], state.base)) continue;
            if (!pairs.landed_rivals(state.chain[i], state.base).empty()) return false;
            for (std::size_t ahead = 0; ahead < i; ++ahead)
                if (pairs.conflict(state.chain[ahead], state.chain[i])) return false;
        }
        return true;
    }

    bool joins(const BuildState& state) {
        const ChangeId last = state.chain.back();
        if (!pairs.landed_rivals(last, state.base).empty()) return false;
        for (const ChangeId ahead : state.chain.first(state.chain.size() - 1))
            if (pairs.conflict(ahead, last)) return false;
        return true;
    }
};

TEST(Merging, AnswersAsIfItLookedAtAllPairs) {
    int merged = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Town town(0.004, seed);
        std::mt19937_64 dice(seed);
        const auto below = [&](std::size_t n) { return static_cast<std::size_t>(dice() % n); };
        std::vector<ChangeId> queue, gone;
        std::vector<Landings::Mark> bases = {0};
        for (int step = 0; step < 400; ++step) {
            const std::size_t what = below(12);
            if (what < 4 || queue.size() < 3) {
                queue.push_back(town.enter());
            } else if (what == 4) {
                const ChangeId first = queue.front();
                town.landings.add(first);
                town.merging.forget(first);
                gone.push_back(first);
                if (below(3) > 0) queue.erase(queue.begin());  // else tests go on with one that has landed
                bases.push_back(town.landings.mark());
            } else if (what == 5) {
                const auto at = queue.begin() + static_cast<std::ptrdiff_t>(below(queue.size()));
                town.merging.forget(*at);
                gone.push_back(*at);
                queue.erase(at);
            } else if (what == 6) {
                town.write_anew(queue[below(queue.size())]);
            } else if (what == 7 && !gone.empty()) {
                const ChangeId back = gone[below(gone.size())];
                if (below(2) == 0) town.landings.revert(back);
                if (std::find(queue.begin(), queue.end(), back) == queue.end())
                    queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(below(queue.size() + 1)), back);
            } else {
                std::vector<ChangeId> chain(queue.begin(),
                                            queue.begin() + static_cast<std::ptrdiff_t>(1 + below(queue.size())));
                if (below(4) == 0) chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(below(chain.size())));
                if (chain.empty()) continue;
                const BuildState state{below(3) == 0 ? bases[below(bases.size())] : town.landings.mark(), chain, 0};
                const bool expected = town.merges(state);
                ASSERT_EQ(town.merging.merges(state), expected) << "seed " << seed << ", step " << step;
                ASSERT_EQ(town.merging.joins(state), town.joins(state)) << "seed " << seed << ", step " << step;
                ++(expected ? merged : refused);
            }
        }
    }
    EXPECT_GT(merged, 500);
    EXPECT_GT(refused, 500);
}

TEST(Merging, ANewPatchSetOfOneAheadIsLookedAtAnew) {
    Town town(1, 1);  // whatever is concurrent conflicts
    const ChangeId landed = town.enter(), change = town.enter();
    town.landings.add(landed);
    const std::vector<ChangeId> chain = {change};
    EXPECT_FALSE(town.merging.merges({town.landings.mark(), chain, 0}));
    town.write_anew(change);
    EXPECT_TRUE(town.merging.merges({town.landings.mark(), chain, 0}));
}

}  // namespace
}  // namespace gatesim
