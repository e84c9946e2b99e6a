// The part of a story that is about builds and nodes.

#include <fmt/format.h>

#include "record/narrator.hpp"
#include "record/words.hpp"

namespace gatesim {

void Narrator::tell_work(const Event& event, const Ledger& ledger) {
    const LiveBuild* build = ledger.build(event.build);
    const LiveRequest* request = ledger.request(event.request);
    const AttemptId attempt_id = build ? build->attempt : request ? request->attempt : event.attempt;
    const LiveAttempt* attempt = ledger.attempt(attempt_id);
    const ChangeId change = attempt ? attempt->change : event.change;
    const std::string name = tested_text(attempt, change_name(cast_, change));
    const std::string job = job_name(cast_, build ? build->job : request ? request->job : event.job);
    // A life with many patch sets would drown in what goes well in their checks: the report tells it.
    const bool brief = attempt && !ledger.lands(attempt->pipeline) && by_people(change);
    switch (event.kind) {
        case EventKind::build_started:
            if (build && !brief) gather(Group::Kind::start, attempt_id, build->job);
            break;
        case EventKind::requested:
            if (request && !brief) tell_request(*request);
            break;
        case EventKind::unreported:
            if (!brief)
                gather(Group::Kind::short_of_nodes, event.attempt, event.job, 0,
                       "never scheduled, so nobody will hear of it");
            break;
        case EventKind::ready:
            if (detailed() && !brief && request && event.at - request->requested > kSecond) {
                gather(Group::Kind::ready, attempt_id, request->job, event.at - request->requested);
            }
            break;
        case EventKind::launch_failed:
            line(event.at, fmt::format("A node for {} of {} fails to boot.", job, name));
            break;
        case EventKind::node_killed:
            line(event.at, fmt::format("{} ends under {} of {}.",
                                       event.value == static_cast<std::int64_t>(NodeEnd::preempted)
                                           ? fmt::format("Node {} of pool {}, which its provider takes back,",
                                                         event.node, pool_name(cast_, event.pool))
                                           : fmt::format("Node {} of pool {}, which was to stop,", event.node,
                                                         pool_name(cast_, event.pool)),
                                       job, name));
            break;
        case EventKind::build_ended: {
            if (!build || build->started == kNever) break;
            const Time took = event.at - build->started;
            if (event.result == Result::retry) {
                line(event.at, fmt::format("{} of {} ends without a result after {} and is run again.", job, name,
                                           length_text(took)));
            } else if (is_red(event.result)) {
                line(event.at,
                     fmt::format("{} {} for {} after {}{}.{}{}", job,
                                 event.result == Result::timeout ? "times out" : "fails", name, length_text(took),
                                 build->voting ? "" : " (it does not vote)",
                                 truth_text(event.cause, change, event.reason.change, cast_, event.rival, event.race),
                                 trouble_text(event.cause, build->pool, build->job)));
            } else if (event.result == Result::canceled) {
                if (!brief) gather(Group::Kind::stop, attempt_id, build->job);
            } else if (detailed() && !brief) {
                line(event.at, fmt::format("{} passes after {}.", job, length_text(took)));
            }
            break;
        }
        case EventKind::build_failing:
            if (!build || build->started == kNever) break;
            line(event.at,
                 fmt::format("{} of {} shows after {} that it will fail; it counts as failed from now on{}.{}", job,
                             name, length_text(event.at - build->started), event.voting ? "" : " (it does not vote)",
                             truth_text(event.cause, change, event.reason.change, cast_, event.rival, event.race)));
            break;
        case EventKind::job_skipped:
            if (detailed() && !brief)
                line(event.at, fmt::format("{} is skipped: a job it needs failed, or said so.", job));
            break;
        case EventKind::job_taken_over:
            if (detailed() && !brief && event.result == Result::success)
                line(event.at, fmt::format("{} of {} counts as passed: it was green on this very state.",
                                           job_name(cast_, event.job), name));
            break;
        case EventKind::job_failed_without_build:
            line(event.at, fmt::format("{} of {} {}.", job_name(cast_, event.job), name,
                                       event.result == Result::timeout
                                           ? "runs into the time limit: the gate waits for it no longer"
                                       : event.result == Result::displaced
                                           ? fmt::format("has to go: the run of {}, in the same concurrency group, is "
                                                         "newer. That counts as a failure",
                                                         change_name(cast_, event.reason.change))
                                       : event.result == Result::retry_limit
                                           ? "fails without a build: its attempts are used up"
                                           : "fails without a build: its nodes could not be had"));
            break;
        default:
            break;
    }
}

/// What a line about an attempt calls it: its change, or all those a trial vouches for.
std::string Narrator::tested_text(const LiveAttempt* attempt, const std::string& name) const {
    if (!attempt || attempt->members.size() < 2) return name;
    std::vector<std::string> words;
    for (std::size_t i = attempt->chain.size() + 1 - attempt->members.size(); i < attempt->chain.size(); ++i)
        words.push_back(change_name(cast_, attempt->chain[i]));
    words.push_back(name);
    return list_text(words) + " together";
}

void Narrator::gather(Group::Kind kind, AttemptId attempt, JobId job, Time waited, const std::string& why) {
    for (Group& group : groups_) {
        if (group.kind != kind || group.attempt != attempt || group.waited != waited || group.why != why) continue;
        group.jobs.push_back(job);
        return;
    }
    groups_.push_back({kind, attempt, waited, {job}, why});
}

/// What was gathered in an instant, now that it is over. Work of attempts that were thrown away in it is told by their
/// reset.
void Narrator::flush(const Ledger& ledger) {
    if (!move_.empty()) line(now_, move_);
    move_.clear();
    for (const Group::Kind kind :
         {Group::Kind::stop, Group::Kind::ready, Group::Kind::short_of_nodes, Group::Kind::start}) {
        for (const Group& group : groups_) {
            const LiveAttempt* attempt = ledger.attempt(group.attempt);
            if (group.kind == kind && attempt && attempt->ending == LiveAttempt::Ending::open)
                tell_group(group, *attempt);
        }
    }
    groups_.clear();
}

void Narrator::tell_group(const Group& group, const LiveAttempt& attempt) {
    const std::string name = tested_text(&attempt, change_name(cast_, attempt.change));
    std::vector<std::string> words;
    for (JobId job : group.jobs) words.push_back(job_name(cast_, job));
    const std::string jobs = list_text(words);
    const bool one = words.size() == 1;
    if (group.kind == Group::Kind::stop) {
        line(now_, fmt::format("{} of {} {} stopped.", jobs, name, one ? "is" : "are"));
        return;
    }
    if (group.kind == Group::Kind::ready) {
        line(now_, fmt::format("Nodes for {} are up, {} after they were asked for.", jobs, length_text(group.waited)));
        return;
    }
    if (group.kind == Group::Kind::short_of_nodes) {
        line(now_, fmt::format("{} of {} {}: {}.", jobs, name, one ? "waits" : "wait", group.why));
        return;
    }
    if (!begun_.insert(attempt.id).second) {
        line(now_, fmt::format("{} of {} {}, too.", jobs, name, one ? "starts" : "start"));
        return;
    }
    words.clear();
    const std::size_t together = attempt.members.empty() ? 0 : attempt.members.size() - 1;
    for (std::size_t i = 0; i + together < attempt.chain.size(); ++i)
        words.push_back(change_name(cast_, attempt.chain[i]));
    const char* landed = words.size() == 1 ? "that" : words.size() == 2 ? "both" : "all";
    const std::string on =
        words.empty() ? "the branch as it is" : fmt::format("{}, as if {} had landed", list_text(words), landed);
    line(now_, fmt::format("{} {} tested on top of {}: {} {}.", name, together ? "are" : "is", on, jobs,
                           one ? "starts" : "start"));
}

}  // namespace gatesim
