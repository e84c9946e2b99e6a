// Mergify's queue: cumulative cars of several changes; a red one is cut into prefixes that are tested at once.
//
// Source: its documentation (SOURCES.md, mergify).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Mergify : WindowPolicy {
    Mergify() {
        window = 5;
        wait = 30 * kSecond;
        urgent_first = true;
        on_red = "prefixes";
        infer = true;
        optimistic = true;
        behind_red = "stop";
        cancels_at_pause = true;
    }
};

const std::vector<Field<Mergify>> kFields =
    window_fields<Mergify>({"window", "batch", "wait", "urgent_first", "optimistic", "lanes", "on_red", "infer",
                            "divisions", "timeout", "evict", "behind_red", "tolerance", "fail_fast", "retries", "retry",
                            "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"mergify",
      "Test several cars of several changes at once; a red car is cut into prefixes, and the first red prefix holds "
      "the culprit",
      "Waiting changes fill cars of up to `batch` changes, each tested on all cars ahead of it (with lanes = "
      "footprint, only on those that share targets with it). A green car also lands the cars ahead of it that have not "
      "finished. When a car is red, the cars behind it stop, and their changes go back to the queue. Of a red car "
      "without the last change as many prefixes as the window holds (two at least) are tested at once; those before "
      "the first red one land, what comes after it goes back to the queue, and it is cut again. If all are green, the "
      "last change, which none holds, is to blame without another test. Choose cars of 5 to 10 changes below 2 % "
      "failures, 3 to 5 up to 5 %, 2 to 3 above. Counter-strategy: github, which shares no builds; batch, which tests "
      "one batch at a time.",
      "",
      {},
      {"reorders: with urgent_first, a change of a higher priority goes before those that are not under test yet",
       "independence, reorders: with lanes = footprint, a change is not tested on the changes ahead with which it "
       "shares no target, and may land before them",
       "untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; with without_patch, "
       "in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("window", {5, 10}), tries("batch", {1, 2, 5, 10})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
