// The auditor's laws, each with a story of events that breaks it and one that keeps it.
#include <gtest/gtest.h>

#include "study/approvals.hpp"
#include "study/holds.hpp"
#include "study/idle_nodes.hpp"
#include "study/lost_runs.hpp"

namespace gatesim {

namespace {

struct Told {
    Told() {
        Pipeline gate;
        gate.name = "gate";
        scenario.pipelines = {gate};
        scenario.labels = {"any"};
        Pool pool;
        pool.name = "any";
        pool.labels = {0};
        pool.nodes = 2;
        scenario.pools = {pool};
        scenario.job_names = {"unit"};
        Job job;
        job.id = 0;
        job.label = 0;
        scenario.projects = {{"p", {{0, "", {job}}}}};
        scenario.load.listed.emplace();
        for (std::uint32_t c = 0; c < 3; ++c) {
            scenario.load.listed->changes.emplace_back().id = std::string(1, static_cast<char>('A' + c));
            Change change;
            change.name = scenario.load.listed->changes.back().id;
            change.listed = c;
            cast.changes.push_back(change);
        }
        cast.scenario = &scenario;
    }
    Event event(Time at, EventKind kind, std::uint32_t which, std::int64_t value = 0) const {
        Event e;
        e.at = at;
        e.kind = kind;
        e.pipeline = 0;
        e.queue = 0;
        e.item = e.change = e.request = which;
        e.job = 0;
        e.pool = 0;
        e.value = value;
        return e;
    }
    Scenario scenario;
    Cast cast;
};

TEST(IdleNodes, SpeakWhenARequestThatFitsWaits) {
    const Told told;
    IdleNodes law(told.cast);
    EXPECT_EQ(law.hear(told.event(0, EventKind::requested, 0, 1)), "");
    EXPECT_EQ(law.hear(told.event(0, EventKind::granted, 0, 1)), "");
    EXPECT_EQ(law.hear(told.event(0, EventKind::requested, 1, 2)), "");
    EXPECT_EQ(law.hear(told.event(5, EventKind::requested, 2, 1)), "") << "two nodes are asked for, one is free";
    EXPECT_EQ(law.hear(told.event(10, EventKind::dequeued, 1)), "") << "it waits behind the large one";
    EXPECT_EQ(law.hear(told.event(20, EventKind::ended, 0)),
              "nodes of pool any idle while a request for unit that fits waits");
}

TEST(IdleNodes, AreSilentWhenItIsServed) {
    const Told told;
    IdleNodes law(told.cast);
    law.hear(told.event(0, EventKind::requested, 1, 1));
    law.hear(told.event(0, EventKind::granted, 1, 1));
    EXPECT_EQ(law.hear(told.event(20, EventKind::ended, 0)), "");
}

TEST(IdleNodes, AreSilentOfQueuesInWhichBuildsAreStoppedWithoutAWord) {
    Told told;
    told.cast.changes[1].depends_on = {0};
    IdleNodes law(told.cast);
    law.hear(told.event(0, EventKind::enqueued, 1));
    law.hear(told.event(0, EventKind::requested, 1, 1));
    EXPECT_EQ(law.hear(told.event(20, EventKind::ended, 0)), "");
}

TEST(Approvals, AreOfOnePatchSet) {
    Told told;
    told.scenario.load.listed->changes[0].enqueue_at = {{0, 10}};
    ScriptedEvent scripted;
    scripted.at = 50;
    scripted.kind = ScriptedEventKind::new_patchset;
    scripted.changes = {"A"};
    told.scenario.load.listed->events = {scripted};
    for (const bool keeps : {false, true}) {
        told.scenario.load.listed->events.front().keeps_approval = keeps;
        Approvals law(told.cast);
        EXPECT_NE(law.hear(told.event(5, EventKind::enqueued, 0)), "") << "before anybody approved it";
        EXPECT_EQ(law.hear(told.event(10, EventKind::enqueued, 0)), "");
        law.hear(told.event(50, EventKind::patchset, 0, 2));
        EXPECT_EQ(law.hear(told.event(60, EventKind::enqueued, 0)).empty(), keeps);
    }
}

TEST(Approvals, WhereTheirTimeIsSaidAskingIsNone) {
    Told told;
    ListedChange& change = told.scenario.load.listed->changes[0];
    change.enqueue_at = {{0, 10}};
    change.approved_at = 30;
    Approvals law(told.cast);
    EXPECT_NE(law.hear(told.event(10, EventKind::enqueued, 0)), "");
    EXPECT_EQ(law.hear(told.event(30, EventKind::enqueued, 0)), "");
}

TEST(Holds, NobodyLandsInAFreezeButWhoIsExempt) {
    Told told;
    told.scenario.pipelines[0].strategy.name = "zuul";
    told.scenario.pipelines[0].exempt.changes = {"B"};
    for (const Hold hold : {Hold::freeze, Hold::thaw}) told.scenario.timeline.emplace_back().hold = hold;
    Holds law(told.cast);
    EXPECT_EQ(law.hear(told.event(10, EventKind::landed, 2)), "");
    law.hear(told.event(20, EventKind::setting, 0, 0));
    EXPECT_NE(law.hear(told.event(30, EventKind::landed, 0)), "");
    EXPECT_EQ(law.hear(told.event(30, EventKind::landed, 1)), "");
    EXPECT_EQ(law.hear(told.event(30, EventKind::requested, 0)), "") << "tests go on";
    law.hear(told.event(40, EventKind::setting, 0, 1));
    EXPECT_EQ(law.hear(told.event(40, EventKind::landed, 0)), "");
}

TEST(Holds, StepsAndHoursAreEachEnough) {
    Told told;
    told.scenario.pipelines[0].strategy.name = "zuul";
    for (const bool by_hours : {false, true})
        for (const Hold hold : {Hold::freeze, Hold::thaw}) {
            told.scenario.timeline.emplace_back().hold = hold;
            told.scenario.timeline.back().by_hours = by_hours;
        }
    Holds law(told.cast);
    law.hear(told.event(10, EventKind::setting, 0, 0));
    law.hear(told.event(20, EventKind::setting, 0, 2));
    law.hear(told.event(30, EventKind::setting, 0, 1));
    EXPECT_NE(law.hear(told.event(30, EventKind::landed, 0)), "");
    law.hear(told.event(40, EventKind::setting, 0, 3));
    EXPECT_EQ(law.hear(told.event(40, EventKind::landed, 0)), "");
}

TEST(Holds, ADrainingQueueLandsThoseWhoStoodThere) {
    Told told;
    told.scenario.pipelines[0].strategy.name = "trunk";
    for (const Hold hold : {Hold::freeze, Hold::thaw}) told.scenario.timeline.emplace_back().hold = hold;
    Holds law(told.cast);
    law.hear(told.event(10, EventKind::enqueued, 0));
    law.hear(told.event(20, EventKind::setting, 0, 0));
    law.hear(told.event(30, EventKind::enqueued, 1));
    EXPECT_EQ(law.hear(told.event(40, EventKind::landed, 0)), "");
    EXPECT_NE(law.hear(told.event(40, EventKind::landed, 1)), "");
}

TEST(Holds, NothingStartsAndNobodyLandsInAPause) {
    Told told;
    for (const Hold hold : {Hold::pause, Hold::resume}) told.scenario.timeline.emplace_back().hold = hold;
    Holds law(told.cast);
    law.hear(told.event(20, EventKind::setting, 0, 0));
    EXPECT_EQ(law.hear(told.event(20, EventKind::build_started, 0)), "") << "at this very instant, before it";
    EXPECT_NE(law.hear(told.event(30, EventKind::build_started, 0)), "");
    EXPECT_NE(law.hear(told.event(30, EventKind::requested, 0)), "");
    EXPECT_NE(law.hear(told.event(30, EventKind::landed, 0)), "");
    law.hear(told.event(40, EventKind::setting, 0, 1));
    EXPECT_EQ(law.hear(told.event(40, EventKind::landed, 0)), "");
}

Job& only_job(Told& told) {
    return told.scenario.projects[0].pipelines[0].jobs[0];
}

TEST(LostRuns, TakeNoNodesUntilTheyAreOver) {
    Told told;
    only_job(told).never_reports = 0.5;
    LostRuns law(told.cast);
    EXPECT_EQ(law.hear(told.event(0, EventKind::unreported, 0)), "");
    EXPECT_NE(law.hear(told.event(10, EventKind::requested, 0, 1)), "");
    EXPECT_NE(law.hear(told.event(10, EventKind::build_started, 0)), "");
    EXPECT_EQ(law.hear(told.event(10, EventKind::requested, 1, 1)), "") << "of another one";
    EXPECT_NE(law.hear(told.event(10, EventKind::unreported, 0)), "");
    law.hear(told.event(20, EventKind::reset, 0));
    EXPECT_EQ(law.hear(told.event(20, EventKind::requested, 0, 1)), "");
}

TEST(LostRuns, HaveAChanceOrAScript) {
    Told told;
    LostRuns law(told.cast);
    EXPECT_NE(law.hear(told.event(0, EventKind::unreported, 0)), "");
    told.scenario.load.listed->changes[1].jobs.emplace_back().job = 0;
    told.scenario.load.listed->changes[1].jobs.back().never_reports = true;
    EXPECT_EQ(law.hear(told.event(0, EventKind::unreported, 1)), "");
}

TEST(LostRuns, AreAllWhereThatIsCertain) {
    Told told;
    only_job(told).never_reports = 1.0;
    only_job(told).never_reports.steps.push_back({50, 0.0});
    LostRuns law(told.cast);
    EXPECT_NE(law.hear(told.event(0, EventKind::requested, 0, 1)), "");
    EXPECT_EQ(law.hear(told.event(50, EventKind::requested, 1, 1)), "");
}

TEST(LostRuns, ThatHangEndAtTheirTimeoutOrByHand) {
    const auto ends = [](Time limit, Time at, Result result) {
        Told told;
        only_job(told).hangs = 1.0;
        only_job(told).timeout = limit;
        LostRuns law(told.cast);
        Event e = told.event(10, EventKind::build_started, 0);
        e.build = 7;
        law.hear(e);
        e = told.event(at, EventKind::build_ended, 0);
        e.build = 7;
        e.result = result;
        return law.hear(e);
    };
    EXPECT_EQ(ends(60, 70, Result::timeout), "");
    EXPECT_NE(ends(60, 60, Result::timeout), "");
    EXPECT_NE(ends(60, 70, Result::success), "");
    EXPECT_NE(ends(0, 70, Result::timeout), "");
    EXPECT_EQ(ends(0, 20, Result::canceled), "");
}

TEST(LostRuns, KeepTheirNodesWhereNothingEverStopsThem) {
    for (const bool for_ever : {true, false}) {
        Told told;
        only_job(told).hangs = 0.5;
        only_job(told).runs_on_unneeded = for_ever ? kNever : 0;
        LostRuns law(told.cast);
        law.hear(told.event(10, EventKind::build_started, 0));
        EXPECT_EQ(law.keeps(0), for_ever);
        law.hear(told.event(20, EventKind::released, 0));
        EXPECT_FALSE(law.keeps(0));
    }
}

}  // namespace

}  // namespace gatesim
