// Who shares a target is found by lists, and who conflicts is the same as when everybody is looked at.
#include "truth/by_target.hpp"

#include <gtest/gtest.h>

#include <random>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

using Dice = std::mt19937;

int upto(Dice& dice, int most) {
    return static_cast<int>(dice() % static_cast<unsigned>(most + 1));
}

Footprint any_footprint(Dice& dice) {
    Footprint f;
    f.known = upto(dice, 9) > 0;
    f.everything = f.known && upto(dice, 9) == 0;
    for (std::uint32_t target = 0; f.known && target < 12; ++target)
        if (upto(dice, 3) == 0) f.targets.push_back(target);
    return f;
}

TEST(ByTarget, FindsAllThatShareOneAndNobodyElse) {
    Dice dice(1);
    ByTarget all;
    std::vector<Footprint> known;
    for (std::uint32_t number = 0; number < 300; ++number) {
        const Footprint mine = any_footprint(dice);
        const auto from = static_cast<std::uint32_t>(upto(dice, 40)),
                   end = from + static_cast<std::uint32_t>(upto(dice, 300));
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = from; i < std::min<std::uint32_t>(end, number); ++i) {
            const Footprint& other = known[i];
            const bool both_known = mine.known && other.known;
            const bool nothing =
                (mine.targets.empty() && !mine.everything) || (other.targets.empty() && !other.everything);
            if (shared_targets(mine, other) > 0 || (both_known && !nothing && (mine.everything || other.everything)))
                expected.push_back(i);
        }
        const auto found = all.sharing(mine, from, end);
        ASSERT_EQ(std::vector<std::uint32_t>(found.begin(), found.end()), expected);
        all.add(number, mine);
        known.push_back(mine);
    }
}

TEST(ByTarget, LeavesOutThoseThatAreGone) {
    std::uint32_t alive_from = 0;
    ByTarget all([&](std::uint32_t number) { return number < alive_from; });
    const Footprint f{{7}, false, true};
    for (std::uint32_t number = 0; number < 10'000; ++number) {
        alive_from = number < 5 ? 0 : number - 5;
        all.add(number, f);
        const auto found = all.sharing(f, 0, kNone);
        ASSERT_LE(found.size(), 40u);
        ASSERT_EQ(found.back(), number);
    }
}

/// A world in which pairs conflict by what both touch. With a chance for any pair, too, all pairs are looked at; this
/// one is too small to change what is drawn.
struct World {
    Stage s;
    explicit World(double any) {
        s.scenario.failures.semantic_conflict = any;
        s.scenario.failures.semantic_overlap = 0.3;
        s.scenario.failures.textual_conflict = any;
        s.scenario.failures.textual_overlap = 0.03;
    }
    ChangeId enter(const Footprint& footprint, const std::vector<ChangeId>& parents) {
        const ChangeId id = s.enter("c", 0, footprint);
        s.cast.changes[id].git_parents = parents;
        return id;
    }
};

TEST(Pairs, ByListsTheSameConflictAsByLookingAtAll) {
    World fast(0), slow(1e-300);
    Dice dice(7);
    int red = 0, conflicts = 0;
    std::vector<ChangeId> open;
    for (int step = 0; step < 400; ++step) {
        const Footprint footprint = any_footprint(dice);
        std::vector<ChangeId> parents;
        if (!open.empty() && upto(dice, 5) == 0)
            parents = {open[static_cast<std::size_t>(upto(dice, static_cast<int>(open.size()) - 1))]};
        const ChangeId id = fast.enter(footprint, parents);
        ASSERT_EQ(slow.enter(footprint, parents), id);
        open.push_back(id);
        std::vector<ChangeId> chain;
        for (const ChangeId one : open)
            if (upto(dice, 2) == 0 || one == id) chain.push_back(one);
        if (upto(dice, 1) == 0) std::shuffle(chain.begin(), chain.end(), dice);
        const auto back = static_cast<Landings::Mark>(upto(dice, 3));
        const Landings::Mark base = fast.s.landings.mark() - std::min(fast.s.landings.mark(), back);
        for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
            const RunTruth a = fast.s.run(job, fast.s.on(base, chain)), b = slow.s.run(job, slow.s.on(base, chain));
            ASSERT_EQ(a.result, b.result);
            ASSERT_EQ(a.fault.cause, b.fault.cause);
            ASSERT_EQ(a.fault.culprit, b.fault.culprit);
            ASSERT_EQ(a.fault.rival, b.fault.rival);
            red += a.result != Result::success;
        }
        const bool merges = fast.s.truth().merges(fast.s.on(base, chain));
        ASSERT_EQ(merges, slow.s.truth().merges(slow.s.on(base, chain)));
        conflicts += !merges;
        if (open.size() > 12) {
            const ChangeId goes = open[static_cast<std::size_t>(upto(dice, 6))];
            std::erase(open, goes);
            if (upto(dice, 4) > 0)
                for (World* world : {&fast, &slow}) world->s.landings.add(goes);
        }
        if (const auto order = fast.s.landings.order(); !order.empty() && upto(dice, 7) == 0) {
            const ChangeId back_again = order[order.size() - 1 - std::min<std::size_t>(order.size() - 1, dice() % 20)];
            const bool was = fast.s.landings.revert(back_again);
            ASSERT_EQ(slow.s.landings.revert(back_again), was);
            if (was) open.push_back(back_again);
        }
    }
    EXPECT_GT(red, 100);
    EXPECT_GT(conflicts, 20);
}

TEST(Pairs, WhoWasRevertedConflictsWithThoseThatCameMeanwhile) {
    Stage s;
    s.scenario.failures.semantic_overlap = 1;
    const Footprint same{{7}, false, true};
    const ChangeId back = s.enter("back", 0, same);
    s.landings.add(back);
    for (int i = 0; i < 100; ++i) {  // it is forgotten meanwhile
        const ChangeId filler = s.enter("c", 0, same);
        s.cast.changes[filler].git_parents = {back};
        s.landings.add(filler);
    }
    const ChangeId later = s.enter("later", 0, same);
    EXPECT_EQ(s.truth().flaw(s.on({later})), Cause::none);
    s.landings.revert(back);
    EXPECT_EQ(s.truth().flaw(s.on({later, back})), Cause::semantic_conflict);
}

}  // namespace
}  // namespace gatesim
