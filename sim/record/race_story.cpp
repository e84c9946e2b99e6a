#include "record/race_story.hpp"

#include <fmt/format.h>

#include "record/words.hpp"

namespace gatesim {

namespace {

std::string somebody(const Cast& cast, PersonId person) {
    return person == kNone ? "Somebody" : person_name(cast, person);
}

std::string end_text(RaceEnd how) {
    switch (how) {
        case RaceEnd::fixed:
            return "It is fixed.";
        case RaceEnd::reverted:
            return "The change that brought it in is off the branch, and the race with it.";
        case RaceEnd::quarantined:
            return "It is known to fail so often that its test is skipped from now on.";
        case RaceEnd::faded:
            return "The code around it is written anew, and the race is gone.";
        case RaceEnd::dated:
            return "It is over, as the scenario has it.";
    }
    return "";
}

}  // namespace

void RaceStory::on(const Event& event, const Ledger& ledger) {
    end_ = event.at;
    if (event.race == kNone) return;
    if (subject_ == kNone && race_name(cast_, event.race) == name_) subject_ = event.race;
    if (event.race != subject_) return;
    lives_.on(event);
    switch (event.kind) {
        case EventKind::race_born:
            tell_birth(event);
            break;
        case EventKind::build_ended:
            tell_hit(event, ledger);
            break;
        case EventKind::race_noticed:
            line(event.at, fmt::format("{} does not just run the tests again: looks for the cause, and finds the race.",
                                       somebody(cast_, event.person)));
            break;
        case EventKind::race_classified:
            line(event.at, "Its fingerprint is known: from now on every failure counts as its doing.");
            break;
        case EventKind::race_assigned:
            line(event.at, fmt::format("{} takes it on.", somebody(cast_, event.person)));
            break;
        case EventKind::race_fixed:
            line(event.at, end_text(static_cast<RaceEnd>(event.value)));
            break;
        default:
            break;
    }
}

void RaceStory::tell_birth(const Event& event) {
    const Race& race = *find_race(cast_, subject_);
    std::vector<std::string> jobs;
    for (const JobId job : race.jobs) jobs.push_back(job_name(cast_, job));
    const std::string factor = race.factor.key.empty() ? "" : fmt::format(" where {}", factor_text(race.factor));
    line(event.at,
         fmt::format("{} From now on it hits {:.3g} % of the runs of {}{}. [Nobody knows.]",
                     event.change == kNone
                         ? std::string("It is there.")
                         : fmt::format("It comes in with {}, which lands.", change_name(cast_, event.change)),
                     100 * race.strength.at(event.at), jobs.empty() ? "all voting jobs" : list_text(jobs), factor));
}

void RaceStory::tell_hit(const Event& event, const Ledger& ledger) {
    if (event.cause != Cause::race || !is_red(event.result)) return;
    const LiveBuild* build = ledger.build(event.build);
    const LiveAttempt* attempt = build ? ledger.attempt(build->attempt) : nullptr;
    if (!attempt) return;
    line(event.at, fmt::format("{} of {} fails in {}{}.", job_name(cast_, build->job),
                               change_name(cast_, attempt->change), pipeline_name(cast_, attempt->pipeline),
                               event.value == 0 ? ", which nobody looks at any more" : ""));
}

std::string RaceStory::verdict() const {
    if (subject_ == kNone) return name_ + " never was there.";
    const RaceRecord& life = lives_.records()[subject_];
    std::string out =
        fmt::format("{} made {} red.", name_, counted(static_cast<std::int64_t>(life.hits), "build", "builds"));
    const auto after = [&](Time then, const char* what) {
        if (then != kNever && life.born != kNever)
            out += fmt::format(" It was {} {} after it came in.", what, length_text(then - life.born));
    };
    after(life.first_hit, "first seen");
    if (life.first_hit != kNever && life.noticed == kNever) out += " Nobody ever looked for the cause.";
    after(life.noticed, "noticed");
    after(life.classified, "classified");
    after(life.assigned, "taken on");
    if (life.ended == kNever)
        out += fmt::format(" It is still there {} later.", length_text(end_ - (life.born == kNever ? 0 : life.born)));
    else
        after(life.ended, race_end_name(life.how));
    return out;
}

}  // namespace gatesim
