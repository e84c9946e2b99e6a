// Aviator's queue: everything that waits is tested at once, and a red change waits for one more verdict.
//
// Source: its documentation (research: policies, section 7.2).
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

const bool kRegistered = register_strategy(
    {{"aviator",
      "All that wait are tested at once; a green change proves those ahead of it, a red one waits for a witness",
      "Each change is tested on all ahead of it, as many at once as wait. A change that fails stays until tolerance "
      "changes behind it have failed too; a green one behind it lands both, since its state contains them. Choose it "
      "with nodes without limit: a failure restarts everything behind it. Counter-strategy: zuul with its moving "
      "window.",
      "",
      {},
      {"independence, reorders: with lanes by footprint, a change is not tested on those ahead with which it shares no "
       "target, and may land before them",
       "independence, reorders: with on_red aside, the culprit in a red car is found on a branch that may move on, and "
       "what stood behind may land first",
       "untested: with quarantine, changes land although jobs failed that have proved flaky; with without_patch, "
       "although jobs are red that are red without them too"},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
