// Shopify's second queue: three batches of eight tested at once, and a red one waits for three witnesses.
//
// Source: its engineering blog (SOURCES.md, shopify).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Shopify : WindowPolicy {
    Shopify() {
        window = 3;
        batch = 8;
        tolerance = 3;
        optimistic = true;
    }
};

const std::vector<Field<Shopify>> kFields = window_fields<Shopify>(
    {"window", "batch", "wait", "tolerance", "optimistic", "on_red", "infer", "aside_window", "evict", "fail_fast",
     "retries", "retry", "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"shopify",
      "Test three batches of eight at once; a batch counts as red only when the batches behind it are red too",
      "Cars of up to `batch` changes are each tested on those ahead. A red car stays as long as one of the `tolerance` "
      "cars behind it may still prove it good: a green car lands all cars ahead of it. If a suite flakes in a quarter "
      "of its runs, 25 % of 400 sound changes in cars of one are ejected without tolerance, and 2.1, 0.5 and 0.1 % "
      "with a tolerance of 1, 2 and 3. A car that stays red is halved in its place. Choose it for a flaky suite and "
      "many small changes. Counter-strategy: mend "
      "the flakes.",
      "",
      {},
      {"independence, reorders: with on_red = aside, the search for the culprit of a red car goes on while the branch "
       "moves, and changes that stood behind may land first",
       "untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; with without_patch, "
       "in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("window", {3, 6, 12}), tries("batch", {4, 8, 16})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
