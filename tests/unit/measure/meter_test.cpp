#include "measure/meter.hpp"

#include <gtest/gtest.h>

#include "unit/record/told.hpp"

namespace gatesim {
namespace {

using told::Told;

std::optional<double> value(Meter& meter, const char* name) {
    return meter.values().at(*find_metric(name));
}

TEST(Meter, CountsByLastOutcomeAndMeasuresWaste) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    tell_three(t);
    EXPECT_EQ(value(meter, "arrived"), 3);
    EXPECT_EQ(value(meter, "landed"), 2);
    EXPECT_EQ(value(meter, "ejected"), 1);
    EXPECT_EQ(value(meter, "in_flight"), 0);
    EXPECT_EQ(value(meter, "builds"), 4);
    EXPECT_EQ(value(meter, "builds_cancelled"), 1);
    EXPECT_EQ(value(meter, "builds_per_landed"), 2);
    EXPECT_EQ(value(meter, "gate_resets"), 1);
    EXPECT_EQ(value(meter, "innocent_ejections"), 0);
    EXPECT_DOUBLE_EQ(*value(meter, "node_hours"), 27.0 / 60);  // 10 + 4 + 3 + 10 minutes
    EXPECT_DOUBLE_EQ(*value(meter, "node_hours_wasted"), 3.0 / 60);
    EXPECT_DOUBLE_EQ(*value(meter, "waste_share"), 3.0 / 27);
    EXPECT_DOUBLE_EQ(*value(meter, "node_utilisation"), 27.0 / (17 * 10));
    EXPECT_DOUBLE_EQ(*value(meter, "queue_length_mean"), (1 + 2 + 3 * 8 + 7) / 17.0);
    EXPECT_EQ(value(meter, "queue_length_max"), 3);
    EXPECT_DOUBLE_EQ(*value(meter, "gate_time_s.mean"), (10 + 9 + 15) * 60 / 3.0);
    EXPECT_EQ(value(meter, "gate_time_s.p50"), 600);
    EXPECT_EQ(value(meter, "landing_time_s.p99"), 900);
    EXPECT_EQ(value(meter, "window_mean"), std::nullopt);
    EXPECT_EQ(value(meter, "cost"), std::nullopt);
    EXPECT_EQ(value(meter, "check_time_s.mean"), std::nullopt);
    EXPECT_EQ(value(meter, "main_green_share"), 1);
}

TEST(Meter, CountsSuccessesThatStoodInForABuild) {
    Told t;
    Meter meter(t.scenario, 10 * kMinute);
    t.ledger.add(meter);
    for (const Result result : {Result::success, Result::success, Result::failure}) {
        Event e = t.make(EventKind::job_taken_over);
        e.result = result;
        t.tell(e);  // the first within the warm-up
        t.now += 10 * kMinute;
    }
    t.finish();
    EXPECT_EQ(value(meter, "builds_saved"), 1);
}

TEST(Meter, WhoIsDisplacedIsInnocentAndItsBuildWasForNothing) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    t.arrive(0);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.now += kHour;
    Event e = t.make(EventKind::job_failed_without_build);
    e.item = e.attempt = e.job = e.build = 0;
    e.result = Result::displaced;
    e.cause = Cause::displaced;
    e.reason.change = 1;
    t.tell(e);
    t.report(0, Outcome::failure, {Why::job_failed, 0, 0, 0});
    t.end(0, 0, Result::canceled);
    t.finish();
    EXPECT_EQ(value(meter, "innocent_ejections"), 1);
    EXPECT_EQ(value(meter, "ejections_infrastructure"), 1);
    EXPECT_DOUBLE_EQ(*value(meter, "node_hours_red"), 1);
}

TEST(Meter, WarmUpCountsNowhere) {
    Told t;
    t.scenario.period.length = 100 * kMinute;
    Meter meter(t.scenario, 30 * kMinute);
    t.ledger.add(meter);
    for (ItemId i : {0u, 1u}) {  // 0:00 to 0:20, and 0:40 to 1:00
        t.now = 40 * kMinute * i;
        t.arrive(i);
        t.enqueue(i, i);
        t.prepare(i, i, i);
        t.start(i, i, i, 0);
        t.now += 20 * kMinute;
        t.end(i, i, Result::success);
        t.report(i, Outcome::landed);
    }
    t.finish();
    EXPECT_EQ(value(meter, "arrived"), 1);
    EXPECT_EQ(value(meter, "landed"), 1);
    EXPECT_EQ(value(meter, "builds"), 1);
    EXPECT_EQ(value(meter, "landing_time_s.mean"), 1200);
    EXPECT_DOUBLE_EQ(*value(meter, "queue_length_mean"), 20.0 / 70);
    EXPECT_DOUBLE_EQ(*value(meter, "landed_per_day"), 24.0 * 60 / 70);
    const std::vector<double> series = meter.queue_series();  // slices of 12 s, warm-up included
    ASSERT_EQ(series.size(), kSlices);
    EXPECT_DOUBLE_EQ(series[0], 1);
    EXPECT_DOUBLE_EQ(series[99], 1);
    EXPECT_DOUBLE_EQ(series[100], 0);
    EXPECT_DOUBLE_EQ(series[200], 1);
    EXPECT_DOUBLE_EQ(series[300], 0);
}

/// arrived = landed + ejected + withdrawn + in flight after every single event.
struct Conservation : LedgerListener {
    const Standings* standings = nullptr;
    std::size_t arrived = 0;
    void on(const Event& event, const Ledger&) override {
        if (event.kind == EventKind::arrived) ++arrived;
        ASSERT_EQ(standings->arrived(), arrived);
    }
};

TEST(Meter, AChangeThatComesBackIsInFlightAgain) {
    Told t;
    Meter meter(t.scenario);
    Conservation conservation;
    conservation.standings = &meter.standings();
    t.ledger.add(meter);
    t.ledger.add(conservation);
    const Standings& s = meter.standings();
    t.arrive(0);
    EXPECT_EQ(s.count(Standing::in_flight), 1u);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.now = kMinute;
    t.end(0, 0, Result::failure, Cause::flake);
    t.report(0, Outcome::failure, {Why::job_failed, kNone, 0, 0});
    EXPECT_EQ(s.count(Standing::ejected), 1u);
    t.now = 10 * kMinute;
    t.enqueue(1, 0, Why::came_back);
    EXPECT_EQ(s.count(Standing::ejected), 0u);
    EXPECT_EQ(s.count(Standing::in_flight), 1u);
    t.now = 12 * kMinute;
    t.report(1, Outcome::landed);
    t.finish();
    EXPECT_EQ(s.count(Standing::landed), 1u);
    EXPECT_EQ(value(meter, "landing_time_s.mean"), 720);
    EXPECT_EQ(value(meter, "innocent_ejections"), 1);
    EXPECT_EQ(value(meter, "innocent_share"), 1);
    EXPECT_EQ(value(meter, "innocents_landed"), 1);
    EXPECT_EQ(value(meter, "ejections"), 1);
    EXPECT_EQ(value(meter, "ejected"), 0);
}

TEST(Meter, TheInnocentShareCountsChangesNotEjections) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    for (ChangeId c : {0u, 1u, 2u, 3u}) t.arrive(c);
    // Change 0 twice through a flake, change 1 once through its own defect, 2 and 3 not at all.
    const struct {
        ChangeId change;
        Cause cause;
    } stays[] = {{0, Cause::flake}, {0, Cause::flake}, {1, Cause::own_defect}};
    std::uint32_t item = 0;
    for (const auto& stay : stays) {
        t.now += kMinute;
        t.enqueue(item, stay.change);
        t.prepare(item, item, stay.change);
        t.start(item, item, item, 0);
        t.now += kMinute;
        t.end(item, item, Result::failure, stay.cause);
        t.report(item, Outcome::failure, {Why::job_failed, kNone, 0, 0});
        ++item;
    }
    t.finish();
    EXPECT_EQ(value(meter, "innocent_ejections"), 2);
    EXPECT_EQ(value(meter, "innocent_share"), 0.25);
    EXPECT_EQ(value(meter, "innocents_landed"), 0);
    EXPECT_EQ(value(meter, "ejections"), 3);
}

TEST(Meter, RemovedChangesAreEjectedAndAbandonedOnesWithdrawn) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    for (ChangeId c : {0u, 1u, 2u}) {
        t.arrive(c);
        t.enqueue(c, c);
    }
    t.now = kMinute;
    t.leave(0, Outcome::removed, {Why::by_hand, kNone, kNone, kNone});
    Event e = t.make(EventKind::withdrawn);
    e.change = 1;
    t.tell(e);
    t.leave(1, Outcome::removed, {Why::abandoned, kNone, kNone, kNone});
    t.finish();
    EXPECT_EQ(value(meter, "ejected"), 1);
    EXPECT_EQ(value(meter, "withdrawn"), 1);
    EXPECT_EQ(value(meter, "in_flight"), 1);
    EXPECT_EQ(value(meter, "arrived"), 3);
    EXPECT_EQ(value(meter, "builds_per_landed"), std::nullopt) << "undefined, not infinite";
}

TEST(Meter, WhoIsMovedUpWasNotEjected) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    t.arrive(0);
    t.enqueue(0, 0);
    t.now = kMinute;
    t.leave(0, Outcome::removed, {Why::promoted, kNone, kNone, kNone});
    EXPECT_EQ(meter.standings().count(Standing::in_flight), 1u);
    t.enqueue(1, 0, Why::promoted);
    t.now = 2 * kMinute;
    t.report(1, Outcome::landed);
    t.finish();
    EXPECT_EQ(value(meter, "ejections"), 0);
    EXPECT_EQ(value(meter, "landing_time_s.mean"), 120);
}

TEST(Meter, AFailedFrontThatLeftItsQueueIsInFlightUntilItReports) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    t.arrive(0);
    t.enqueue(0, 0);
    t.prepare(0, 0, 0);
    t.start(0, 0, 0, 0);
    t.start(1, 0, 0, 1);
    t.end(0, 0, Result::failure, Cause::own_defect);
    t.leave(0, Outcome::failure, {Why::behind_failed_front, 0, 0, 0});
    EXPECT_EQ(meter.standings().count(Standing::in_flight), 1u);
    t.now = kHour;
    t.end(1, 0, Result::success);
    Event e = t.make(EventKind::reported);
    e.item = 0;
    e.change = 0;
    e.attempt = 0;
    e.outcome = Outcome::failure;
    t.tell(e);
    t.finish();
    EXPECT_EQ(value(meter, "ejected"), 1);
    EXPECT_EQ(value(meter, "gate_time_s.mean"), 3600);
    EXPECT_EQ(value(meter, "node_hours_wasted"), 0);
    EXPECT_EQ(value(meter, "queue_length_mean"), 0);
}

TEST(Meter, WindowsCountWhileAChangeIsInTheQueueAndThePeriodLasts) {
    Told t;
    t.scenario.period.length = 20 * kMinute;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    Event e = t.make(EventKind::window);
    e.value = 20;
    t.tell(e);
    t.now = 10 * kMinute;
    t.enqueue(0, 0);
    t.now = 15 * kMinute;
    e.at = t.now;
    e.value = 10;
    t.tell(e);
    t.now = kDay;  // long after the period
    t.finish();
    EXPECT_DOUBLE_EQ(*value(meter, "window_mean"), 15);
    EXPECT_DOUBLE_EQ(*value(meter, "queue_length_mean"), 0.5);
}

TEST(Meter, APeriodLastsToItsEndUnlessTheRunIsCut) {
    for (const bool cut : {false, true}) {
        Told t;
        t.scenario.period.length = 2 * kDay;
        Meter meter(t.scenario);
        t.ledger.add(meter);
        t.arrive(0);
        t.enqueue(0, 0);
        t.now = kDay;
        t.report(0, Outcome::landed);
        Event e = t.make(EventKind::ended);
        e.value = cut ? 1 : 0;
        t.tell(e);
        EXPECT_DOUBLE_EQ(*value(meter, "landed_per_day"), cut ? 1 : 0.5);
        EXPECT_DOUBLE_EQ(*value(meter, "queue_length_mean"), cut ? 1 : 0.5);
    }
}

TEST(Meter, EscapedDefectsTurnTheBranchRed) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    t.arrive(0);
    t.enqueue(0, 0);
    t.now = 3 * kHour;
    t.report(0, Outcome::landed, {}, Cause::semantic_conflict);
    t.now = 4 * kHour;
    t.finish();
    EXPECT_EQ(value(meter, "escaped_defects"), 1);
    EXPECT_DOUBLE_EQ(*value(meter, "main_green_share"), 0.75);
}

TEST(Meter, ARepairTurnsTheBranchGreenAgainOnceNothingIsLeft) {
    Told t;
    Meter meter(t.scenario);
    t.ledger.add(meter);
    const auto undone = [&](EventKind kind, ChangeId change, bool sound) {
        Event e = t.make(kind);
        e.change = change;
        e.value = sound ? 1 : 0;
        t.tell(e);
    };
    for (ChangeId c : {0u, 1u, 2u}) {
        t.arrive(c);
        t.enqueue(c, c);
    }
    t.now = 1 * kHour;
    t.report(0, Outcome::landed, {}, Cause::own_defect);
    t.now = 2 * kHour;
    t.report(1, Outcome::landed, {}, Cause::defect_on_branch);  // it is fine, the branch is not
    t.now = 3 * kHour;
    t.report(2, Outcome::landed, {}, Cause::own_defect);
    t.now = 4 * kHour;
    undone(EventKind::repaired, 0, false);
    t.now = 5 * kHour;
    undone(EventKind::reverted, 2, true);
    t.now = 10 * kHour;
    t.finish();
    EXPECT_EQ(value(meter, "escaped_defects"), 2);
    EXPECT_DOUBLE_EQ(*value(meter, "main_green_share"), 0.6);
}

TEST(Meter, SaysWhenTheQueueOnlyGrew) {
    for (const bool growing : {true, false}) {
        Told t;
        t.scenario.period.length = 100 * kMinute;
        Meter meter(t.scenario);
        t.ledger.add(meter);
        for (ItemId i = 0; i < 100; ++i) {
            t.now = i * kMinute;
            t.enqueue(i, i % 4);
            if (!growing && i > 0) t.leave(i - 1, Outcome::removed);
        }
        t.now = 200 * kMinute;
        t.finish();
        EXPECT_EQ(meter.overloaded(), growing);
    }
}

TEST(Metrics, NamesAreUniqueAndFound) {
    for (std::size_t i = 0; i < metrics().size(); ++i) {
        EXPECT_EQ(find_metric(metrics()[i].name), i);
        EXPECT_FALSE(metrics()[i].formula.empty());
        EXPECT_FALSE(metrics()[i].population.empty());
    }
    EXPECT_EQ(find_metric("gate_time_s"), std::nullopt);
    EXPECT_EQ(find_metric("gate_time_s.p95") != std::nullopt, true);
}

TEST(TimeSample, PercentilesAreMeasuredValues) {
    TimeSample s;
    EXPECT_EQ(s.mean(), std::nullopt);
    EXPECT_EQ(s.percentile(50), std::nullopt);
    for (int i = 20; i >= 1; --i) s.add(i * kSecond);
    EXPECT_EQ(s.percentile(50), 10);
    EXPECT_EQ(s.percentile(90), 18);
    EXPECT_EQ(s.percentile(95), 19);
    EXPECT_EQ(s.percentile(99), 20);
    EXPECT_EQ(s.mean(), 10.5);
}

}  // namespace
}  // namespace gatesim
