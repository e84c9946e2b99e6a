// Landings that are reverted or repaired, and what that does to the branch.
#include <gtest/gtest.h>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

constexpr JobId kJobs[] = {Stage::unit, Stage::style, Stage::full};

bool green(Stage& s, const BuildState& state) {
    return std::all_of(std::begin(kJobs), std::end(kJobs),
                       [&](JobId job) { return s.run(job, state).result == Result::success; });
}

ChangeId find(Stage& s, Cause cause) {
    for (;;) {
        const ChangeId c = s.enter("c");
        if (s.truth().flaw(s.on({c})) == cause) return c;
    }
}

TEST(Landings, ARevertEndsAStay) {
    Landings landings;
    landings.add(3);
    landings.add(1);
    EXPECT_FALSE(landings.revert(2));
    EXPECT_TRUE(landings.revert(3));
    EXPECT_FALSE(landings.revert(3));
    EXPECT_EQ(landings.mark(), 3u);
    EXPECT_FALSE(landings.landed(3));
    EXPECT_FALSE(landings.landed_before(3, 0));
    EXPECT_TRUE(landings.landed_before(3, 1));
    EXPECT_TRUE(landings.landed_before(3, 2));
    EXPECT_FALSE(landings.landed_before(3, 3));
    EXPECT_TRUE(landings.landed_before(1, 3));
    landings.add(3);  // once more
    EXPECT_FALSE(landings.landed_before(3, 3));
    EXPECT_TRUE(landings.landed_before(3, 4));
    EXPECT_TRUE(landings.landed_before(3, 2));
    ASSERT_NE(landings.undone_at(2), nullptr);
    EXPECT_EQ(landings.undone_at(2)->change, 3u);
    EXPECT_EQ(landings.undone_at(1), nullptr);
    EXPECT_EQ(landings.undone_at(3), nullptr);
}

TEST(Landings, ARepairHoldsForThePresentStay) {
    Landings landings;
    EXPECT_FALSE(landings.repair(5));
    landings.add(5);
    EXPECT_TRUE(landings.repair(5));
    EXPECT_FALSE(landings.repair(5));
    EXPECT_TRUE(landings.landed(5));
    EXPECT_FALSE(landings.repaired_before(5, 1));
    EXPECT_TRUE(landings.repaired_before(5, 2));
    landings.revert(5);
    landings.add(5);
    EXPECT_FALSE(landings.repaired_before(5, landings.mark()));
}

TEST(Undo, ARevertedOrRepairedDefectIsGoneForBasesFromThenOn) {
    for (const bool repaired : {false, true}) {
        Stage s;
        s.scenario.failures.defect = 0.1;
        const ChangeId bad = find(s, Cause::own_defect), good = find(s, Cause::none);
        EXPECT_TRUE(s.truth().sound());
        s.landings.add(bad);
        const Landings::Mark then = s.landings.mark();
        EXPECT_FALSE(s.truth().sound());
        EXPECT_FALSE(green(s, s.on({good})));
        repaired ? s.landings.repair(bad) : s.landings.revert(bad);
        EXPECT_TRUE(s.truth().sound());
        EXPECT_TRUE(green(s, s.on({good})));
        EXPECT_FALSE(green(s, s.on(then, {good})));  // prepared before
        EXPECT_TRUE(green(s, s.on(then - 1, {good})));
        s.landings.add(find(s, Cause::none));
        EXPECT_TRUE(green(s, s.on({good})));
        const ChangeId worse = find(s, Cause::own_defect);  // and the next one
        s.landings.add(worse);
        EXPECT_FALSE(green(s, s.on({good})));
        for (const JobId job : kJobs) {
            const RunTruth run = s.run(job, s.on({good}));
            if (run.result == Result::failure) {
                EXPECT_EQ(run.fault.culprit, worse);
            }
        }
        EXPECT_FALSE(green(s, s.on(then, {good})));
    }
}

TEST(Undo, ARevertOfEitherEndsAConflictARepairOnlyOfTheLater) {
    for (const int way : {0, 1, 2, 3}) {
        Stage s;
        s.scenario.failures.semantic_conflict = 0.1;
        ChangeId a = kNone, b = kNone;
        do {
            a = s.enter("a"), b = s.enter("b");
        } while (s.truth().flaw(s.on({a, b})) != Cause::semantic_conflict);
        s.landings.add(a);
        EXPECT_TRUE(s.truth().sound());
        s.landings.add(b);
        EXPECT_FALSE(s.truth().sound());
        if (way < 2) {
            s.landings.revert(way == 0 ? a : b);
        } else {
            s.landings.repair(way == 2 ? a : b);
        }
        const ChangeId later = s.enter("later");
        EXPECT_EQ(s.truth().sound(), way != 2) << way;
        EXPECT_EQ(green(s, s.on({later})), way != 2) << way;
    }
}

TEST(Undo, ARevertedChangeConflictsWithNobodyUntilItLandsAgain) {
    Stage s;
    s.scenario.failures.textual_conflict = 0.1;
    ChangeId a = kNone, b = kNone;
    do {
        a = s.enter("a"), b = s.enter("b");
    } while (s.truth().merges(s.on({a, b})));
    s.landings.add(a);
    EXPECT_FALSE(s.truth().merges(s.on({b})));
    s.landings.revert(a);
    EXPECT_TRUE(s.truth().merges(s.on({b})));
    EXPECT_FALSE(s.truth().merges(s.on(s.landings.mark() - 1, {b})));
    s.landings.add(a);
    EXPECT_FALSE(s.truth().merges(s.on({b})));
}

TEST(Undo, ScriptedBreakagesAreRepairedToo) {
    Stage s;
    s.list("bad").breaks = {Stage::unit};
    s.list("good");
    const ChangeId bad = s.enter("bad"), good = s.enter("good");
    s.landings.add(bad);
    EXPECT_FALSE(s.truth().sound());
    EXPECT_FALSE(green(s, s.on({good})));
    s.landings.repair(bad);
    EXPECT_TRUE(s.truth().sound());
    EXPECT_TRUE(green(s, s.on({good})));
    EXPECT_FALSE(green(s, s.on(1, {good})));
}

// A probe names changes that are in its base, to say whose jobs are run: what is wrong with them the branch tells.
TEST(Undo, AProbeOfTheBranchSeesWhatIsWrongThereAndNotWhatWas) {
    for (const bool repaired : {false, true}) {
        Stage s;
        s.scenario.failures.defect = 0.1;
        const ChangeId bad = find(s, Cause::own_defect), good = find(s, Cause::none);
        s.landings.add(bad);
        s.landings.add(good);
        const Landings::Mark broken = s.landings.mark();
        EXPECT_FALSE(green(s, s.on(broken, {bad})));
        EXPECT_FALSE(green(s, s.on(broken, {bad, good})));
        ASSERT_TRUE(repaired ? s.landings.repair(bad) : s.landings.revert(bad));
        EXPECT_TRUE(green(s, s.on({good})));
        if (repaired) {
            EXPECT_TRUE(green(s, s.on({bad}))) << "mended, although it is named";
            EXPECT_TRUE(green(s, s.on({bad, good})));
        }
        EXPECT_FALSE(green(s, s.on(broken, {bad}))) << "the branch as it was";
        EXPECT_FALSE(green(s, s.on(0, {bad, good}))) << "on top of a branch from before";
        EXPECT_TRUE(green(s, s.on(0, {good})));
    }
}

TEST(Undo, AProbePutsNothingTogetherThatItsAuthorHadSeen) {
    Stage s;
    s.scenario.failures.semantic_conflict = 0.5;
    int apart = 0;
    for (int i = 0; i < 40; ++i) {
        const Landings::Mark before = s.landings.mark();
        const ChangeId first = s.enter("a");
        const ChangeId beside = s.enter("b");
        s.landings.add(first);
        const ChangeId after = s.enter("c");  // written on a branch that has the first one
        s.landings.add(after);
        EXPECT_TRUE(green(s, s.on(before, {first, after})));
        apart += !green(s, s.on(before, {first, beside}));
    }
    EXPECT_GT(apart, 10);
    EXPECT_LT(apart, 30);
}

}  // namespace
}  // namespace gatesim
