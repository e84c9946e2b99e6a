// GitHub's merge queue: cumulative groups of one entry each, a few of them tested at once, landed in groups.
//
// Source: its documentation, and a public trace of it (SOURCES.md, github).
#include "strategy/registry.hpp"
#include "strategy/window_trials.hpp"

namespace gatesim {
namespace {

struct Github : WindowPolicy {
    Github() {
        window = 5;
        group_max = 5;
        group_wait = 5 * kMinute;
        timeout = kHour;
    }
};

const std::vector<Field<Github>> kFields = window_fields<Github>(
    {"window", "group_min", "group_max", "group_wait", "tolerance", "witness", "optimistic", "evict", "behind_red",
     "timeout", "fail_fast", "retries", "retry", "without_patch", "quarantine", "quarantine_runs"});

const bool kRegistered = register_strategy(
    {{"github",
      "Test a few changes at once, each on those ahead of it; green changes land in groups",
      "Each change is tested on the branch and all changes ahead of it. Green changes at the front land as soon as "
      "there are group_min of them or the first one came group_wait ago, at most group_max in one push: groups combine "
      "landings, not builds. A red change gives its place in the window to the next, but leaves only when nothing "
      "ahead of it is undecided; until then those behind it are tested on top of it, and when it leaves they all start "
      "again (ALLGREEN). With tolerance, a later green change of the group, which contains it, saves it (HEADGREEN, "
      "the preset github-headgreen): flakes cost less, but a change may land that is red without its successor. There "
      "a job that is skipped for the later change counts as passed: a change that touches no code can land one that "
      "fails the jobs of the code. Choose it "
      "where builds are short and failures rare. Counter-strategy: zuul, which tests around a failing change at once; "
      "mergify, which shares builds.",
      "",
      {},
      {"untested: with witness = own-jobs (and tolerance or optimistic), a change lands without the jobs that apply "
       "to it but not to the green change behind it",
       "untested: with quarantine, a change lands in spite of failed jobs that have proved flaky; with without_patch, "
       "in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("window", {5, 10, 20, 40, 0})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<WindowTrials>(filled(kFields, values));
     }});

const bool kHeadgreen =
    register_preset("github-headgreen", "github", "GitHub's queue when only the last change of a group must be green",
                    {{"tolerance", std::int64_t{4}}, {"optimistic", true}, {"witness", std::string("own-jobs")}});

}  // namespace
}  // namespace gatesim
