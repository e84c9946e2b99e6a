// Whom changes wait for, told by hand.
#include "measure/people_meter.hpp"

#include <gtest/gtest.h>

#include "measure/meter.hpp"
#include "unit/record/told.hpp"

namespace gatesim {
namespace {

using told::Told;

std::optional<double> value(Meter& meter, const char* name) {
    return meter.values().at(*find_metric(name));
}

struct Review : Told {
    Meter meter;
    Review() : meter(scenario) { ledger.add(meter); }
    explicit Review(const Scenario& like) : meter(scenario) {
        scenario.delay_price = like.delay_price;
        scenario.period = like.period;
        ledger.add(meter);
    }

    void person(EventKind kind, Time minute, PersonId who, ChangeId change, int patchset, std::int64_t value = 0,
                Cause cause = Cause::none) {
        Event e;
        e.at = now = minute * kMinute;
        e.kind = kind;
        e.person = who;
        e.change = change;
        e.patchset = patchset;
        e.value = value;
        e.cause = cause;
        tell(e);
    }
    void check(Time from, Time until, ItemId item, ChangeId change, int patchset, Outcome outcome,
               Cause cause = Cause::none) {
        now = from * kMinute;
        Event e = make(EventKind::enqueued);
        e.pipeline = 1;
        e.queue = kNone;
        e.item = item;
        e.change = change;
        e.patchset = patchset;
        tell(e);
        prepare(item, item, change);
        start(item, item, item, 0);
        pending.push_back({until, item, change, patchset, outcome, cause});
    }
    void end_checks(Time minute) {
        for (const Pending& p : pending) {
            if (p.until != minute) continue;
            now = minute * kMinute;
            end(p.item, p.item, p.outcome == Outcome::success ? Result::success : Result::failure, p.cause);
            for (EventKind kind : {EventKind::reported, EventKind::dequeued}) {
                Event e = make(kind);
                e.pipeline = 1;
                e.queue = kNone;
                e.item = p.item;
                e.change = p.change;
                e.patchset = p.patchset;
                e.attempt = p.item;
                e.outcome = p.outcome;
                tell(e);
            }
        }
    }
    struct Pending {
        Time until;
        ItemId item;
        ChangeId change;
        int patchset;
        Outcome outcome;
        Cause cause;
    };
    std::vector<Pending> pending;
};

/// Patch set 1: check 0-60 fails for its defect; patch set 2 at 100, checked 100-160 and read 120-200: more is wanted;
/// patch set 3 at 300: check 300-360, nobody asked until 380, read and approved at 400; in the gate 400-430: ejected;
/// asked again at 500: in the gate 500-530, landed.
void tell_a_life(Review& t) {
    t.person(EventKind::uploaded, 0, 0, 0, 1, 1);
    t.check(0, 60, 10, 0, 1, Outcome::failure, Cause::own_defect);
    t.end_checks(60);
    t.person(EventKind::uploaded, 100, 0, 0, 2);
    t.check(100, 160, 11, 0, 2, Outcome::success);
    t.person(EventKind::assigned, 110, 1, 0, 2);
    t.person(EventKind::review_started, 120, 1, 0, 2);
    t.end_checks(160);
    t.person(EventKind::voted, 200, 1, 0, 2, -1, Cause::own_defect);
    t.person(EventKind::uploaded, 300, 0, 0, 3);
    t.check(300, 360, 12, 0, 3, Outcome::success);
    t.end_checks(360);
    t.person(EventKind::assigned, 380, 1, 0, 3);
    t.person(EventKind::review_started, 390, 1, 0, 3);
    t.person(EventKind::voted, 400, 1, 0, 3, 2);
    t.person(EventKind::approved, 400, 1, 0, 3);
    t.arrive(0);
    t.enqueue(20, 0);
    t.prepare(20, 20, 0);
    t.start(20, 20, 20, 0);
    t.now = 430 * kMinute;
    t.end(20, 20, Result::failure, Cause::flake);
    t.report(20, Outcome::failure);
    t.person(EventKind::rechecked, 500, 0, 0, 3, 1);
    t.enqueue(21, 0);
    t.prepare(21, 21, 0);
    t.start(21, 21, 21, 0);
    t.now = 530 * kMinute;
    t.end(21, 21, Result::success);
    t.report(21, Outcome::landed);
    t.finish();
}

TEST(PeopleMeter, EveryMinuteBelongsToSomebody) {
    Review t;
    tell_a_life(t);
    EXPECT_EQ(value(t.meter, "lead_time_s.mean"), 530 * 60);
    // 60-100 after the red check, 200-300 after the vote, 430-500 after the ejection
    EXPECT_EQ(value(t.meter, "author_time_s.mean"), (40 + 100 + 70) * 60);
    EXPECT_EQ(value(t.meter, "review_time_s.mean"), (90 + 20 + 20) * 60);  // 110-200, 360-380, 380-400
    EXPECT_EQ(value(t.meter, "check_wait_s.mean"), (60 + 10 + 60) * 60);   // 0-60, 100-110, 300-360
    EXPECT_EQ(value(t.meter, "gate_wait_s.mean"), (30 + 30) * 60);
}

TEST(PeopleMeter, CountsWhatALandingTakes) {
    Review t;
    tell_a_life(t);
    EXPECT_EQ(value(t.meter, "patchsets_per_landed"), 3);
    EXPECT_EQ(value(t.meter, "verdicts_per_landed"), 5);
    EXPECT_EQ(value(t.meter, "approvals_per_landed"), 1);
    EXPECT_EQ(value(t.meter, "rechecks"), 1);
    EXPECT_EQ(value(t.meter, "defects_found_in_check"), 1);
    EXPECT_EQ(value(t.meter, "defects_found_in_review"), 1);
    EXPECT_EQ(value(t.meter, "defects_found_in_gate"), 0);
    EXPECT_EQ(value(t.meter, "innocent_ejections"), 1);
    EXPECT_DOUBLE_EQ(*value(t.meter, "reviewer_load"), 1.5 / (530.0 / 1440));
    EXPECT_DOUBLE_EQ(*value(t.meter, "review_queue_mean"), (90 + 20) / 530.0);
    EXPECT_EQ(value(t.meter, "waiting_cost"), std::nullopt);
}

TEST(PeopleMeter, ADefectIsFoundOnce) {
    Review t;
    t.person(EventKind::uploaded, 0, 0, 0, 1, 1);
    t.check(0, 60, 10, 0, 1, Outcome::failure, Cause::own_defect);
    t.person(EventKind::voted, 30, 1, 0, 1, -1, Cause::own_defect);
    t.end_checks(60);
    t.finish();
    EXPECT_EQ(value(t.meter, "defects_found_in_review"), 1);
    EXPECT_EQ(value(t.meter, "defects_found_in_check"), 0);
}

TEST(PeopleMeter, TimeOnTheBranchBeforeARevertIsNobodysWait) {
    Review t;
    t.person(EventKind::uploaded, 0, 0, 0, 1, 1);
    t.person(EventKind::approved, 10, 1, 0, 1);
    for (Time from : {20, 200}) {
        t.now = from * kMinute;
        const auto item = static_cast<ItemId>(from);
        t.enqueue(item, 0);
        t.prepare(item, item, 0);
        t.now += 10 * kMinute;
        t.report(item, Outcome::landed);
        if (from == 200) break;
        t.now = 150 * kMinute;
        Event e = t.make(EventKind::reverted);
        e.change = 0;
        t.tell(e);
    }
    t.finish();
    EXPECT_EQ(value(t.meter, "lead_time_s.mean"), (30 + 60) * 60);
    EXPECT_EQ(value(t.meter, "author_time_s.mean"), 50 * 60);
    EXPECT_EQ(value(t.meter, "gate_wait_s.mean"), (10 + 10 + 10) * 60);
}

TEST(PeopleMeter, WaitingHasAPrice) {
    Scenario priced;
    priced.delay_price = 12;
    Review t(priced);
    tell_a_life(t);
    EXPECT_DOUBLE_EQ(*value(t.meter, "waiting_cost"), 530.0 / 60 * 12);
}

TEST(PeopleMeter, IsSilentWithoutPeople) {
    Review t;
    tell_three(t);
    for (const Metric& metric : metrics()) {
        if (metric.of != MetricOf::people) continue;
        EXPECT_EQ(value(t.meter, metric.name.c_str()), std::nullopt) << metric.name;
    }
}

}  // namespace
}  // namespace gatesim
