// Scenarios that must load.
#pragma once

#include <gtest/gtest.h>

#include "scenario/load_scenario.hpp"
#include "unit/scenario/strategies.hpp"

namespace gatesim::testing {

inline Scenario load_good(const std::string& document, const std::vector<std::string>& sets = {}) {
    LoadOptions options;
    options.strategies = strategies();
    options.sets = sets;
    Loaded loaded = load_scenario_text(document, "good.json", SCENARIO_TESTS "/data", options);
    EXPECT_TRUE(loaded.scenario.has_value()) << text(loaded.diagnostics) << document;
    return loaded.scenario ? std::move(*loaded.scenario) : Scenario{};
}

/// The smallest scenario with more keys.
inline Scenario load_with(const std::string& keys, const std::string& jobs = R"("unit": {"duration": "9m"})") {
    return load_good(R"({"load": {"changes": {}}, "jobs": {)" + jobs + "}" + (keys.empty() ? "" : ", " + keys) + "}");
}

/// The same with another load.
inline Scenario load_of(const std::string& load, const std::string& keys = "") {
    return load_good(R"({"load": {)" + load + R"(}, "jobs": {"unit": {"duration": "9m"}, "full": {"duration": "1h"}})" +
                     (keys.empty() ? "" : ", " + keys) + "}");
}

/// One of every key, for the agreement with the schema.
inline const char* const kEverything = R"({
 "$schema": "../schema/scenario.json", "format": 1, "title": "everything", "notes": ["for", {"people": 1}],
 "period": {"kind": "steady", "start": "2013-06-24T00:00", "length": "7d", "timezone": "Europe/Berlin", "notes": 1},
 "replications": 20,
 "load": {
  "changes": {
   "notes": "two changes",
   "first": {"project": "nova", "branch": "stable/grizzly", "author": "ann", "kind": "doc", "enqueue_at": {"check": "0s", "gate": "10m"},
             "approved_at": "2013-06-24T01:00", "conflicts_with": ["second"], "files": ["doc/index.rst"], "touches": ["//doc"],
             "jobs": {"unit": {"duration": "5m", "fails_with": ["second"], "fails_on_run": [0, 2], "retry_runs": [1], "hangs_on_run": [3], "never_reports": false, "child_jobs": ["full"]},
                      "full": {"fails": true, "fails_without": ["first"], "node_failure": false}}},
   "second": {"project": "neutron", "enqueue_at": null, "depends_on": ["first"], "git_depends_on": ["first"], "merge_conflict": true,
              "fail_merge": true, "breaks": ["unit"]}},
  "events": [{"at": "1h", "type": "new_patchset", "change": "first", "enqueue": ["check"], "jobs": {"unit": {}}},
             {"at": "2013-06-24T02:00Z", "type": "promote", "changes": ["second"], "pipeline": "gate", "notes": "by hand"}],
  "after_ejection": {"retry": "50%", "after": {"dist": "lognormal", "p50": "2h", "p95": "1d"}, "max": 3, "place": "front"},
  "footprint": {"targets": 20000, "size": {"p50": 2, "p95": 100}, "popularity": 0.7, "large": "7.9%"}},
 "strategy": {"name": "zuul", "window": 5, "factor": 1.5, "bypass": 0.1, "patience": "5m", "eager": true, "on_failure": "cancel-behind", "notes": ""},
 "defaults": {"job": {"runs_on": "static", "duration_scale": 0.85, "attempts": 5}, "project": {"queue": "integrated"},
              "pipeline": {"precedence": "low"}, "pool": {"boot": "1m"}, "merge_time": {"dist": "uniform", "low": "1s", "high": "3s"},
              "relative_priority": true, "long_node_wait": "10m", "semaphores": {"database": 2, "slots": {"limit": 3, "grants": "in_order_of_queue"}}},
 "jobs": {"unit": {"duration": {"dist": "gamma", "mean": "9m", "cv": 0.3}, "timeout": "1h", "nodes": 2, "flake": "0.5%", "no_result": "1%", "never_reports": "0.2%", "hangs": "0.1%", "catches": 3,
                   "files": ["\\.py$"], "irrelevant_files": ["^doc/"], "branches": ["master", "stable/.*"], "kinds": ["code", "doc"],
                   "duration_per": "change", "flake_per": "change", "retry_tests": {"times": 2, "cost": "10%"}, "unneeded_builds": {"stopped_after": "2m"}, "concurrency": "unit-{branch}", "reuses_green": true, "selection": {"recall": "95%", "cost": "30%"}},
          "full": {"duration": {"file": "durations.csv", "column": "duration_s", "where": {"job": "full"}}, "runs_on": "big", "voting": false,
                   "needs": ["unit", {"job": "noop", "soft": true}], "hold_following_changes": true, "semaphore": {"name": "database", "resources_first": true},
                   "concurrency": {"group": "{project}-{job}-{change}", "cancel_in_progress": true}},
          "shard": {"count": 3, "duration": "9m", "runs_on": "big"}},
 "templates": {"integrated": {"gate": ["unit", {"full": {"voting": true}}], "check": ["noop"]}},
 "projects": {"nova": {"templates": ["integrated"]}, "neutron": {"queue": "network", "check": ["unit"], "gate": [{"unit": {"duration_scale": 2}, "notes": "slower"}]}},
 "queues": {"docs": {"projects": [], "pipeline": "gate"}},
 "pipelines": {"check": {"manager": "independent", "ignore_dependencies": true, "precedence": "normal"},
               "gate": {"manager": "dependent", "precedence": "high", "dequeue_on_new_patchset": false, "reject_after_failure": true, "clean_check": "check", "strategy": "serial",
                        "freeze": [{"from": "2013-06-28T17:00", "until": "2013-06-29T08:00"}, {"hours": {"from": "0:00", "until": "24:00", "days": "Sa,Su", "zone": "Europe/Berlin"}}],
                        "pause": [{"at": "4d", "for": "1h"}], "frozen": false, "paused": false, "exempt": {"kinds": ["hotfix"], "changes": ["first"], "priority": 5}},
               "post": {"manager": "supercedent"}},
 "pools": {"static": {"nodes": "unlimited", "when_short": "wait"},
           "devstack": {"nodes": 400, "when_short": "fail", "grants": "in_order_of_queue", "labels": ["big", "small"], "boot": {"dist": "exponential", "mean": "2m"}, "single_use": true, "launch_failure": "2%",
                        "launch_attempts": 4, "start_delay": "5s", "abort_delay": "10s", "compute": "ps", "nodes_per_host": 6, "cores_per_host": 4.5, "price": "0.12 USD/h", "region": "DFW", "provider": "rax"},
           "cloud": {"labels": ["small"], "scaling": {"rule": "arc", "counts_coming": false, "notes": ""}, "nodes": 2, "min": 1, "max": 40, "poll": "30s", "signal_delay": "1m",
                     "keep_warm": [{"hours": "Mo-Fr 9-17", "nodes": 5}], "provision": "20s", "boot_timeout": "10m", "boot_timeout_from": "up", "stop_time": "1m",
                     "back_off": "2m", "lifetime": "1d", "max_uses": 10, "single_use": false, "quota": "account", "fall_back_after": "10m",
                     "spot": {"rate": "0.1/h", "notice": "2m", "retry_on": "devstack"}, "price_idle": "0.1 USD/h", "price_boot": "0.05 USD/h"}},
 "quotas": {"account": 50},
 "failures": {"defect": "5%", "semantic_conflict": "0.1%", "textual_conflict": "1%", "failed_submit": "0.2%", "withdraw": "10%", "defect_run": 2.3,
              "overlap": {"semantic": "1%", "textual": "0.5%"}, "repair": {"dist": "lognormal", "p50": "2h", "p95": "1d"},
              "notice": {"after": {"dist": "exponential", "mean": "4h"}, "how": "repair"},
              "troubles": {"mirror": {"every": "3d", "lasts": {"dist": "exponential", "mean": "2h"}, "pool": "devstack", "jobs": ["full"], "fails": "60%"},
                           "registry": {"at": ["2013-06-25T09:00", "3d"], "for": "90m"}},
              "races": {"classification": "off",
               "born": {"per_landing": "1%", "strength": {"p50": "0.05%", "p95": "2%"}, "jobs": 2, "fades": "300d",
                        "factors": {"region": "10%", "provider": "5%", "hours": "5%", "with": "5%", "concurrency": "10%", "crowd": 20}},
               "handling": {"look": "10%", "classify": "2d", "urgent": 4, "fix": {"dist": "exponential", "mean": "30d"}, "revert": "5%", "quarantine": 50},
               "listed": [
                {"name": "leak", "strength": "0.5%", "jobs": ["full"], "at": "1h", "until": "2013-06-29", "fingerprint": {"layer": "n-cpu", "lines": ["timed out"]}},
                {"name": "a", "strength": "1%", "factor": {"pool": "cloud"}}, {"name": "b", "strength": "1%", "factor": {"region": "DFW"}},
                {"name": "c", "strength": "1%", "factor": {"provider": "rax"}}, {"name": "d", "strength": "1%", "factor": {"hours": "Mo-Fr 9-17"}},
                {"name": "e", "strength": "1%", "factor": {"concurrency": 20}}, {"name": "f", "strength": "1%", "factor": {"with": "neutron"}},
                {"name": "g", "strength": "1%", "factor": {"after": "second"}}, {"name": "h", "strength": "1%", "factor": {"from": "1d", "until": "3d"}}]}},
 "prices": {"delay": "12 USD/h"},
 "signals": {"passes": {"good_hits": "99%", "bad_hits": "80%", "confidence": 1.5}, "conflicts": {"auc": "85%"}, "duration": "5%"},
 "timeline": [{"at": "2d", "set": {"/pools/devstack/nodes": "unlimited"}}, {"at": "1d", "set": {"/pools/devstack/nodes": 0}},
              {"at": "3d", "set": {"/jobs/full/flake": "4%", "/defaults/semaphores/database": 3, "notes": "a bad day"}}],
 "observed": {"file": "load.csv", "rules": {"then": {"name": "zuul", "on_failure": "cancel-behind"}, "now": "zuul-wide"}},
 "expect": ["gate_time_s.p95 <= 45m", "landed >= 100", "waste_share < 20%"]
})";

}  // namespace gatesim::testing
