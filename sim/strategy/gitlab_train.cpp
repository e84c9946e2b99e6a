// GitLab's merge train: the first twenty cars are tested at once, and a red one leaves wherever it stands.
//
// Source: its documentation and public source (SOURCES.md, gitlab).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct GitlabTrain : WindowPolicy {
    GitlabTrain() {
        window = 20;
        counts = "all";
        evict = "any-red";
    }
};

const std::vector<Field<GitlabTrain>> kFields =
    window_fields<GitlabTrain>({"window", "counts", "evict", "fail_fast", "retries", "retry", "without_patch",
                                "tolerance", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"gitlab-train",
      "Twenty changes tested at once, each on those ahead; a red one leaves at once, wherever it stands",
      "A fixed window without Zuul's rule of the nearest non-failing change: a change with a red job is dropped even "
      "if the culprit is ahead of it and has not finished, and all changes behind it start again. On average one "
      "broken change costs H(k+1)-1 innocent ones among the k behind it. Choose it to learn what that costs; with "
      "evict = settled-ahead the same train waits. Counter-strategy: zuul.",
      "",
      {},
      {"untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; with without_patch, "
       "in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("window", {5, 10, 20, 40, 0})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

const bool kGitlab = register_preset("gitlab", "gitlab-train", "GitLab's merge train with its default settings", {});

}  // namespace
}  // namespace gatesim
