#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

void expect(const RunTruth& run, Result result, Cause cause = Cause::none, ChangeId culprit = kNone) {
    EXPECT_EQ(run.result, result);
    EXPECT_EQ(run.fault.cause, cause);
    EXPECT_EQ(run.fault.culprit, culprit);
}

TEST(Script, NothingScriptedPassesInTheJobsTime) {
    Stage s;
    s.list("A");
    const ChangeId a = s.enter("A");
    const RunTruth run = s.run(Stage::unit, s.on({a}));
    expect(run, Result::success);
    EXPECT_EQ(run.duration, 60 * kSecond);
    EXPECT_EQ(run.child_jobs, nullptr);
    EXPECT_TRUE(s.truth().merges(s.on({a})));
    EXPECT_FALSE(s.truth().submit_fails(a));
    EXPECT_FALSE(s.truth().node_request_fails(a, Stage::unit, 1));
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::none);
}

TEST(Script, DurationOfOneJobOfOneChange) {
    Stage s;
    s.list("A");
    s.list("B");
    s.script("A", Stage::unit).duration = 5 * kSecond;
    const ChangeId a = s.enter("A"), b = s.enter("B");
    EXPECT_EQ(s.run(Stage::unit, s.on({a})).duration, 5 * kSecond);
    EXPECT_EQ(s.run(Stage::style, s.on({a})).duration, 60 * kSecond);
    EXPECT_EQ(s.run(Stage::unit, s.on({a, b})).duration, 60 * kSecond);
}

TEST(Script, Fails) {
    Stage s;
    s.list("A");
    s.list("B");
    s.script("A", Stage::unit).fails = true;
    const ChangeId a = s.enter("A"), b = s.enter("B");
    expect(s.run(Stage::unit, s.on({a})), Result::failure, Cause::own_defect, a);
    expect(s.run(Stage::style, s.on({a})), Result::success);
    expect(s.run(Stage::unit, s.on({a, b})), Result::success);  // only its own builds
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::own_defect);
    EXPECT_EQ(s.truth().flaw(s.on({a, b})), Cause::none);
}

TEST(Script, FailsWithAnyOfThemInTheState) {
    Stage s;
    for (const char* id : {"A", "B", "C"}) s.list(id);
    s.script("C", Stage::unit).fails_with = {"X", "A", "B"};
    const ChangeId c = s.enter("C");
    expect(s.run(Stage::unit, s.on({c})), Result::success);  // A and B not even known
    const ChangeId a = s.enter("A"), b = s.enter("B");
    expect(s.run(Stage::unit, s.on({c})), Result::success);
    expect(s.run(Stage::unit, s.on({b, c})), Result::failure, Cause::semantic_conflict, b);
    expect(s.run(Stage::unit, s.on({a, b, c})), Result::failure, Cause::semantic_conflict, a);
    EXPECT_EQ(s.truth().flaw(s.on({b, c})), Cause::semantic_conflict);
    s.landings.add(b);
    expect(s.run(Stage::unit, s.on(0, {c})), Result::success);  // prepared before b landed
    expect(s.run(Stage::unit, s.on({c})), Result::failure, Cause::semantic_conflict, b);
}

TEST(Script, OfTwoThatFailTogetherTheLaterOneIsAtFaultWhoeverSaysSo) {
    Stage s;
    for (const char* id : {"A", "B", "C"}) s.list(id);
    s.script("A", Stage::unit).fails_with = {"B"};
    const ChangeId a = s.enter("A"), b = s.enter("B"), c = s.enter("C");
    for (const std::vector<ChangeId>& state : {std::vector{a, b}, std::vector{a, b, c}}) {
        const Fault fault = s.run(Stage::unit, s.on(state)).fault;
        ASSERT_EQ(fault.at_fault.size(), 1u);
        EXPECT_EQ(fault.at_fault[0].who, b);
        EXPECT_EQ(fault.at_fault[0].other, a);
    }
    expect(s.run(Stage::unit, s.on({a, b})), Result::failure, Cause::semantic_conflict, a);
    expect(s.run(Stage::unit, s.on({a, b, c})), Result::failure, Cause::clash_ahead, b);
    s.landings.add(b);
    EXPECT_EQ(s.run(Stage::unit, s.on({a})).fault.at_fault[0].who, a);
}

TEST(Script, EverybodyInABatchWhoBreaksAJobIsAtFault) {
    Stage s;
    for (const char* id : {"A", "B", "C"}) s.list(id);
    s.scenario.load.listed->changes[0].breaks = {Stage::unit};
    s.script("C", Stage::unit).fails = true;
    const ChangeId a = s.enter("A"), b = s.enter("B"), c = s.enter("C");
    BuildState state = s.on({a, b, c});
    state.members = 3;
    std::vector<ChangeId> who;
    for (const AtFault& one : s.run(Stage::unit, state).fault.at_fault) who.push_back(one.who);
    std::sort(who.begin(), who.end());
    EXPECT_EQ(who, (std::vector<ChangeId>{a, c}));
}

TEST(Script, FailsWithoutAnyOfThemInTheState) {
    Stage s;
    for (const char* id : {"A", "B", "C"}) s.list(id);
    s.script("C", Stage::unit).fails_without = {"A", "B"};
    const ChangeId a = s.enter("A"), b = s.enter("B"), c = s.enter("C");
    expect(s.run(Stage::unit, s.on({c})), Result::failure, Cause::own_defect, c);
    expect(s.run(Stage::unit, s.on({a, c})), Result::failure, Cause::own_defect, c);
    expect(s.run(Stage::unit, s.on({a, b, c})), Result::success);
    s.landings.add(a);
    expect(s.run(Stage::unit, s.on({b, c})), Result::success);
}

TEST(Script, FailsOnRunAndRetryRuns) {
    Stage s;
    s.list("A");
    s.script("A", Stage::unit).fails_on_run = {1};
    s.script("A", Stage::style).retry_runs = {0, 2};
    const ChangeId a = s.enter("A");
    expect(s.run(Stage::unit, s.on({a}), 0), Result::success);
    expect(s.run(Stage::unit, s.on({a}), 1), Result::failure, Cause::flake);
    expect(s.run(Stage::unit, s.on({a}), 2), Result::success);
    expect(s.run(Stage::style, s.on({a}), 0), Result::retry, Cause::infrastructure);
    expect(s.run(Stage::style, s.on({a}), 1), Result::success);
    expect(s.run(Stage::style, s.on({a}), 2), Result::retry, Cause::infrastructure);
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::none);
}

TEST(Script, ALostRunHasNoResultWhateverTheCodeIsLike) {
    Stage s;
    s.list("A");
    ScriptedRun& run = s.script("A", Stage::unit);
    run.fails = true;
    run.retry_runs = {0};
    const ChangeId a = s.enter("A");
    expect(s.run(Stage::unit, s.on({a}), 0), Result::retry, Cause::infrastructure);
    expect(s.run(Stage::unit, s.on({a}), 1), Result::failure, Cause::own_defect, a);
}

TEST(Script, BreaksEveryBuildOfThatJobInWhoseStateItIs) {
    Stage s;
    s.list("A").breaks = {Stage::full};
    s.list("B");
    const ChangeId a = s.enter("A"), b = s.enter("B", 1);
    expect(s.run(Stage::full, s.on({b})), Result::success);
    expect(s.run(Stage::full, s.on({a})), Result::failure, Cause::own_defect, a);
    expect(s.run(Stage::full, s.on({a, b})), Result::failure, Cause::defect_ahead, a);
    expect(s.run(Stage::unit, s.on({a, b})), Result::success);
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::own_defect);
    s.landings.add(a);
    expect(s.run(Stage::full, s.on({b})), Result::failure, Cause::defect_on_branch, a);
    expect(s.run(Stage::full, s.on(0, {b})), Result::success);
}

TEST(Script, ConflictsAreSymmetricInTheChainAndWithTheBase) {
    Stage s;
    s.list("A");
    s.list("B").conflicts_with = {"A", "nobody"};
    s.list("C");
    const ChangeId a = s.enter("A"), b = s.enter("B"), c = s.enter("C");
    const Truth& truth = s.truth();
    EXPECT_TRUE(truth.merges(s.on({a})));
    EXPECT_FALSE(truth.merges(s.on({a, b})));
    EXPECT_FALSE(truth.merges(s.on({b, a})));
    EXPECT_FALSE(truth.merges(s.on({a, b, c})));
    EXPECT_TRUE(truth.merges(s.on({b, c})));
    s.landings.add(a);
    EXPECT_FALSE(truth.merges(s.on({b})));
    EXPECT_FALSE(truth.merges(s.on({b, c})));
    EXPECT_TRUE(truth.merges(s.on(0, {b})));
    EXPECT_TRUE(truth.merges(s.on({c})));
    s.landings.add(b);
    EXPECT_TRUE(truth.merges(s.on({c})));  // two changes of the base are nobody's concern
}

TEST(Script, MergeConflictAlways) {
    Stage s;
    s.list("A").merge_conflict = true;
    s.list("B");
    const ChangeId a = s.enter("A"), b = s.enter("B");
    EXPECT_FALSE(s.truth().merges(s.on({a})));
    EXPECT_FALSE(s.truth().merges(s.on({a, b})));
    EXPECT_TRUE(s.truth().merges(s.on({b})));
}

TEST(Script, FailMerge) {
    Stage s;
    s.list("A").fail_merge = true;
    s.list("B");
    const ChangeId a = s.enter("A"), b = s.enter("B");
    EXPECT_TRUE(s.truth().submit_fails(a));
    EXPECT_FALSE(s.truth().submit_fails(b));
    EXPECT_TRUE(s.truth().merges(s.on({a})));
}

TEST(Script, NodeFailure) {
    Stage s;
    s.list("A");
    s.script("A", Stage::full).node_failure = true;
    const ChangeId a = s.enter("A");
    EXPECT_TRUE(s.truth().node_request_fails(a, Stage::full, 1));
    EXPECT_FALSE(s.truth().node_request_fails(a, Stage::unit, 1));
}

TEST(Script, ChildJobsComeWithSuccessOnly) {
    Stage s;
    s.list("A");
    ScriptedRun& run = s.script("A", Stage::unit);
    run.child_jobs = {"full"};
    run.fails_on_run = {1};
    s.script("A", Stage::style).child_jobs.emplace();
    const ChangeId a = s.enter("A");
    const RunTruth green = s.run(Stage::unit, s.on({a}), 0);
    ASSERT_NE(green.child_jobs, nullptr);
    EXPECT_EQ(*green.child_jobs, std::vector<std::string>{"full"});
    EXPECT_EQ(s.run(Stage::unit, s.on({a}), 1).child_jobs, nullptr);
    const RunTruth none = s.run(Stage::style, s.on({a}));
    ASSERT_NE(none.child_jobs, nullptr);
    EXPECT_TRUE(none.child_jobs->empty());
}

TEST(Script, ANewPatchSetHasItsOwnRuns) {
    Stage s;
    s.list("A");
    s.script("A", Stage::unit).fails = true;
    const ChangeId a = s.enter("A");
    ScriptedRun better;
    better.job = Stage::unit;
    better.duration = 7 * kSecond;
    s.cast.changes[a].patchset = 2;
    ScriptedEvent event;
    event.jobs = {better};
    s.truth().new_patchset(a, event);
    expect(s.run(Stage::unit, s.on({a}), 0, 2), Result::success);
    EXPECT_EQ(s.run(Stage::unit, s.on({a}), 0, 2).duration, 7 * kSecond);
    expect(s.run(Stage::unit, s.on({a}), 0, 1), Result::failure, Cause::own_defect, a);  // a late build of the old one
    s.cast.changes[a].patchset = 3;
    s.truth().new_patchset(a, {});
    EXPECT_EQ(s.run(Stage::unit, s.on({a}), 0, 3).duration, 7 * kSecond);
}

TEST(Script, OwnDefectComesBeforeThatOfOthers) {
    Stage s;
    s.list("A").breaks = {Stage::unit};
    s.list("B").breaks = {Stage::unit};
    s.list("C");
    ScriptedRun& run = s.script("C", Stage::unit);
    run.fails_with = {"A"};
    run.fails_on_run = {0};
    const ChangeId a = s.enter("A"), b = s.enter("B"), c = s.enter("C");
    expect(s.run(Stage::unit, s.on({a, b})), Result::failure, Cause::own_defect, b);
    expect(s.run(Stage::unit, s.on({a, b, c})), Result::failure, Cause::defect_ahead, a);
    s.landings.add(b);
    expect(s.run(Stage::unit, s.on({a, c})), Result::failure, Cause::defect_ahead, a);
    expect(s.run(Stage::unit, s.on({c})), Result::failure, Cause::defect_on_branch, b);
    expect(s.run(Stage::unit, s.on(0, {c})), Result::failure, Cause::flake);
}

TEST(Script, ANoopJobIsNeverRed) {
    Stage s;
    s.list("A");
    s.script("A", Stage::unit).fails = true;
    const ChangeId a = s.enter("A");
    Job noop = Stage::job(Stage::unit);
    noop.noop = true;
    const RunTruth run = s.truth().run(noop, s.on({a}), 1, 0);
    expect(run, Result::success);
    EXPECT_EQ(run.duration, 0);
}

}  // namespace
}  // namespace gatesim
