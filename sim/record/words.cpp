#include "record/words.hpp"

#include <fmt/format.h>

#include "model/display_width.hpp"

namespace gatesim {

std::string change_name(const Cast& cast, ChangeId change) {
    return change < cast.changes.size() ? cast.changes[change].name : "?";
}

std::string short_name(const Cast& cast, ChangeId change) {
    constexpr std::size_t kWidth = 16, kProject = 6;
    std::string name = change_name(cast, change);
    if (display_width(name) <= kWidth) return name;
    const Change& c = cast.changes[change];
    const bool known = cast.scenario && c.project < cast.scenario->projects.size();
    std::string project = known ? cast.scenario->projects[c.project].name : "";
    if (name.ends_with("/" + c.branch)) name.resize(name.size() - c.branch.size() - 1);
    if (!project.empty() && name.starts_with(project + "/")) {
        name.erase(0, project.size() + 1);
        project.erase(0, project.rfind('/') + 1);
        name = std::string(cut_to_width(project, kProject)) + "/" + name;
    }
    if (display_width(name) <= kWidth) return name;
    return std::string(cut_to_width(name, kWidth - 1)) + "\u2026";
}

std::string job_name(const Cast& cast, JobId job) {
    return cast.scenario && job < cast.scenario->job_names.size() ? cast.scenario->job_names[job] : "?";
}

std::string queue_name(const Cast& cast, QueueId queue) {
    return queue < cast.queues.size() ? cast.queues[queue].name : "";
}

std::string pipeline_name(const Cast& cast, PipelineId pipeline) {
    return cast.scenario && pipeline < cast.scenario->pipelines.size() ? cast.scenario->pipelines[pipeline].name : "";
}

std::string pool_name(const Cast& cast, PoolId pool) {
    return cast.scenario && pool < cast.scenario->pools.size() ? cast.scenario->pools[pool].name : "";
}

std::string person_name(const Cast& cast, PersonId person) {
    return person < cast.people.size() ? cast.people[person].name : "somebody";
}

std::string race_name(const Cast& cast, RaceId race) {
    if (!cast.scenario) return "?";
    return race_name(cast.scenario->failures.races, race);
}

std::string culprit_name(const Cast& cast, ChangeId culprit, RaceId race) {
    if (race != kNone) return race_name(cast, race);
    return culprit == kNone ? "" : change_name(cast, culprit);
}

std::string reason_text(const Reason& reason, const Cast& cast) {
    const std::string change = reason.change == kNone ? "the change ahead" : change_name(cast, reason.change);
    const std::string job = reason.job == kNone ? "" : job_name(cast, reason.job);
    switch (reason.why) {
        case Why::none:
            return "";
        case Why::arrived:
            return "it was approved";
        case Why::needed_by:
            return fmt::format("{} needs it", change);
        case Why::needs_landed_change:
            return fmt::format("it needs {}, which is in the gate", change);
        case Why::promoted:
            return reason.change == kNone ? "somebody moved it up" : fmt::format("somebody moved {} up", change);
        case Why::came_back:
            return "its author tries again";
        case Why::ahead_failing:
            return job.empty() ? fmt::format("{}, ahead of it, is failing", change)
                               : fmt::format("{}, ahead of it, is failing (job {})", change, job);
        case Why::ahead_left:
            return fmt::format("{}, ahead of it, left without landing", change);
        case Why::ahead_removed:
            return fmt::format("{}, ahead of it, was taken out", change);
        case Why::ahead_changed:
            return fmt::format("{}, ahead of it, is tested on something else now", change);
        case Why::need_failing:
            return fmt::format("{}, which it needs, is failing", change);
        case Why::need_refused:
            return fmt::format("the review system did not accept {}, which it needs", change);
        case Why::need_gone:
            return fmt::format("{}, which it needs, is neither here nor landed", change);
        case Why::job_failed:
            return job.empty() ? "a job failed" : fmt::format("job {} failed", job);
        case Why::conflict:
            return "it does not merge with what is ahead of it";
        case Why::config_error:
            return "its job graph is broken: a job needs one that does not apply";
        case Why::submit_refused:
            return "all jobs passed, but the review system refused to merge it";
        case Why::all_passed:
            return "all its jobs passed";
        case Why::no_jobs:
            return "no job applies to it";
        case Why::by_hand:
            return "somebody took it out by hand";
        case Why::abandoned:
            return "its author abandoned it";
        case Why::new_patchset:
            return "it got a new patch set";
        case Why::superseded:
            return "a newer change took its place";
        case Why::not_approved:
            return "it is not approved";
        case Why::cycle:
            return "its dependencies go round in a circle";
        case Why::need_elsewhere:
            return fmt::format("it needs {}, which is in another queue or not approved", change);
        case Why::refuted:
            return change.empty() ? "what it was tested on will not come to be"
                                  : fmt::format("{}, which it was tested on, will not land", change);
        case Why::outbid:
            return "another state is more likely to be needed";
        case Why::no_longer_due:
            return "nobody waits for its verdict any more";
        case Why::outside_window:
            return "it is outside the window";
        case Why::ahead_failed_waits:
            return fmt::format("nothing starts behind {}, which failed", change);
        case Why::behind_failed_front:
            return fmt::format("it failed at the front with changes behind it", change);
        case Why::needs_check:
            return "the gate wants to see it pass here first";
        case Why::check_passed:
            return "it passed in check";
        case Why::check_failed:
            return "it did not pass in check";
        case Why::unknown_head:
            return fmt::format("{} has a patch set that the gate had not heard of", change);
        case Why::branch_moved:
            return reason.change == kNone ? "somebody pushed past the queue" : fmt::format("{} landed first", change);
        case Why::overtaken:
            return fmt::format("{} landed first", change);
        case Why::merged_past:
            return "somebody merged it past the queue";
        case Why::not_there:
            return "it is not in the queue";
        case Why::timed_out:
            return job.empty() ? "its tests ran into the time limit"
                               : fmt::format("its tests ran into the time limit (job {})", job);
        case Why::member_left:
            return "one of its changes was taken back or got a new patch set";
        case Why::held:
            return "a more urgent one goes first";
        case Why::nothing_left:
            return "it has no changes";
        case Why::voting_passed:
            return "all its voting jobs passed";
        case Why::passed_or_skipped:
            return "all its jobs passed that were not skipped";
        case Why::vouched:
            return job.empty() ? fmt::format("its own tests were not over, but {}, tested on top of it, passed", change)
                               : fmt::format("its own job {} failed, but {}, tested on top of it, passed", job, change);
        case Why::excused:
            return fmt::format("job {} failed, which does not count here", job);
        case Why::unfinished:
            return "nobody waits for its tests";
        case Why::testing:
            return fmt::format("its tests run: {}", job);
        case Why::still_running:
            return fmt::format("it has failed, and its other jobs run on: {}", job);
        case Why::merging:
            return "it is being merged with what is ahead of it";
        case Why::no_node:
            return fmt::format("{} waits for a node", job);
        case Why::booting:
            return fmt::format("the node of {} starts up", job);
        case Why::semaphore:
            return reason.change == kNone ? fmt::format("{} waits for a semaphore", job)
                                          : fmt::format("{} waits for a semaphore, which {} holds", job, change);
        case Why::held_by_job:
            return fmt::format("{} of {}, ahead of it, has to pass first", job, change);
        case Why::ahead_undecided:
            return fmt::format("it has passed and waits for {}, ahead of it", change);
        case Why::failed_waits:
            return fmt::format("it has failed and waits for {}, ahead of it", change);
        case Why::verdict_waits:
            return "its tests are over, and the gate has not decided yet";
        case Why::not_its_turn:
            return "others are tested first";
        case Why::gathers:
            return "the gate waits for others to go with it";
        case Why::next_look:
            return "it waits for the gate's next look at the queue";
        case Why::in_search:
            return "a test with it in was red, and the gate looks for the change at fault";
        case Why::tree_closed:
            return "the branch was red, and the tree is closed";
        case Why::need_not_tested:
            return fmt::format("it needs {}, which has not landed and is not tested with it", change);
        case Why::frozen:
            return "its pipeline is frozen, and it is not exempt";
        case Why::paused:
            return "its pipeline is paused";
        case Why::in_group:
            return fmt::format("{} waits for the run of {} in its concurrency group", job, change);
        case Why::unreported:
            return fmt::format("{} never reports", job);
    }
    return "";
}

const char* why_name(Why why) {
    static constexpr const char* kNames[] = {"",
                                             "arrived",
                                             "needed_by",
                                             "needs_landed_change",
                                             "promoted",
                                             "came_back",
                                             "ahead_failing",
                                             "ahead_left",
                                             "ahead_removed",
                                             "ahead_changed",
                                             "need_failing",
                                             "need_refused",
                                             "need_gone",
                                             "job_failed",
                                             "conflict",
                                             "config_error",
                                             "submit_refused",
                                             "all_passed",
                                             "no_jobs",
                                             "by_hand",
                                             "abandoned",
                                             "new_patchset",
                                             "superseded",
                                             "not_approved",
                                             "cycle",
                                             "need_elsewhere",
                                             "refuted",
                                             "outbid",
                                             "no_longer_due",
                                             "outside_window",
                                             "ahead_failed_waits",
                                             "behind_failed_front",
                                             "needs_check",
                                             "check_passed",
                                             "check_failed",
                                             "unknown_head",
                                             "branch_moved",
                                             "overtaken",
                                             "merged_past",
                                             "not_there",
                                             "timed_out",
                                             "member_left",
                                             "held",
                                             "nothing_left",
                                             "voting_passed",
                                             "passed_or_skipped",
                                             "vouched",
                                             "excused",
                                             "unfinished",
                                             "testing",
                                             "still_running",
                                             "merging",
                                             "no_node",
                                             "booting",
                                             "semaphore",
                                             "held_by_job",
                                             "ahead_undecided",
                                             "failed_waits",
                                             "verdict_waits",
                                             "not_its_turn",
                                             "gathers",
                                             "next_look",
                                             "in_search",
                                             "tree_closed",
                                             "need_not_tested",
                                             "frozen",
                                             "paused",
                                             "in_group",
                                             "unreported"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Why::unreported) + 1);
    return kNames[static_cast<std::size_t>(why)];
}

std::string cause_text(Cause cause, ChangeId change, ChangeId culprit, const Cast& cast, ChangeId rival, RaceId race) {
    const std::string self = change_name(cast, change);
    const bool other = culprit != kNone && culprit != change;
    const std::string name = change_name(cast, culprit);
    switch (cause) {
        case Cause::none:
            return "";
        case Cause::textual_conflict:
            return other ? fmt::format("it conflicts with {}", name) : "it conflicts with another change";
        case Cause::own_defect:
            return fmt::format("{} itself is broken", self);
        case Cause::defect_ahead:
            return other ? fmt::format("{}, ahead of it, is broken", name) : "a change ahead of it is broken";
        case Cause::defect_on_branch:
            return other ? fmt::format("{}, which had landed, is broken", name) : "the branch was broken before";
        case Cause::semantic_conflict:
            return other ? fmt::format("{} and {} are fine alone and break together", name, self)
                         : "it and another change are fine alone and break together";
        case Cause::flake:
            return "nothing is wrong with it, the job is flaky";
        case Cause::infrastructure:
            return "nothing is wrong with it, the infrastructure failed";
        case Cause::timeout:
            return "a time limit was over before the run was";
        case Cause::clash_ahead:
            return rival != kNone
                       ? fmt::format("{} and {} are fine alone and break together", change_name(cast, rival), name)
                       : "two others are fine alone and break together";
        case Cause::displaced:
            return "nothing is wrong with it, a newer run of its concurrency group took its place";
        case Cause::race:
            return race == kNone ? "nothing is wrong with it, a race condition showed"
                                 : fmt::format("nothing is wrong with it, the race {} showed", race_name(cast, race));
    }
    return "";
}

std::string truth_text(Cause cause, ChangeId change, ChangeId culprit, const Cast& cast, ChangeId rival, RaceId race) {
    const std::string text = cause_text(cause, change, culprit, cast, rival, race);
    return text.empty() ? "" : fmt::format(" [In truth {}.]", text);
}

const char* cause_name(Cause cause) {
    static constexpr const char* kNames[] = {
        "",      "textual_conflict", "own_defect", "defect_ahead", "defect_on_branch", "semantic_conflict",
        "flake", "infrastructure",   "timeout",    "clash_ahead",  "displaced",        "race"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Cause::race) + 1);
    return kNames[static_cast<std::size_t>(cause)];
}

const char* result_name(Result result) {
    static constexpr const char* kNames[] = {"",        "success",     "failure",      "timeout",
                                             "retry",   "retry_limit", "node_failure", "cancelled",
                                             "skipped", "displaced"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Result::displaced) + 1);
    return kNames[static_cast<std::size_t>(result)];
}

const char* outcome_name(Outcome outcome) {
    static constexpr const char* kNames[] = {"landed",        "success",           "failure",      "conflict",
                                             "submit_failed", "dependency_failed", "config_error", "no_jobs",
                                             "removed",       "superseded",        "withdrawn"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(Outcome::withdrawn) + 1);
    return kNames[static_cast<std::size_t>(outcome)];
}

const char* event_name(EventKind kind) {
    static constexpr const char* kNames[] = {"arrived",
                                             "refused",
                                             "enqueued",
                                             "dequeued",
                                             "reported",
                                             "landed",
                                             "reverted",
                                             "repaired",
                                             "withdrawn",
                                             "patchset",
                                             "prepared",
                                             "merged_state",
                                             "tested",
                                             "waits",
                                             "started",
                                             "trial_opened",
                                             "trial_closed",
                                             "moved",
                                             "reset",
                                             "requested",
                                             "unreported",
                                             "granted",
                                             "ready",
                                             "build_started",
                                             "build_ended",
                                             "build_failing",
                                             "job_skipped",
                                             "job_failed_without_build",
                                             "job_taken_over",
                                             "released",
                                             "launch_failed",
                                             "node_asked",
                                             "node_booting",
                                             "node_up",
                                             "node_stopping",
                                             "node_killed",
                                             "node_gone",
                                             "uploaded",
                                             "assigned",
                                             "review_started",
                                             "voted",
                                             "approved",
                                             "rechecked",
                                             "noticed",
                                             "awaits_check",
                                             "setting",
                                             "trouble_began",
                                             "trouble_ended",
                                             "race_born",
                                             "race_noticed",
                                             "race_classified",
                                             "race_assigned",
                                             "race_fixed",
                                             "batch_began",
                                             "batch_over",
                                             "never_at_rest",
                                             "window",
                                             "pool_size",
                                             "ended"};
    static_assert(std::size(kNames) == static_cast<std::size_t>(EventKind::ended) + 1);
    return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace gatesim
