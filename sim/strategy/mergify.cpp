// Mergify's queue: cumulative cars of several changes; a red one is cut into prefixes that are tested at once.
//
// Source: its documentation (research: policies, section 7.1).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Mergify : WindowPolicy {
    Mergify() {
        window = 5;
        wait = 30 * kSecond;
        on_red = "prefixes";
        infer = true;
        optimistic = true;
    }
};

const std::vector<Field<Mergify>> kFields = window_fields<Mergify>(
    {"window", "batch", "wait", "optimistic", "lanes", "on_red", "infer", "divisions", "timeout", "evict", "tolerance",
     "fail_fast", "retries", "retry", "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"mergify",
      "Cars of several changes tested at once; a red one is cut into prefixes, and the first red one is to blame",
      "What waits is filled into cars of up to batch changes, each tested on all before it (or, lanes: footprint, on "
      "those it shares targets with). A green car lands those before it that have not finished. When the first car is "
      "red, what is behind starts again later, and as many prefixes of it as the window holds are tested at once; the "
      "first red part holds the culprit. Choose cars of 5 to 10 below 2 % failures, 3 to 5 up to 5 %, 2 to 3 above. "
      "Counter-strategy: github, which shares no builds; batch, which tests one batch at a time.",
      "",
      {},
      {"independence, reorders: with lanes by footprint, a change is not tested on those ahead with which it shares no "
       "target, and may land before them",
       "untested: with quarantine, changes land although jobs failed that have proved flaky; with without_patch, "
       "although jobs are red that are red without them too"},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
