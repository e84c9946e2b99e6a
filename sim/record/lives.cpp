#include "record/lives.hpp"

#include <algorithm>

namespace gatesim {

namespace {

bool is_good(Outcome outcome) {
    return outcome == Outcome::landed || outcome == Outcome::success || outcome == Outcome::no_jobs;
}

bool is_check(const Ledger& ledger, PipelineId pipeline) {
    const Scenario* scenario = ledger.cast().scenario;
    return scenario && pipeline < scenario->pipelines.size() &&
           scenario->pipelines[pipeline].manager == Manager::independent;
}

}  // namespace

const char* awaits_text(Awaits what) {
    switch (what) {
        case Awaits::author:
            return "with its author";
        case Awaits::review:
            return "in review";
        case Awaits::check:
            return "in check";
        case Awaits::gate:
            return "at the gate";
    }
    return "";
}

Awaits Lives::next_move(const ChangeLife& life) {
    if (life.in_gate != kNone) return Awaits::gate;
    if (life.red || !life.objections.empty()) return Awaits::author;
    if (!life.reviews.empty()) return Awaits::review;
    if (life.in_check != kNone) return Awaits::check;
    return life.approved ? Awaits::gate : Awaits::review;
}

void Lives::take(const Event& event, const Ledger& ledger) {
    if (event.change == kNone) return;
    if (event.kind == EventKind::uploaded) upload(event);
    if (event.change >= lives_.size() || lives_[event.change].uploaded == kNever) return;
    ChangeLife& life = lives_[event.change];
    if (!life.over()) life.spent[static_cast<std::size_t>(life.awaits)] += event.at - life.since;
    life.since = event.at;
    switch (event.kind) {
        case EventKind::assigned:
        case EventKind::review_started:
        case EventKind::voted:
        case EventKind::approved:
            review(event, life);
            break;
        case EventKind::withdrawn:
            life.withdrawn = true;
            life.reviews.clear();
            break;
        case EventKind::landed:
            life.landed = true;
            life.reviews.clear();
            break;
        case EventKind::reverted:  // its author has to bring it back
            life.landed = false;
            life.red = true;
            break;
        default:
            if (ledger.lands(event.pipeline))
                gate(event, life);
            else if (is_check(ledger, event.pipeline))
                check(event, life);
            break;
    }
    life.awaits = next_move(life);
}

void Lives::upload(const Event& event) {
    any_ = true;
    if (lives_.size() <= event.change) lives_.resize(static_cast<std::size_t>(event.change) + 1);
    ChangeLife& life = lives_[event.change];
    if (life.uploaded == kNever) {
        life.uploaded = life.since = event.at;
        life.whole = event.value == 1;
    }
    life.patchset = std::max(life.patchset + 1, event.patchset);
    life.red = life.approved = false;
    life.objections.clear();
    life.reviews.clear();  // nobody reads what is out of date
}

void Lives::review(const Event& event, ChangeLife& life) {
    if (event.patchset != 0 && event.patchset < life.patchset) return;  // of a patch set that is out of date
    const auto open = std::find_if(life.reviews.begin(), life.reviews.end(),
                                   [&](const OpenReview& r) { return r.person == event.person; });
    switch (event.kind) {
        case EventKind::assigned:
            if (open == life.reviews.end()) life.reviews.push_back({event.person, event.at, kNever});
            break;
        case EventKind::review_started:
            if (open == life.reviews.end())
                life.reviews.push_back({event.person, event.at, event.at});
            else
                open->began = event.at;
            break;
        case EventKind::voted: {
            ++life.votes;
            if (open != life.reviews.end()) life.reviews.erase(open);
            auto& objections = life.objections;
            objections.erase(std::remove(objections.begin(), objections.end(), event.person), objections.end());
            if (event.value < 0) objections.push_back(event.person);
            break;
        }
        case EventKind::approved:
            life.approved = true;
            life.objections.clear();
            life.reviews.clear();
            break;
        default:
            break;
    }
}

void Lives::check(const Event& event, ChangeLife& life) {
    if (event.kind == EventKind::enqueued && event.reason.why != Why::needed_by) {  // else it only stands in for a need
        life.in_check = event.item;
        life.red = false;
    }
    if (event.item == kNone || event.item != life.in_check) return;
    if (event.kind == EventKind::reported) {
        ++life.verdicts;
        life.red = !is_good(event.outcome);
    }
    if (event.kind == EventKind::dequeued || event.kind == EventKind::reported) life.in_check = kNone;
}

void Lives::gate(const Event& event, ChangeLife& life) {
    switch (event.kind) {
        case EventKind::awaits_check:
            life.red = false;
            life.approved = true;
            break;
        case EventKind::enqueued:
            life.in_gate = event.item;
            life.red = false;
            life.approved = true;
            break;
        case EventKind::reported:
        case EventKind::dequeued:
            if (event.item != life.in_gate) break;
            if (runs_on(event)) {  // its report follows
                life.outside = true;
                break;
            }
            life.verdicts += event.kind == EventKind::reported;
            // What was taken out by hand is its author's matter as well.
            if (event.outcome != Outcome::landed && event.reason.why != Why::promoted &&
                event.reason.why != Why::new_patchset)
                life.red = true;
            if (event.kind == EventKind::dequeued || life.outside) life.in_gate = kNone;
            life.outside = false;
            break;
        case EventKind::refused:
            if (event.reason.why == Why::check_failed || event.reason.why == Why::by_hand) life.red = true;
            break;
        default:
            break;
    }
}

}  // namespace gatesim
