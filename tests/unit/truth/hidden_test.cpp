#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <stdexcept>
#include <tuple>

#include "unit/truth/stage.hpp"

namespace gatesim {
namespace {

// Asks until the drawn conflict of two changes of `s` is found among fresh pairs; both then stand in the cast, a before
// b.
std::pair<ChangeId, ChangeId> find_pair(Stage& s, bool textual, bool wanted = true) {
    for (;;) {
        const ChangeId a = s.enter("a"), b = s.enter("b");
        const BuildState state = s.on({a, b});
        const bool clash = textual ? !s.truth().merges(state) : s.truth().flaw(state) == Cause::semantic_conflict;
        if (clash == wanted) return {a, b};
    }
}

int red_jobs(Stage& s, const BuildState& state, Cause cause) {
    int red = 0;
    for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
        red += s.run(job, state).fault.cause == cause;
    }
    return red;
}

TEST(Hidden, RatesAreAsStated) {
    Stage s;
    s.scenario.failures.defect = 0.05;
    s.scenario.failures.failed_submit = 0.1;
    Job job = Stage::job(Stage::unit);
    job.flake = 0.02;
    job.no_result = 0.03;
    constexpr int kChanges = 20'000;
    int defects = 0, flakes = 0, lost = 0, refused = 0;
    for (int i = 0; i < kChanges; ++i) {
        const ChangeId c = s.enter("c");
        defects += s.truth().flaw(s.on({c})) == Cause::own_defect;
        refused += s.truth().submit_fails(c);
        const RunTruth run = s.truth().run(job, s.on({c}), 1, 0);
        lost += run.result == Result::retry;
        flakes += run.fault.cause == Cause::flake;
    }
    const auto near = [](int count, double p) {
        return std::abs(count - kChanges * p) < 5 * std::sqrt(kChanges * p * (1 - p));
    };
    EXPECT_PRED2(near, defects, 0.05);
    EXPECT_PRED2(near, refused, 0.1);
    EXPECT_PRED2(near, lost, 0.03);
    EXPECT_PRED2(near, flakes, 0.02 * 0.97 * (1 - 0.05 * 5.0 / 9));  // not lost, not red by a defect anyway
}

TEST(Hidden, AKindHasADefectRateOfItsOwnAndAPushCanBreakOnlyWhatIsSaid) {
    Stage s;
    s.scenario.failures.defect = 0.05;
    s.scenario.load.past_queue.emplace();
    s.scenario.load.past_queue->jobs = {Stage::full};
    constexpr int kChanges = 10'000;
    int careful = 0, careless = 0, elsewhere = 0;
    for (int i = 0; i < kChanges; ++i) {
        const ChangeId good = s.enter("good"), bad = s.enter("bad");
        s.cast.changes[good].breaks = 0;
        s.cast.changes[bad].breaks = 0.4;
        s.cast.changes[bad].past_queue = true;
        careful += s.truth().flaw(s.on({good})) == Cause::own_defect;
        careless += s.truth().flaw(s.on({bad})) == Cause::own_defect;
        elsewhere += s.run(Stage::unit, s.on({bad})).fault.cause == Cause::own_defect;
    }
    EXPECT_EQ(careful, 0);
    EXPECT_NEAR(careless, 0.4 * kChanges, 5 * std::sqrt(kChanges * 0.24));
    EXPECT_EQ(elsewhere, 0);
}

TEST(Hidden, ADefectShowsAlwaysInTheSameJobsAndFollowsWeights) {
    Stage s;
    s.scenario.failures.defect = 1;
    s.gate_jobs(0)[Stage::full].catches = 2;
    s.gate_jobs(0)[Stage::style].catches = 0;
    std::map<JobId, int> shows;
    constexpr int kChanges = 6'000;
    for (int i = 0; i < kChanges; ++i) {
        const ChangeId c = s.enter("c");
        int red = 0;
        for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
            const RunTruth first = s.run(job, s.on({c}), 0);
            EXPECT_EQ(first.result, s.run(job, s.on({c}), 1).result);
            if (first.result != Result::failure) continue;
            EXPECT_EQ(first.fault.cause, Cause::own_defect);
            EXPECT_EQ(first.fault.culprit, c);
            ++shows[job];
            ++red;
        }
        EXPECT_GE(red, 1);
    }
    // First choice by weight, each other one by its share: p + (1 - p) p.
    EXPECT_NEAR(shows[Stage::unit], kChanges * (1.0 / 3 + 2.0 / 9), 5 * 39);
    EXPECT_NEAR(shows[Stage::full], kChanges * (2.0 / 3 + 2.0 / 9), 5 * 25);
    EXPECT_EQ(shows[Stage::style], 0);
}

TEST(Hidden, ADefectShowsOnlyWhereAVotingJobApplies) {
    Stage s;
    s.scenario.failures.defect = 1;
    s.gate_jobs(0)[Stage::unit].voting = false;
    s.gate_jobs(0)[Stage::style].kinds = {"doc"};
    const ChangeId code = s.enter("code");
    EXPECT_EQ(s.run(Stage::unit, s.on({code})).result, Result::success);
    EXPECT_EQ(s.run(Stage::style, s.on({code})).result, Result::success);
    EXPECT_EQ(s.run(Stage::full, s.on({code})).result, Result::failure);
    s.gate_jobs(0).clear();
    Stage bare;
    bare.scenario.failures.defect = 1;
    bare.gate_jobs(0).clear();
    const ChangeId c = bare.enter("c");
    EXPECT_EQ(bare.run(Stage::full, bare.on({c})).result, Result::success);
    EXPECT_EQ(bare.truth().flaw(bare.on({c})), Cause::own_defect);  // there, but nobody sees it
}

TEST(Hidden, ADefectSpreadsAheadAndOnTheBranchOfItsQueue) {
    Stage s;
    s.scenario.failures.defect = 0.5;
    s.scenario.failures.semantic_conflict = 0;
    ChangeId bad = kNone, good = kNone, elsewhere = kNone;
    while (bad == kNone || good == kNone || elsewhere == kNone) {
        const ProjectId project = bad == kNone ? 0 : good == kNone ? 1 : 2;
        const ChangeId c = s.enter("c", project);
        const bool red = s.truth().flaw(s.on({c})) == Cause::own_defect;
        if (project == 0 && red) bad = c;
        if (project == 1 && !red) good = c;
        if (project == 2 && !red) elsewhere = c;
    }
    const int red = red_jobs(s, s.on({bad}), Cause::own_defect);
    ASSERT_GE(red, 1);
    EXPECT_EQ(red_jobs(s, s.on({bad, good}), Cause::defect_ahead), red);
    EXPECT_EQ(red_jobs(s, s.on({good}), Cause::none), 3);
    s.landings.add(bad);
    EXPECT_EQ(red_jobs(s, s.on({good}), Cause::defect_on_branch), red);
    EXPECT_EQ(red_jobs(s, s.on(0, {good}), Cause::none), 3);
    EXPECT_EQ(red_jobs(s, s.on({elsewhere}), Cause::none), 3);
    EXPECT_EQ(s.truth().flaw(s.on({good})), Cause::none);  // it is not its doing
}

TEST(Hidden, ANewPatchSetIsANewChance) {
    Stage s;
    s.scenario.failures.defect = 0.5;
    int red_then_green = 0;
    for (int i = 0; i < 200; ++i) {
        const ChangeId c = s.enter("c");
        const auto red = [&](int patchset) {
            return s.run(Stage::unit, s.on({c}), 0, patchset).fault.cause == Cause::own_defect ||
                   s.run(Stage::style, s.on({c}), 0, patchset).fault.cause == Cause::own_defect ||
                   s.run(Stage::full, s.on({c}), 0, patchset).fault.cause == Cause::own_defect;
        };
        const bool first = red(1);
        red_then_green += first && !red(2);
        EXPECT_EQ(red(1), first);
    }
    EXPECT_NEAR(red_then_green, 50, 31);
}

TEST(Hidden, AScriptThatMakesBuildsRedSparesTheChangeADrawnDefect) {
    Stage s;
    s.scenario.failures.defect = 1;
    s.list("A");
    s.list("B");
    s.script("A", Stage::unit).fails_on_run = {5};
    const ChangeId a = s.enter("A"), b = s.enter("B");
    EXPECT_EQ(s.truth().flaw(s.on({a})), Cause::none);
    EXPECT_EQ(s.truth().flaw(s.on({b})), Cause::own_defect);
}

TEST(Hidden, SemanticConflictsMatterToConcurrentChangesOnly) {
    Stage s;
    s.scenario.failures.semantic_conflict = 0.2;
    const auto [a, b] = find_pair(s, false);
    EXPECT_EQ(red_jobs(s, s.on({a}), Cause::none), 3);
    EXPECT_EQ(red_jobs(s, s.on({b}), Cause::none), 3);
    EXPECT_EQ(red_jobs(s, s.on({a, b}), Cause::semantic_conflict), 1);
    EXPECT_EQ(red_jobs(s, s.on({b, a}), Cause::semantic_conflict), 1);
    for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
        const RunTruth run = s.run(job, s.on({a, b}));
        if (run.result == Result::failure) {
            EXPECT_EQ(run.fault.culprit, a);
        }
    }
    s.landings.add(a);  // b was there before
    EXPECT_EQ(red_jobs(s, s.on({b}), Cause::semantic_conflict), 1);
    EXPECT_EQ(s.truth().flaw(s.on({b})), Cause::semantic_conflict);
    EXPECT_EQ(red_jobs(s, s.on(0, {b}), Cause::none), 3);
    for (int i = 0; i < 300; ++i) {  // whoever comes later has seen a
        const ChangeId later = s.enter("later");
        ASSERT_EQ(red_jobs(s, s.on({later}), Cause::none), 3);
    }
}

TEST(Hidden, ASemanticConflictAheadMakesTheStateRed) {
    Stage s;
    s.scenario.failures.semantic_conflict = 0.05;
    const auto [a, b] = find_pair(s, false);
    for (;;) {
        const ChangeId c = s.enter("c");
        if (s.truth().flaw(s.on({a, b, c})) != Cause::none) continue;  // c has conflicts of its own
        EXPECT_EQ(red_jobs(s, s.on({a, b, c}), Cause::clash_ahead), 1);
        for (const JobId job : {Stage::unit, Stage::style, Stage::full}) {
            const Fault fault = s.run(job, s.on({a, b, c})).fault;
            if (fault.cause == Cause::none) continue;
            EXPECT_EQ(fault.culprit, b);  // the later one is to blame, not the bystander
            EXPECT_EQ(fault.rival, a);
            ASSERT_EQ(fault.at_fault.size(), 1u);
            EXPECT_EQ(fault.at_fault[0].who, b);
            EXPECT_EQ(fault.at_fault[0].other, a);
        }
        EXPECT_EQ(red_jobs(s, s.on({a, c}), Cause::none), 3);
        break;
    }
    s.landings.add(a);
    s.landings.add(b);  // both landed: the branch is red now, for everybody
    const ChangeId later = s.enter("later");
    EXPECT_EQ(red_jobs(s, s.on({later}), Cause::defect_on_branch), 1);
}

TEST(Hidden, NoConflictWithWhatAChangeRestsOnNorAcrossQueues) {
    Stage s;
    s.scenario.failures.semantic_conflict = 1;
    s.scenario.failures.textual_conflict = 1;
    const ChangeId a = s.enter("a"), b = s.enter("b"), c = s.enter("c"), docs = s.enter("docs", 2),
                   glance = s.enter("g", 1);
    s.cast.changes[b].git_parents = {a};
    s.cast.changes[c].depends_on = {b};
    EXPECT_EQ(s.truth().flaw(s.on({a, b})), Cause::none);
    EXPECT_EQ(s.truth().flaw(s.on({a, b, c})), Cause::none);
    EXPECT_TRUE(s.truth().merges(s.on({a, b, c})));
    EXPECT_EQ(s.truth().flaw(s.on({a, docs})), Cause::none);
    EXPECT_EQ(s.truth().flaw(s.on({a, glance})), Cause::semantic_conflict);
    EXPECT_TRUE(s.truth().merges(s.on({a, glance})));
    const ChangeId d = s.enter("d"), backport = s.enter("backport");
    s.cast.changes[backport].branch = "stable";
    EXPECT_FALSE(s.truth().merges(s.on({a, d})));
    EXPECT_TRUE(s.truth().merges(s.on({a, backport})));
}

TEST(Hidden, TextualConflictsMatterToConcurrentChangesOnly) {
    Stage s;
    s.scenario.failures.textual_conflict = 0.2;
    const auto [a, b] = find_pair(s, true);
    EXPECT_TRUE(s.truth().merges(s.on({a})));
    EXPECT_TRUE(s.truth().merges(s.on({b})));
    EXPECT_FALSE(s.truth().merges(s.on({b, a})));
    s.landings.add(b);
    EXPECT_FALSE(s.truth().merges(s.on({a})));
    EXPECT_TRUE(s.truth().merges(s.on(0, {a})));
    for (int i = 0; i < 300; ++i) ASSERT_TRUE(s.truth().merges(s.on({s.enter("later")})));
}

TEST(Hidden, PairsConflictAtTheStatedRate) {
    Stage s;
    s.scenario.failures.semantic_conflict = 0.1;
    s.scenario.failures.textual_conflict = 0.03;
    int semantic = 0, textual = 0;
    constexpr int kPairs = 10'000;
    for (int i = 0; i < kPairs; ++i) {
        const ChangeId a = s.enter("a"), b = s.enter("b");
        semantic += s.truth().flaw(s.on({a, b})) == Cause::semantic_conflict;
        textual += !s.truth().merges(s.on({a, b}));
    }
    EXPECT_NEAR(semantic, 1000, 5 * 30);
    EXPECT_NEAR(textual, 300, 5 * 17);
}

TEST(Hidden, TimeoutCutsEveryRunAndIsTheLastCause) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.timeout = 50 * kSecond;
    const ChangeId c = s.enter("c");
    RunTruth run = s.truth().run(job, s.on({c}), 1, 0);
    EXPECT_EQ(run.result, Result::timeout);
    EXPECT_EQ(run.fault.cause, Cause::timeout);
    EXPECT_EQ(run.duration, 50 * kSecond);
    job.flake = 1;
    run = s.truth().run(job, s.on({c}), 1, 0);
    EXPECT_EQ(run.fault.cause, Cause::flake);
    EXPECT_EQ(run.duration, 50 * kSecond);
    job.no_result = 1;
    EXPECT_EQ(s.truth().run(job, s.on({c}), 1, 0).result, Result::retry);
    job = Stage::job(Stage::unit);
    job.timeout = 60 * kSecond;  // just in time
    EXPECT_EQ(s.truth().run(job, s.on({c}), 1, 0).result, Result::success);
}

TEST(Hidden, DurationsBelongToTheRunAndNotToTheState) {
    Stage s;
    Job job = Stage::job(Stage::unit);
    job.duration = Distribution::lognormal(100, 0.5);
    const ChangeId a = s.enter("a"), b = s.enter("b");
    const Time first = s.truth().run(job, s.on({b}), 1, 0).duration;
    EXPECT_EQ(s.truth().run(job, s.on({a, b}), 1, 0).duration, first);
    EXPECT_NE(s.truth().run(job, s.on({b}), 1, 1).duration, first);
    EXPECT_NE(s.truth().run(job, s.on({b}), 2, 0).duration, first);
    EXPECT_NE(s.truth().run(job, s.on({a}), 1, 0).duration, first);
    BuildState check = s.on({b});
    check.pipeline = 1;
    EXPECT_NE(s.truth().run(job, check, 1, 0).duration, first);
}

// The same questions in another order, and some more, give the same answers.
TEST(Hidden, AnswersDoNotDependOnTheOrderOfQuestions) {
    struct Question {
        Landings::Mark base;
        std::vector<ChangeId> chain;
        JobId job;
        int run;
    };
    const auto world = [](Stage& s) {
        s.scenario.failures.defect = 0.1;
        s.scenario.failures.semantic_conflict = 0.05;
        s.scenario.failures.textual_conflict = 0.05;
        std::mt19937_64 random(3);
        for (int i = 0; i < 60; ++i) {
            s.enter("c", static_cast<ProjectId>(random() % 2));
            if (i % 3 == 2) s.landings.add(static_cast<ChangeId>(i - 2));
        }
    };
    std::mt19937_64 random(4);
    std::vector<Question> questions;
    for (int i = 0; i < 1500; ++i) {
        Question q{static_cast<Landings::Mark>(random() % 20),
                   {},
                   static_cast<JobId>(random() % 3),
                   static_cast<int>(random() % 2)};
        for (int n = 1 + static_cast<int>(random() % 6); n > 0; --n) {
            const auto c = static_cast<ChangeId>(random() % 60);
            if (std::find(q.chain.begin(), q.chain.end(), c) == q.chain.end()) q.chain.push_back(c);
        }
        questions.push_back(q);
        while (q.chain.size() < 8 && random() % 4) {  // and the states behind it, that grow from it
            const auto c = static_cast<ChangeId>(random() % 60);
            if (std::find(q.chain.begin(), q.chain.end(), c) == q.chain.end()) q.chain.push_back(c);
            questions.push_back(q);
        }
    }
    using Answer = std::tuple<Result, Cause, ChangeId, Time, bool, Cause>;
    const auto ask = [](Stage& s, const Question& q) {
        Job job = Stage::job(q.job);
        job.duration = Distribution::exponential(100);
        job.flake = 0.05;
        const BuildState state = s.on(q.base, q.chain);
        const RunTruth run = s.truth().run(job, state, 1, q.run);
        return Answer{run.result,   run.fault.cause,         run.fault.culprit,
                      run.duration, s.truth().merges(state), s.truth().flaw(state)};
    };
    std::vector<std::size_t> order(questions.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::vector<Answer> first(questions.size());
    int red = 0;
    {
        Stage s;
        world(s);
        for (const std::size_t i : order) first[i] = ask(s, questions[i]);
        for (const Answer& answer : first) red += std::get<0>(answer) != Result::success;
    }
    EXPECT_GT(red, 100);
    for (int round = 0; round < 3; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        Stage s;
        world(s);
        for (const std::size_t i : order) ASSERT_EQ(ask(s, questions[i]), first[i]);
    }
}

}  // namespace
}  // namespace gatesim
