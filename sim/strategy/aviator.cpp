// Aviator's queue: everything that waits is tested at once, and a red change waits for one more verdict.
//
// Source: its documentation (SOURCES.md, trunk and aviator).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Aviator : WindowPolicy {
    Aviator() {
        window = 0;
        tolerance = 1;
        optimistic = true;
    }
};

const std::vector<Field<Aviator>> kFields = window_fields<Aviator>(
    {"window", "batch", "wait", "tolerance", "optimistic", "lanes", "on_red", "infer", "aside_window", "divisions",
     "timeout", "evict", "fail_fast", "retries", "retry", "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered =
    register_strategy({{"aviator",
                        "Test everything that waits at once; a green change also lands those ahead of it, a red one "
                        "waits for the verdicts behind it",
                        "Each change is tested on all changes ahead of it, with no limit on how many at once. A failed "
                        "change stays until `tolerance` changes behind it have failed too; a green one behind it lands "
                        "both, since its state contains both. Choose it when nodes are plentiful: a failure restarts "
                        "everything behind it. Counter-strategy: zuul with its moving window.",
                        "",
                        {},
                        {"independence, reorders: with lanes = footprint, a change is not tested on the changes ahead "
                         "with which it shares no target, and may land before them",
                         "independence, reorders: with on_red = aside, the search for the culprit of a red car goes on "
                         "while the branch moves, and changes that stood behind may land first",
                         "untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; "
                         "with without_patch, in spite of jobs that fail without it too"},
                        parameters_of(kFields, {tries("window", {5, 20, 0}), tries("batch", {1, 2, 4})})},
                       [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
                           return std::make_unique<WindowTrials>(filled(kFields, values));
                       }});

}  // namespace
}  // namespace gatesim
