// The part of a story that is about people: who wrote, read, approved, asked again; what waiting cost.

#include <fmt/format.h>

#include <algorithm>

#include "record/narrator.hpp"
#include "record/race_lives.hpp"
#include "record/words.hpp"

namespace gatesim {

namespace {

std::string patchset_text(const Event& event, const std::string& name) {
    return event.patchset > 0 ? fmt::format("patch set {} of {}", event.patchset, name) : name;
}

const char* ordinal(std::int64_t n) {
    static constexpr const char* kWords[] = {"", "", ", the second time", ", the third time", ", the fourth time"};
    return n < 2 ? "" : n < 5 ? kWords[n] : ", once more";
}

}  // namespace

void Narrator::tell_people(const Event& event) {
    const std::string name = change_name(cast_, event.change);
    const std::string who = event.person == kNone ? "Somebody" : person_name(cast_, event.person);
    const std::string what = patchset_text(event, name);
    switch (event.kind) {
        case EventKind::uploaded:
            tell_upload(event, name, who);
            break;
        case EventKind::assigned:
            if (detailed()) line(event.at, fmt::format("{} is asked to review it.", who));
            break;
        case EventKind::review_started:
            if (detailed()) line(event.at, fmt::format("{} begins to read {}{}.", who, what, waited_for(event)));
            break;
        case EventKind::voted: {
            const std::string truth = truth_text(event.cause, event.change, kNone, cast_);
            const char* meaning = event.value >= 2    ? ": it may land"
                                  : event.value == 1  ? ": it looks good, others have to say so, too"
                                  : event.value <= -2 ? ": it must not land like this"
                                  : event.value < 0   ? ": something has to be changed"
                                                      : "";
            line(event.at, fmt::format("{} votes {:+d} on {}{}.{}", who, event.value, what, meaning, truth));
            break;
        }
        case EventKind::approved:
            line(event.at, fmt::format("{} approves {}.", who, what));
            break;
        case EventKind::rechecked:
            line(event.at, fmt::format("{} asks for the tests of {} once more{}.", who, what, ordinal(event.value)));
            break;
        case EventKind::noticed:
            line(event.at, fmt::format("{} notices that {} has broken the branch.", who, name));
            break;
        case EventKind::awaits_check:
            line(event.at, fmt::format("{} asks for the gate, which wants to see it pass in {} first.", name,
                                       check_of(event.pipeline)));
            break;
        default:
            break;
    }
}

void Narrator::tell_upload(const Event& event, const std::string& name, const std::string& who) {
    const Change* change = event.change < cast_.changes.size() ? &cast_.changes[event.change] : nullptr;
    std::string size = change && change->lines > 0 ? fmt::format(", {}", counted(change->lines, "line", "lines")) : "";
    if (change && detailed()) {
        std::vector<std::string> needs;
        for (const auto& links : {change->git_parents, change->depends_on})
            for (ChangeId need : links) needs.push_back(change_name(cast_, need));
        if (!needs.empty()) size += fmt::format("; it needs {}", list_text(needs));
    }
    if (event.value == 1)
        line(event.at, fmt::format("{} uploads {}{}.", who, name, size));
    else
        line(event.at, fmt::format("{} uploads patch set {} of {}.", who, event.patchset, name));
}

/// How long the reader let it lie.
std::string Narrator::waited_for(const Event& event) const {
    const ChangeLife* life = lives_.of(event.change);
    if (!life) return "";
    for (const OpenReview& review : life->reviews)
        if (review.person == event.person && event.at - review.assigned > kMinute)
            return fmt::format(", {} after being asked", length_text(event.at - review.assigned));
    return "";
}

std::string Narrator::check_of(PipelineId gate) const {
    const Scenario* scenario = cast_.scenario;
    if (!scenario || gate >= scenario->pipelines.size()) return "check";
    const std::string name = pipeline_name(cast_, scenario->pipelines[gate].clean_check);
    return name.empty() ? "check" : name;
}

/// The verdict on a patch set where nothing lands.
void Narrator::tell_check(const Event& event, const LiveItem& item) {
    const std::string where = pipeline_name(cast_, item.pipeline);
    const std::string what = fmt::format("Patch set {} of {}", item.patchset, change_name(cast_, item.change));
    const std::string after = length_text(event.at - item.enqueued);
    const std::string reason = reason_text(event.reason, cast_);
    if (event.outcome == Outcome::success)
        line(event.at, fmt::format("{} passes in {} after {}.", what, where, after));
    else
        line(event.at, fmt::format("{} does not pass in {} after {}{}.", what, where, after,
                                   reason.empty() ? "" : ": " + reason));
}

/// Everybody meets it; in the story of one change it is told with the builds that it hits.
void Narrator::tell_trouble(const Event& event) {
    const auto trouble = static_cast<std::uint32_t>(event.value);
    const auto known = std::find(troubles_.begin(), troubles_.end(), trouble);
    if (event.kind == EventKind::trouble_ended && known != troubles_.end()) troubles_.erase(known);
    if (event.kind == EventKind::trouble_began) troubles_.push_back(trouble);
    if (detailed() || !cast_.scenario || trouble >= cast_.scenario->failures.troubles.size()) return;
    const Trouble& told = cast_.scenario->failures.troubles[trouble];
    std::string whom;
    for (JobId job : told.jobs) whom += (whom.empty() ? "" : ", ") + job_name(cast_, job);
    if (whom.empty()) whom = "builds";
    if (told.pool != kNone) whom += " on " + pool_name(cast_, told.pool);
    line(event.at, event.kind == EventKind::trouble_began
                       ? fmt::format("[Trouble from outside: {}. Until it is over, {} fail.]", told.name, whom)
                       : fmt::format("[The trouble is over: {}.]", told.name));
}

/// What people know of races. In the story of one change they are told with the builds that they hit.
void Narrator::tell_race(const Event& event) {
    if (detailed()) return;
    const std::string name = race_name(cast_, event.race);
    if (event.kind == EventKind::race_noticed)
        line(event.at, fmt::format("{} looks for the cause of a failure and finds the race {}.",
                                   event.person == kNone ? "Somebody" : person_name(cast_, event.person), name));
    else if (event.kind == EventKind::race_classified)
        line(event.at, fmt::format("The fingerprint of the race {} is known.", name));
    else
        line(event.at, fmt::format("The race {} is gone: {}.", name, race_end_name(static_cast<RaceEnd>(event.value))));
}

void Narrator::tell_setting(const Event& event) {
    const auto step = static_cast<std::size_t>(event.value);
    if (detailed() || !cast_.scenario || step >= cast_.scenario->timeline.size()) return;
    const TimelineStep& told = cast_.scenario->timeline[step];
    if (told.pool != kNone) return;  // the pool says how many nodes it has
    line(event.at, fmt::format("[From now on {} is {}.]", told.pointer, told.value));
}

/// A freeze or a pause keeps the subject, and nothing else does; or that is over. (Told where waits are listened to.)
void Narrator::tell_hold(const Event& event) {
    const Why now = event.kind == EventKind::waits ? event.reason.why : Why::none;
    const Why by = now == Why::frozen || now == Why::paused ? now : Why::none;
    if (by == held_by_) return;
    const std::string name = change_name(cast_, subject_);
    if (held_by_ != Why::none) {
        held_ += event.at - held_since_;
        line(event.at, fmt::format("{} was held for {}.", name, length_text(event.at - held_since_)));
    }
    if (by != Why::none)
        line(event.at, fmt::format("Nothing else keeps {}: {}.", name, reason_text(event.reason, cast_)));
    held_by_ = by;
    held_since_ = event.at;
}

/// Which trouble of this moment a build of this job on this pool can have met: " (mirror)".
std::string Narrator::trouble_text(Cause cause, PoolId pool, JobId job) const {
    if (cause != Cause::infrastructure || !cast_.scenario) return "";
    for (std::uint32_t trouble : troubles_) {
        const Trouble& known = cast_.scenario->failures.troubles[trouble];
        const bool here = known.pool == kNone || known.pool == pool;
        const bool hers =
            known.jobs.empty() || std::find(known.jobs.begin(), known.jobs.end(), job) != known.jobs.end();
        if (here && hers) return fmt::format(" [The trouble is {}.]", known.name);
    }
    return "";
}

/// "From its first upload to its landing it took 3 d 2 h: 1 d with its author, ..."; empty without people.
std::string Narrator::life_text() const {
    const ChangeLife* life = lives_.of(subject_);
    if (!life || life->lead() == 0) return "";
    std::string parts;
    for (std::size_t i = 0; i < kAwaits; ++i) {
        if (life->spent[i] == 0) continue;
        parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", length_text(life->spent[i]),
                             awaits_text(static_cast<Awaits>(i)));
    }
    const char* until = life->landed ? "its landing" : life->withdrawn ? "its end" : "the last word about it";
    std::string out =
        fmt::format("From its first upload to {} {} went by: {}.", until, length_text(life->lead()), parts);
    out += fmt::format(" It took {}, {} and {}.", counted(life->patchset, "patch set", "patch sets"),
                       counted(life->votes, "vote", "votes"), counted(life->verdicts, "verdict", "verdicts"));
    if (cast_.scenario && cast_.scenario->delay_price)
        out += fmt::format(" At {:.2f} USD an hour, waiting cost {:.0f} USD.", *cast_.scenario->delay_price,
                           seconds(life->lead()) / 3600 * *cast_.scenario->delay_price);
    return out;
}

}  // namespace gatesim
