// What the products do that their models here do not.
#include "strategy/products.hpp"

namespace gatesim {

namespace {

struct Missing {
    const char* strategy;  ///< its presets miss it too
    const char* what;
};

constexpr Missing kMissing[] = {
    {"zuul", "the wall time of the scheduler itself; its decisions take no time"},
    {"zuul",
     "Zuul's later releases, except where a parameter names one (circular dependencies, early failure "
     "detection)"},
    {"zuul", "supercedent and serial managers as gates, and configuration that changes with a change"},
    {"tide", "queries, labels and contexts of others: a change is in the pool from its approval"},
    {"tide", "the commands of Prow's other plugins, such as /retest by a robot"},
    {"bors-ng", "try builds, delegation and patches by several reviewers"},
    {"bors-ng", "the forge's own delay before it says whether a pull request can be merged"},
    {"github", "pull requests that bypass the queue, unless as an event `merge`"},
    {"github", "that runs of a deleted group go on, unless its jobs say `unneeded_builds`: \"never\""},
    {"github", "branch protection that fails for another reason than a job"},
    {"github", "merge methods: a group is one push whatever they are"},
    {"gitlab-train", "merge immediately and the skip of a train without restart, unless as an event `merge`"},
    {"gitlab-train", "a pipeline that is retried by hand while the car stays on the train"},
    {"gitlab-train", "pipelines that are blocked by a manual job"},
    {"mergify", "several queues with priorities of their own, and checks that a more urgent pull request interrupts"},
    {"trunk", "the priority `urgent`, which stops what is under test"},
    {"mergify", "a batch size between a minimum and a maximum, which grows with the backlog"},
    {"mergify", "the mode `isolated`"},
    {"mergify", "batches that are put together by likeness of their scopes; here the oldest fill a batch"},
    {"mergify", "a time limit that is reckoned from past runs"},
    {"rust-bors",
     "that people read the log of a red rollup: who is suspected is the change that looks worst to the "
     "scenario's signals"},
    {"rust-bors", "the command retry for a rollup that was red through a flake"},
    {"rust-bors", "try builds, and the order by number"},
    {"rust-bors",
     "that who rolls up sees conflicts: what does not merge is taken out one by one, at no cost of builds"},
    {"rust-bors", "performance runs after a rollup, apart from the builds of `unroll`"},
    {"submitqueue-oss",
     "that a change lands before those it depends on are decided once passed builds cover all their "
     "outcomes (since 31 August 2026); bypass does that for the other presets"},
    {"submitqueue-oss",
     "a build budget and a scorer that differ by queue; all changes are equally likely to land here"},
    {"submitqueue-oss", "batches of several requests, which its own batch stage does not make yet either"},
    {"submitqueue-oss", "messages that arrive late or twice"},
    {"chromium-cq", "changes of one topic or stack that are submitted together"},
    {"chromium-cq", "the limit on submissions by time"},
    {"chromium-cq", "the quota of runs of a user, and builders that run for a share of changes only"},
    {"chromium-cq", "retries of single tests and shards within a builder: a retry repeats the job"},
};

/// The strategy of whose original the preset is another setting; itself otherwise.
std::string original_of(const std::string& name) {
    const auto starts = [&](const char* with) { return name.rfind(with, 0) == 0; };
    if (starts("zuul-")) return "zuul";
    if (name == "github-headgreen") return "github";
    if (name == "gitlab") return "gitlab-train";
    return name;
}

}  // namespace

std::vector<std::string> not_modelled(const std::string& strategy) {
    std::vector<std::string> out;
    for (const Missing& missing : kMissing)
        if (original_of(strategy) == missing.strategy) out.emplace_back(missing.what);
    return out;
}

}  // namespace gatesim
