#include "record/narrator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "record/words.hpp"

namespace gatesim {

namespace {

std::string because(const Reason& reason, const Cast& cast) {
    const std::string text = reason_text(reason, cast);
    return text.empty() ? "" : fmt::format(": {}", text);
}

}  // namespace

Narrator::Narrator(const Cast& cast, std::string about, std::size_t most)
    : cast_(cast), about_(std::move(about)), most_(most) {}

void Narrator::line(Time at, std::string text) {
    if (lines_.size() >= most_) {
        too_long_ = true;
        return;
    }
    lines_.push_back({at, std::move(text)});
}

bool Narrator::is_subject(const Event& event, const Ledger& ledger) {
    if (!detailed()) return true;
    ChangeId change = event.change;
    if (change == kNone) {
        if (const LiveItem* item = ledger.item(event.item))
            change = item->change;
        else if (const LiveRequest* request = ledger.request(event.request))
            change = request->change;
        else if (const LiveBuild* build = ledger.build(event.build)) {
            if (const LiveAttempt* attempt = ledger.attempt(build->attempt)) change = attempt->change;
        }
    }
    if (change == kNone || change >= cast_.changes.size()) return false;
    const LiveItem* item = ledger.item_of(event);
    if (item && item->trial && subject_ != kNone && subjects_part(*item, ledger)) return true;
    if (subject_ == kNone && cast_.changes[change].name == about_) subject_ = change;
    return change == subject_;
}

void Narrator::on(const Event& event, const Ledger& ledger) {
    if (event.at != now_ || event.kind == EventKind::ended) flush(ledger);
    now_ = event.at;
    if (too_long_ && !detailed()) return;
    const bool mine = is_subject(event, ledger);
    if (mine && detailed() && event.kind != EventKind::review_started) lives_.take(event, ledger);
    switch (event.kind) {
        case EventKind::uploaded:
        case EventKind::assigned:
        case EventKind::review_started:
        case EventKind::voted:
        case EventKind::approved:
        case EventKind::rechecked:
        case EventKind::noticed:
        case EventKind::awaits_check:
            if (event.kind == EventKind::awaits_check && ledger.lands(event.pipeline)) note_entry(event);
            if (mine) tell_people(event);
            break;
        case EventKind::setting:
            tell_setting(event);
            break;
        case EventKind::trouble_began:
        case EventKind::trouble_ended:
            tell_trouble(event);
            break;
        case EventKind::race_noticed:
        case EventKind::race_classified:
        case EventKind::race_fixed:
            tell_race(event);
            break;
        case EventKind::arrived:
            break;
        case EventKind::waits:
            if (mine && detailed()) tell_hold(event);
            break;
        case EventKind::enqueued: {
            const std::string ahead = ahead_in_queue(event);
            if (mine) {
                const bool lands = ledger.lands(event.pipeline);
                const std::string where = lands ? "the gate" : "pipeline " + pipeline_name(cast_, event.pipeline);
                std::string why = event.reason.why == Why::arrived || event.reason.why == Why::none
                                      ? ""
                                      : fmt::format(" ({})", reason_text(event.reason, cast_));
                const bool back = lands && note_entry(event);
                line(event.at, fmt::format("{} {} {}{}{}.", change_name(cast_, event.change),
                                           back ? "comes back to" : "enters", where, back ? "" : why,
                                           !lands          ? ""
                                           : ahead.empty() ? "; nobody is ahead of it"
                                                           : ", behind " + ahead + outside_window(event)));
            }
            break;
        }
        case EventKind::prepared:
        case EventKind::merged_state:
        case EventKind::moved:
        case EventKind::refused:
        case EventKind::withdrawn:
        case EventKind::patchset:
        case EventKind::reverted:
        case EventKind::repaired:
            if (mine)
                tell_item(event, ledger);
            else
                tell_others(event, ledger);
            break;
        case EventKind::requested:
        case EventKind::unreported:
        case EventKind::ready:
        case EventKind::launch_failed:
        case EventKind::build_started:
        case EventKind::build_ended:
        case EventKind::build_failing:
        case EventKind::job_skipped:
        case EventKind::job_failed_without_build:
        case EventKind::job_taken_over:
        case EventKind::node_killed:
            if (mine) tell_work(event, ledger);
            break;
        case EventKind::reported:
        case EventKind::landed:
        case EventKind::dequeued:
            if (mine && detailed() && ledger.lands(event.pipeline)) tell_hold(event);
            if (mine)
                tell_exit(event, ledger);
            else
                tell_others(event, ledger);
            if (event.kind == EventKind::dequeued && event.queue < order_.size()) {
                auto& order = order_[event.queue];
                order.erase(std::remove(order.begin(), order.end(), event.item), order.end());
            }
            break;
        case EventKind::window:
            tell_others(event, ledger);
            break;
        case EventKind::never_at_rest:
            line(event.at, "Zuul would change the places of two changes for ever here; this gate goes on.");
            break;
        case EventKind::pool_size:
            pool_changed(event, ledger);
            break;
        case EventKind::ended:
            if (detailed()) note_unserved(ledger);
            if (event.value) line(event.at, "The run is cut here.");
            break;
        default:
            break;
    }
    if (mine && detailed()) follow_time(event, ledger);
}

/// The first time that the change asks to land, from which all totals count. Whether it was in a gate before.
bool Narrator::note_entry(const Event& event) {
    if (entered_.size() <= event.change) entered_.resize(event.change + 1);
    Entry& entry = entered_[event.change];
    if (entry.asked == kNever) entry.asked = event.at;
    return std::exchange(entry.in_gate, entry.in_gate || event.kind == EventKind::enqueued);
}

std::string Narrator::since_entered(const Event& event, const LiveItem& item) const {
    const Time asked = event.change < entered_.size() ? entered_[event.change].asked : kNever;
    const bool first = asked == kNever || asked == item.enqueued;
    const Time since = first ? item.enqueued : asked;
    return fmt::format(", {} after it {}", length_text(event.at - since), first ? "entered" : "first asked to land");
}

std::string Narrator::ahead_in_queue(const Event& event) {
    if (event.queue == kNone) return "";
    if (order_.size() <= event.queue) order_.resize(event.queue + 1);
    auto& order = order_[event.queue];
    order.push_back(event.item);
    if (order.size() < 2) return "";
    const std::size_t ahead = order.size() - 1;
    return ahead == 1 ? "1 other change" : fmt::format("{} other changes", ahead);
}

/// Why it is not tested yet, if that is because it stands too far back.
std::string Narrator::outside_window(const Event& event) const {
    if (!detailed() || event.queue >= windows_.size() || event.queue >= order_.size()) return "";
    const std::int64_t window = windows_[event.queue];
    const auto length = static_cast<std::int64_t>(order_[event.queue].size());
    if (window <= 0 || length <= window) return "";
    return fmt::format("; it is outside the window of {}: its tests wait until it has moved up", window);
}

void Narrator::tell_item(const Event& event, const Ledger& ledger) {
    const std::string name = change_name(cast_, event.change);
    switch (event.kind) {
        case EventKind::merged_state:
            if (event.value == 0)
                line(event.at, tested_text(ledger.attempt(event.attempt), name) +
                                   " does not merge with what is ahead of it; its jobs do not run.");
            break;
        case EventKind::moved: {
            if (!detailed()) break;
            const LiveItem* ahead = ledger.item(event.other_item);
            move_ = fmt::format("{} moves: {} is ahead of it now{}.", name,
                                ahead ? change_name(cast_, ahead->change) : "nothing but the branch",
                                because(event.reason, cast_));
            break;
        }
        case EventKind::refused:
            line(event.at, fmt::format("{} is not let in{}.", name, because(event.reason, cast_)));
            break;
        case EventKind::withdrawn:
            line(event.at, name + " is given up by its author.");
            break;
        case EventKind::reverted:
            line(event.at, name + " is reverted: it is taken off the branch.");
            break;
        case EventKind::repaired:
            line(event.at, "What was wrong with " + name + " is noticed and repaired on the branch.");
            break;
        case EventKind::patchset:
            if (by_people(event.change)) break;  // told when it is uploaded
            line(event.at, fmt::format("{} gets a new patch set, number {}.", name, event.value));
            break;
        default:
            break;
    }
}

void Narrator::reset(const ResetRecord& record, const Ledger& ledger) {
    const auto& all = record.changes;
    const bool caused =
        subject_ != kNone && (record.reason.change == subject_ ||
                              (ledger.item(record.cause) && ledger.item(record.cause)->change == subject_));
    const bool hit = std::find(all.begin(), all.end(), subject_) != all.end();
    if (detailed() && !caused && !hit) return;
    if (hit) {
        ++resets_;
        move_.clear();
    }
    std::vector<std::string> names;
    for (ChangeId c : all) names.push_back(change_name(cast_, c));
    std::string lost = "Nothing is lost, no build had started.";
    if (record.builds > 0) {
        lost = fmt::format("Thrown away: {}, {} of machine time.", counted(record.builds, "build", "builds"),
                           length_text(record.held / kSecond * kSecond));
    }
    line(record.at, fmt::format("RESET of {}{}. {}", list_text(names), because(record.reason, cast_), lost));
}

void Narrator::tell_exit(const Event& event, const Ledger& ledger) {
    const std::string name = change_name(cast_, event.change);
    const LiveItem* item = ledger.item(event.item);
    if (event.kind == EventKind::landed) {
        const bool escaped = event.cause == Cause::own_defect || event.cause == Cause::semantic_conflict;
        line(event.at, fmt::format("{} lands{}{}.{}", name,
                                   event.item == kNone ? " outside the gate" : because(event.reason, cast_),
                                   item ? since_entered(event, *item) : "",
                                   escaped ? truth_text(event.cause, event.change, kNone, cast_) : ""));
        return;
    }
    if (event.kind == EventKind::dequeued) {
        if (!item || item->reported || event.outcome == Outcome::dependency_failed) return;  // told by the report
        line(event.at, fmt::format("{} leaves the queue{}.{}", name, because(event.reason, cast_),
                                   item->outside ? " Its other jobs run on; it reports when they end." : ""));
        return;
    }
    if (event.outcome == Outcome::landed) return;  // told by `landed`
    if (item && !ledger.lands(item->pipeline)) {
        if (by_people(event.change))
            tell_check(event, *item);
        else
            line(event.at, fmt::format("{} of {}: {}.", pipeline_name(cast_, item->pipeline), name,
                                       event.outcome == Outcome::success ? "success" : outcome_name(event.outcome)));
        return;
    }
    std::string really;
    const LiveAttempt* attempt =
        item ? ledger.attempt(item->attempt != kNone ? item->attempt : event.attempt) : nullptr;
    if (attempt && attempt->red > 0) {
        const bool innocent = !attempt->blames(event.change);
        const Fault seen = attempt->seen_by(event.change);
        // Of a batch nobody stands ahead of anybody: they fail together.
        const bool together = seen.cause == Cause::defect_ahead && attempt->members.size() > 1;
        really = together ? truth_text(Cause::own_defect, seen.culprit, kNone, cast_)
                          : truth_text(seen.cause, event.change, seen.culprit, cast_, seen.rival, seen.race);
        if (innocent && detailed()) ++innocent_ejections_;
        if (innocent) really += " It is ejected though innocent.";
    }
    ++ejections_;
    line(event.at, fmt::format("{} is ejected{}.{}", name, because(event.reason, cast_), really));
}

/// What is told although it happens to nobody in particular, or to a neighbour of the subject.
void Narrator::tell_others(const Event& event, const Ledger& ledger) {
    if (event.kind == EventKind::window) {
        if (event.queue >= windows_.size()) windows_.resize(event.queue + 1, -1);
        const std::int64_t before = windows_[event.queue];
        windows_[event.queue] = event.value;
        if (before < 0 || before == event.value || detailed()) return;
        // A window that holds nobody back is not worth a line.
        const std::int64_t length = event.queue < ledger.queues().size() ? ledger.queues()[event.queue].length : 0;
        if (length <= std::min(before, event.value)) return;
        line(event.at, fmt::format("The window {} from {} to {} changes.", event.value < before ? "shrinks" : "grows",
                                   before, event.value));
        return;
    }
    if (!detailed() || subject_ == kNone) return;
    const std::string name = change_name(cast_, event.change);
    // Whoever lands or leaves ahead of the subject changes what it stands on.
    const bool lands = event.kind == EventKind::landed;
    const LiveItem* reported = event.kind == EventKind::reported ? ledger.item_of(event) : nullptr;
    const bool ejected = reported && event.outcome != Outcome::landed && ledger.lands(reported->pipeline);
    if (!lands && !ejected) return;
    for (const auto& order : order_) {
        for (ItemId id : order) {
            const LiveItem* item = ledger.item(id);
            if (!item || item->change != subject_) continue;
            if (ejected && item->pipeline != reported->pipeline) continue;  // a verdict in check takes nobody away
            const LiveAttempt* attempt = ledger.attempt(item->attempt);
            if (!attempt ||
                std::find(attempt->chain.begin(), attempt->chain.end(), event.change) == attempt->chain.end())
                continue;
            line(event.at, fmt::format("{}, ahead of it, {}.", name,
                                       lands ? "lands" : "is ejected" + because(event.reason, cast_)));
        }
    }
}

/// The subject's own item among those that a trial vouches for.
const LiveItem* Narrator::subjects_part(const LiveItem& trial, const Ledger& ledger) const {
    for (ItemId id : trial.members)
        if (const LiveItem* member = ledger.item(id); member && member->change == subject_) return member;
    return nullptr;
}

void Narrator::follow_time(const Event& event, const Ledger& ledger) {
    const LiveItem* item = ledger.item_of(event);
    if (item && item->trial) item = subjects_part(*item, ledger);
    if (!item || !ledger.lands(item->pipeline)) return;
    const bool gone = event.kind == EventKind::reported || (event.kind == EventKind::dequeued && !item->outside);
    if (gone)
        split_.state(event.at, nullptr);
    else if (event.kind == EventKind::reset)
        split_.enter(event.at, TimeSplit::Part::queue_wait);
    else if (!item->reported)
        split_.state(event.at, item);
}

}  // namespace gatesim
