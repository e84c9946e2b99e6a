// A replication told by hand: events as the gate would tell them, without a gate.
#pragma once

#include <string>
#include <vector>

#include "record/ledger.hpp"

namespace gatesim::told {

/// A gate with one queue, one pool and jobs "unit" (0) and "full" (1); changes A, B, C, D.
struct Told {
    Scenario scenario;
    Cast cast;
    Ledger ledger{cast};
    Time now = 0;

    Told() {
        scenario.job_names = {"unit", "full"};
        scenario.pipelines.resize(2);
        scenario.pipelines[0].name = "gate";
        scenario.pipelines[1].name = "check";
        scenario.pipelines[1].manager = Manager::independent;
        scenario.pools.resize(1);
        scenario.pools[0].name = "pool";
        scenario.pools[0].nodes = 10;
        scenario.projects.resize(1);
        scenario.projects[0].name = "p";
        cast.scenario = &scenario;
        cast.queues.push_back({0, "main"});
        for (const char* name : {"A", "B", "C", "D"}) {
            Change change;
            change.name = name;
            cast.changes.push_back(change);
        }
    }

    Event make(EventKind kind) const {
        Event e;
        e.at = now;
        e.kind = kind;
        e.pipeline = 0;
        e.queue = 0;
        return e;
    }
    void tell(const Event& e) { ledger.on(e); }

    void arrive(ChangeId change) {
        Event e = make(EventKind::arrived);
        e.change = change;
        tell(e);
    }
    void enqueue(ItemId item, ChangeId change, Why why = Why::arrived) {
        Event e = make(EventKind::enqueued);
        e.item = item;
        e.change = change;
        e.reason.why = why;
        tell(e);
    }
    void prepare(AttemptId attempt, ItemId item, ChangeId change, std::vector<ChangeId> chain = {}) {
        Event e = make(EventKind::prepared);
        e.item = item;
        e.change = change;
        e.attempt = attempt;
        e.chain = chain;
        tell(e);
    }
    /// Nodes asked for, handed out and ready at once, and the build begun on them. Request and build share their
    /// number.
    void start(BuildId build, AttemptId attempt, ItemId item, JobId job, Time node_wait = 0) {
        Event e = make(EventKind::requested);
        e.item = item;
        e.attempt = attempt;
        e.change = ledger.item(item)->change;
        e.job = job;
        e.request = build;
        e.value = 1;
        tell(e);
        e.kind = EventKind::granted;
        e.at = now += node_wait;
        e.pool = 0;
        e.node = build;
        tell(e);
        e.kind = EventKind::ready;
        tell(e);
        e.kind = EventKind::build_started;
        e.build = build;
        e.value = 0;
        tell(e);
    }
    void end(BuildId build, AttemptId attempt, Result result, Cause cause = Cause::none) {
        Event e = make(EventKind::build_ended);
        e.build = build;
        e.attempt = attempt;
        e.result = result;
        e.cause = cause;
        e.value = result == Result::canceled ? 0 : 1;
        tell(e);
        e = make(EventKind::released);
        e.request = build;
        e.pool = 0;
        tell(e);
    }
    void reset(ItemId item, AttemptId attempt, ItemId cause, Reason reason, std::int64_t builds) {
        Event e = make(EventKind::reset);
        e.item = item;
        e.change = ledger.item(item)->change;
        e.attempt = attempt;
        e.other_item = cause;
        e.reason = reason;
        e.value = builds;
        tell(e);
    }
    void report(ItemId item, Outcome outcome, Reason reason = {}, Cause escaped = Cause::none) {
        Event e = make(EventKind::reported);
        e.item = item;
        e.change = ledger.item(item)->change;
        e.attempt = ledger.item(item)->attempt;
        e.outcome = outcome;
        e.reason = reason;
        tell(e);
        if (outcome == Outcome::landed) {
            e.kind = EventKind::landed;
            e.cause = escaped;
            tell(e);
        }
        leave(item, outcome, reason);
    }
    void waits(ItemId item, Reason reason) {
        Event e = make(EventKind::waits);
        e.item = item;
        e.change = ledger.item(item)->change;
        e.reason = reason;
        tell(e);
    }
    void tested(ItemId item, bool green) {
        Event e = make(EventKind::tested);
        e.item = item;
        e.attempt = ledger.item(item)->attempt;
        e.value = green ? 1 : 0;
        tell(e);
    }
    void leave(ItemId item, Outcome outcome, Reason reason = {}) {
        Event e = make(EventKind::dequeued);
        e.item = item;
        e.change = ledger.item(item)->change;
        e.outcome = outcome;
        e.reason = reason;
        tell(e);
    }
    void finish() { tell(make(EventKind::ended)); }
};

/// A passes in 10 min; B fails unit after 4 min of its own defect, C behind it is reset once and lands; all times in
/// minutes: A 0-10 landed, B 1-10 ejected, C 2-17 landed.
inline void tell_three(Told& t) {
    for (ChangeId c : {0u, 1u, 2u}) {
        t.now = c * kMinute;
        t.arrive(c);
        t.enqueue(c, c);
        t.prepare(c, c, c,
                  c == 0   ? std::vector<ChangeId>{}
                  : c == 1 ? std::vector<ChangeId>{0}
                           : std::vector<ChangeId>{0, 1});
        t.start(c, c, c, 0);
        t.waits(c, {Why::testing, kNone, 0, c});
    }
    t.now = 5 * kMinute;
    t.end(1, 1, Result::failure, Cause::own_defect);
    t.tested(1, false);
    t.waits(1, {Why::failed_waits, 0, kNone, kNone});
    t.reset(2, 2, 1, {Why::ahead_failing, 1, 0, 1}, 1);
    t.end(2, 2, Result::canceled);
    t.prepare(3, 2, 2, {0});
    t.now = 7 * kMinute;
    t.start(3, 3, 2, 0);
    t.now = 10 * kMinute;
    t.end(0, 0, Result::success);
    t.tested(0, true);
    t.report(0, Outcome::landed, {Why::all_passed, kNone, kNone, kNone});
    t.report(1, Outcome::failure, {Why::job_failed, kNone, 0, 1});
    t.now = 17 * kMinute;
    t.end(3, 3, Result::success);
    t.report(2, Outcome::landed, {Why::all_passed, kNone, kNone, kNone});
    t.finish();
}

}  // namespace gatesim::told
