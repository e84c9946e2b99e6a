// A team with readers, a check that the gate asks for, bad weather and somebody who notices: what must add up, does.
#include <gtest/gtest.h>

#include <array>

#include "measure/meter.hpp"
#include "record/lives.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/auditor.hpp"
#include "study/little.hpp"
#include "study/replication.hpp"

namespace gatesim {
namespace {

constexpr const char* kTeam = R"({
 "period": {"start": "2013-06-24T00:00Z", "length": "14d", "timezone": "Europe/Berlin"},
 "load": {"people": {
   "review_after_check": false, "contributors": 25, "cycle": {"length": "28d", "start": "2013-06-17T00:00Z"},
   "activity": {"exponent": 1.2, "most": 40}, "zones": {"Europe/Berlin": 2, "America/New_York": 1},
   "changes": {"lines": {"p50": 30, "p95": 400}, "series": ["20%", "30%"]}, "rework": {"mean": "40%"},
   "after_check": {"recheck": "50%"}, "after_gate": {"recheck": "70%"},
   "review": {"approvals": 2, "assignment": "load", "reviewers": {
     "core": {"count": 4, "effort": {"dist": "lognormal", "p50": "20m", "p95": "90m"}, "care": "40%",
              "hours": {"from": "9h", "until": "17h"}}}}}},
 "jobs": {"unit": {"duration": "20m", "flake": "3%", "runs_on": "small"},
          "full": {"duration": {"dist": "lognormal", "p50": "50m", "p95": "80m"}, "flake": "4%", "runs_on": "small"}},
 "pools": {"small": {"nodes": 6, "boot": "2m"}},
 "projects": {"app": {"check": ["unit", "full"], "gate": ["unit", "full"]}},
 "pipelines": {"check": {"manager": "independent"}, "gate": {"clean_check": "check"}},
 "failures": {"defect": "25%", "semantic_conflict": "2%", "notice": {"after": "5h"}, "troubles": {
   "mirror": {"every": {"dist": "exponential", "mean": "2d"}, "lasts": {"dist": "exponential", "mean": "3h"},
              "jobs": ["full"], "fails": "70%"}}},
 "prices": {"delay": "12 USD/h"}})";

Scenario team(const std::string& set = "") {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    if (!set.empty()) options.sets = {set};
    Loaded loaded = load_scenario_text(kTeam, "team.json", ".", options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return loaded.scenario ? std::move(*loaded.scenario) : Scenario{};
}

/// What changes wait for as stations, and their whole way measured from outside.
class Whereabouts final : public LedgerListener {
public:
    void on(const Event& event, const Ledger& ledger) override {
        lives.take(event, ledger);
        if (event.kind == EventKind::ended)
            for (Station& station : stations) station.close(event.at);
        const ChangeLife* life = event.change == kNone ? nullptr : lives.of(event.change);
        if (!life) return;
        if (at_.size() <= event.change) at_.resize(event.change + 1, -1);
        const int now = life->over() ? -1 : static_cast<int>(life->awaits);
        if (event.kind == EventKind::reverted) reverted = true;
        if (event.kind == EventKind::landed && life->whole && !reverted) {
            EXPECT_EQ(life->lead(), event.at - life->uploaded) << "change " << event.change;
            ++landed;
        }
        if (now == at_[event.change]) return;
        if (at_[event.change] >= 0) stations[static_cast<std::size_t>(at_[event.change])].go(event.at, event.change);
        if (now >= 0) stations[static_cast<std::size_t>(now)].come(event.at, event.change);
        at_[event.change] = now;
    }

    Lives lives;
    std::array<Station, kAwaits> stations{Station("author"), Station("review"), Station("check"), Station("gate")};
    int landed = 0;
    bool reverted = false;

private:
    std::vector<int> at_;
};

struct Told final : Observer {
    std::array<int, static_cast<std::size_t>(EventKind::ended) + 1> count{};
    void on(const Event& event) override { ++count[static_cast<std::size_t>(event.kind)]; }
    int of(EventKind kind) const { return count[static_cast<std::size_t>(kind)]; }
};

TEST(People, EverythingAddsUp) {
    const Scenario scenario = team();
    for (std::uint32_t replication : {1u, 2u, 3u}) {
        Cast cast;
        Ledger ledger(cast);
        Meter meter(scenario);
        Whereabouts whereabouts;
        Stations stations;
        Auditor auditor(cast);
        Told told;
        ledger.add(meter);
        ledger.add(whereabouts);
        ReplicationOptions options;
        options.engine = "heap";
        options.replication = replication;
        const ReplicationResult result =
            run_replication(scenario, options, cast, {&ledger, &stations, &auditor, &told});
        EXPECT_EQ(result.broken, "");
        EXPECT_EQ(result.unreadable, "");
        EXPECT_EQ(auditor.fault(), "");
        // Little's law on every station, to the microsecond.
        for (const Station* station : stations.all()) {
            EXPECT_EQ(station->fault(), "");
            EXPECT_GT(station->visits(), 50u) << station->name();
        }
        Time stays = 0, spent = 0;
        for (const Station& station : whereabouts.stations) {
            EXPECT_EQ(station.fault(), "");
            EXPECT_GT(station.visits(), 10u) << station.name();
        }
        for (std::size_t i = 0; i < kAwaits; ++i) stays += whereabouts.stations[i].stays();
        for (const ChangeLife& life : whereabouts.lives.all())
            if (life.over()) spent += life.lead();
        EXPECT_LE(spent, stays);
        EXPECT_GT(whereabouts.landed, 10);

        const MetricValues values = meter.values();
        const auto value = [&](const char* name) { return values[*find_metric(name)].value_or(-1); };
        EXPECT_NEAR(value("lead_time_s.mean"),
                    value("author_time_s.mean") + value("review_time_s.mean") + value("check_wait_s.mean") +
                        value("gate_wait_s.mean"),
                    1e-6 * value("lead_time_s.mean"));
        EXPECT_DOUBLE_EQ(value("waiting_cost"), value("lead_time_s.mean") / 3600 * 12);
        EXPECT_EQ(value("arrived"), value("landed") + value("ejected") + value("withdrawn") + value("in_flight"));
        EXPECT_GT(value("defects_found_in_review"), 0);
        EXPECT_GT(value("defects_found_in_check"), 0);
        EXPECT_GT(value("patchsets_per_landed"), 1.2);
        EXPECT_GT(value("review_queue_mean"), 0);
        EXPECT_GT(value("reviewer_load"), 0);
        EXPECT_LT(value("reviewer_load"), 24);
        EXPECT_EQ(value("rechecks"), told.of(EventKind::rechecked));
        EXPECT_GT(told.of(EventKind::trouble_began), 0);
        EXPECT_LE(told.of(EventKind::trouble_began) - told.of(EventKind::trouble_ended), 1);
    }
}

/// Whoever enters a queue leaves it, whatever the rule: also who fails at the front and runs on outside.
TEST(People, WhoEntersAQueueLeavesIt) {
    for (const char* rule : {"nearest-non-failing", "cancel-behind"}) {
        const Scenario scenario =
            team(R"(/strategy={"name": "zuul", "window": 0, "on_failure": ")" + std::string(rule) + "\"}");
        Cast cast;
        Told told;
        Auditor auditor(cast);
        ReplicationOptions options;
        options.engine = "heap";
        const ReplicationResult result = run_replication(scenario, options, cast, {&auditor, &told});
        EXPECT_EQ(result.broken, "");
        EXPECT_EQ(auditor.fault(), "");
        EXPECT_GT(told.of(EventKind::enqueued), 100);
        EXPECT_EQ(told.of(EventKind::enqueued), told.of(EventKind::dequeued)) << rule;
    }
}

}  // namespace
}  // namespace gatesim
