// Trunk's queue: a graph of changes by their targets; a red one waits for a witness; red batches are searched aside.
//
// Source: its documentation (SOURCES.md, trunk and aviator).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Trunk : WindowPolicy {
    Trunk() {
        window = 5;
        wait = 5 * kMinute;
        urgent_first = true;
        lanes = "footprint";
        on_red = "aside";
        aside_window = 10;
        freeze = FreezeRule::empties;  // its state "draining", which is meant for a code freeze
    }
};

const std::vector<Field<Trunk>> kFields = window_fields<Trunk>(
    {"window", "batch", "wait", "urgent_first", "tolerance", "optimistic", "lanes", "on_red", "aside_window", "evict",
     "fail_fast", "retries", "retry", "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"trunk",
      "Changes wait only for those they share targets with; a red one may wait for a change behind it to prove it good",
      "Each car is tested on the cars ahead that share a target with it, and on what those were tested on. A red car "
      "is pending: it waits for all the cars it was tested on, and for the verdicts of `tolerance` cars behind it; if "
      "one of those is green, it proves the red car good. So a flake ejects a change only if it strikes tolerance + 1 "
      "times. With optimistic, a green car also lands the cars ahead of it that have no verdict yet. A red batch "
      "leaves the row and is bisected beside it. Choose it for a monorepo of many parts. Counter-strategy: "
      "submitqueue, which also weighs probabilities.",
      "",
      {},
      {"reorders: with urgent_first, a change of a higher priority goes before those that are not under test yet",
       "independence, reorders: with lanes = footprint, a change is not tested on the changes ahead with which it "
       "shares no target, and may land before them",
       "independence, reorders: with on_red = aside, the search for the culprit of a red car goes on while the branch "
       "moves, and changes that stood behind may land first",
       "untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; with without_patch, "
       "in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("window", {5, 10, 20}), tries("batch", {1, 4, 8})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

const bool kBatching = register_preset(
    "trunk-batching", "trunk", "Trunk's queue as its guide sets it up: batches of 4, one witness, optimistic",
    {{"window", std::int64_t{10}}, {"batch", std::int64_t{4}}, {"tolerance", std::int64_t{1}}, {"optimistic", true}});

}  // namespace
}  // namespace gatesim
