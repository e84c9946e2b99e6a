// The ledger's other half: what is over, and what became of it.

#include <algorithm>

#include "record/ledger.hpp"
#include "record/words.hpp"

namespace gatesim {

void Ledger::take_reset(const Event& event) {
    const LiveItem* item = items_.find(event.item);
    const PipelineId pipeline = item ? item->pipeline : event.pipeline;
    const QueueId queue = item ? item->queue : event.queue;
    auto it = std::find_if(resets_.begin(), resets_.end(), [&](const ResetRecord& r) {
        return r.pipeline == pipeline && r.queue == queue && r.cause == event.other_item;
    });
    if (it == resets_.end()) {
        it = resets_.insert(resets_.end(), ResetRecord{});
        it->at = event.at;
        it->pipeline = pipeline;
        it->queue = queue;
        it->cause = event.other_item;
        it->reason = event.reason;
        it->change = event.reason.change;
        it->job = event.reason.job;
        it->build = event.reason.build;
        if (const LiveItem* cause = items_.find(event.other_item); cause && it->change == kNone)
            it->change = cause->change;
        if (const LiveBuild* failed = builds_.find(event.reason.build)) {
            it->really = failed->cause;
        } else {
            // Its item was reported a moment ago, and it was settled with it.
            for (const auto& [build, cause] : just_settled_red_) {
                if (build == event.reason.build) it->really = cause;
            }
        }
        if (it->job == kNone && event.reason.why == Why::ahead_failing)
            if (const LiveAttempt* red = red_attempt_of(event.other_item)) {
                it->job = red->red_job;
                it->build = red->red_build;
                it->really = red->cause;
            }
    }
    const LiveAttempt* thrown = attempts_.find(event.attempt != kNone || !item ? event.attempt : item->attempt);
    ResetRecord::Part part;
    part.builds = event.value;
    if (thrown) part.attempt = thrown->id;
    if (thrown) part.held = held(*thrown, event.at);
    if (item && item->trial && thrown) {
        const std::vector<ChangeId> tested = tested_by(*thrown);
        for (std::size_t i = 0; i < item->members.size() && i < tested.size(); ++i)
            if (items_.find(item->members[i]) || event.reason.why == Why::promoted)
                part.whose.emplace_back(item->members[i], tested[i]);
    } else {
        part.whose.emplace_back(event.item, event.change);
    }
    it->parts.push_back(std::move(part));
}

const ResetRecord* Ledger::reset_of(const Event& event) const {
    if (event.kind != EventKind::reset) return nullptr;
    for (const ResetRecord& record : resets_)
        if (record.queue == event.queue && record.cause == event.other_item) return &record;
    return nullptr;
}

/// Who leaves at the instant of a reset was not reset; it left.
void Ledger::take_out_of_resets(const Event& event) {
    if (event.reason.why == Why::promoted) return;  // it comes again at once
    for (ResetRecord& record : resets_) {
        std::erase_if(record.parts, [&](ResetRecord::Part& part) {
            std::erase_if(part.whose, [&](const auto& one) { return one.first == event.item; });
            if (!part.whose.empty()) return false;
            if (LiveAttempt* thrown = attempts_.find(part.attempt)) thrown->waste = waste_for(event.reason.why);
            return true;
        });
    }
}

/// What an item was ejected with, as changes.csv has it.
void Ledger::note_ejection(const Event& event) {
    const LiveItem& item = *items_.find(event.item);
    LiveAttempt* attempt = attempts_.find(item.attempt != kNone ? item.attempt : event.attempt);
    if (attempt && attempt->red == 0 && event.reason.why == Why::timed_out) {  // nobody waits for its builds
        Event late = event;
        late.result = Result::timeout;
        late.job = event.reason.job;
        late.build = event.reason.build;
        late.reason.change = kNone;
        fail(*attempt, late);
    }
    if (event.outcome != Outcome::failure || !attempt || attempt->red == 0) return;
    Ejection out{event.item, event.reason.job, event.reason.build, attempt->cause};
    if (out.job == kNone || out.job == attempt->red_job) {
        out.job = attempt->red_job;
        out.build = attempt->red_build;
    }
    just_ejected_.push_back(out);
}

/// A reason may name only the change that left, or that fails: then its failure is that of its attempt.
void Ledger::name_culprit(ResetRecord& record) const {
    const Why why = record.reason.why;
    if (record.job != kNone || record.cause == kNone) return;
    if (why != Why::ahead_left && why != Why::ahead_failing && why != Why::refuted) return;
    for (const Ejection& ejection : just_ejected_) {
        if (ejection.item != record.cause) continue;
        record.job = ejection.job;
        record.build = ejection.build;
        record.really = ejection.cause;
        return;
    }
}

/// The red attempt of an item that is still here: its own, or a trial's that vouches for it.
const LiveAttempt* Ledger::red_attempt_of(ItemId id) const {
    const LiveItem* item = items_.find(id);
    if (!item) return nullptr;
    if (const LiveAttempt* own = attempts_.find(item->attempt); own && own->red > 0) return own;
    std::vector<AttemptId> all = attempts_.ids();
    std::sort(all.begin(), all.end());
    for (AttemptId each : all) {
        const LiveAttempt* attempt = attempts_.find(each);
        const auto& members = attempt->members;
        if (attempt->red > 0 && std::find(members.begin(), members.end(), id) != members.end()) return attempt;
    }
    return nullptr;
}

void Ledger::close_resets() {
    std::vector<ResetRecord> over;
    over.swap(resets_);
    for (ResetRecord& record : over) {
        for (const ResetRecord::Part& part : record.parts) {
            record.builds += part.builds;
            record.held += part.held;
            for (const auto& [item, change] : part.whose)
                if (std::find(record.changes.begin(), record.changes.end(), change) == record.changes.end())
                    record.changes.push_back(change);
        }
        if (record.changes.empty()) continue;
        name_culprit(record);
        for (LedgerListener* listener : listeners_) listener->reset(record, *this);
    }
}

void Ledger::close_after(const Event& event) {
    switch (event.kind) {
        case EventKind::reset: {
            const LiveItem* item = items_.find(event.item);
            end_attempt(event.attempt != kNone ? event.attempt
                        : item                 ? item->attempt
                                               : kNone,
                        LiveAttempt::Ending::wasted, Waste::reset);
            break;
        }
        case EventKind::trial_closed:
            end_attempt(event.attempt, event.value ? LiveAttempt::Ending::used : LiveAttempt::Ending::wasted,
                        waste_for(event.reason.why));
            items_.close(event.item);
            break;
        case EventKind::reported:
        case EventKind::dequeued: {
            const LiveItem* item = items_.find(event.item);
            if (!item) break;
            if (item->reported)
                end_attempt(item->attempt, LiveAttempt::Ending::used);
            else if (!item->outside)
                end_attempt(item->attempt, LiveAttempt::Ending::wasted, waste_for(event.reason.why));
            if (item->left && !(item->outside && !item->reported)) items_.close(event.item);
            break;
        }
        case EventKind::build_ended: {
            LiveBuild* build = builds_.find(event.build);
            if (build && attempts_.find(build->attempt)) {
                settle_if_due(build->attempt);
            } else if (build) {
                build->waste = Waste::reset;
                for (LedgerListener* listener : listeners_) listener->settled(*build, nullptr, Fate::discarded, *this);
                builds_.close(event.build);
            }
            break;
        }
        case EventKind::released: {
            LiveRequest* request = requests_.find(event.request);
            if (request && attempts_.find(request->attempt))
                settle_if_due(request->attempt);
            else if (request)
                settle_request(*request, nullptr, false);
            break;
        }
        case EventKind::ended:
            settle_everything(event.at);
            break;
        default:
            break;
    }
}

void Ledger::end_attempt(AttemptId id, LiveAttempt::Ending ending, Waste waste) {
    LiveAttempt* attempt = attempts_.find(id);
    if (!attempt || attempt->ending != LiveAttempt::Ending::open) return;
    attempt->ending = ending;
    if (ending == LiveAttempt::Ending::wasted) attempt->waste = waste;
    for (RequestId r : attempt->requests) {
        LiveRequest* request = requests_.find(r);
        if (!request || !request->waiting) continue;
        request->waiting = false;  // withdrawn, or its nodes come for nothing
        count(attempt->item, attempt, &LiveItem::waiting, -1);
    }
    settle_if_due(id);
}

void Ledger::settle_if_due(AttemptId id) {
    LiveAttempt* attempt = attempts_.find(id);
    if (attempt && attempt->ending != LiveAttempt::Ending::open && attempt->holding == 0) settle(*attempt, kNever);
}

void Ledger::settle_request(LiveRequest& request, const LiveAttempt* attempt, bool at_end) {
    const LiveBuild* build = builds_.find(request.build);
    Fate fate = Fate::idle;
    if (at_end) {
        fate = Fate::unfinished;
    } else if (build) {
        if (build->result == Result::canceled)
            fate = Fate::cancelled;
        else if (build->result == Result::retry)
            fate = Fate::retried;
        else if (!build->counted || !attempt || attempt->ending == LiveAttempt::Ending::wasted)
            fate = Fate::discarded;
        else
            fate = attempt->ending == LiveAttempt::Ending::used ? Fate::used : Fate::unfinished;
    }
    const bool thrown_away = attempt && attempt->ending == LiveAttempt::Ending::wasted;
    if (build && attempt)
        request.waste = waste_of(*build, *attempt, fate);
    else if (fate == Fate::idle)
        request.waste = thrown_away ? attempt->waste : Waste::idle;
    else if (fate != Fate::used && fate != Fate::unfinished)
        request.waste = Waste::reset;
    for (LedgerListener* listener : listeners_) listener->settled(request, attempt, fate, *this);
    requests_.close(request.id);
}

/// `end` is kNever, or the end of the replication for work that is cut by it.
void Ledger::settle(LiveAttempt& attempt, Time end) {
    const bool open = attempt.ending == LiveAttempt::Ending::open;
    for (RequestId id : attempt.requests) {
        LiveRequest* request = requests_.find(id);
        if (!request) continue;
        const bool cut = end != kNever && request->granted != kNever && request->released == kNever;
        if (cut) request->released = end;
        settle_request(*request, &attempt, cut);
    }
    for (BuildId id : attempt.builds) {
        LiveBuild* build = builds_.find(id);
        if (!build) continue;
        Fate fate = Fate::used;
        if (build->ended == kNever)
            fate = Fate::unfinished;
        else if (build->result == Result::canceled)
            fate = Fate::cancelled;
        else if (build->result == Result::retry)
            fate = Fate::retried;
        else if (!build->counted || attempt.ending == LiveAttempt::Ending::wasted)
            fate = Fate::discarded;
        else if (open)
            fate = Fate::unfinished;
        build->waste = waste_of(*build, attempt, fate);
        for (LedgerListener* listener : listeners_) listener->settled(*build, &attempt, fate, *this);
        if (is_red(build->result)) just_settled_red_.emplace_back(id, build->cause);
        builds_.close(id);
    }
    for (LedgerListener* listener : listeners_) listener->settled(attempt, *this);
    attempts_.close(attempt.id);
}

void Ledger::settle_everything(Time end) {
    std::vector<AttemptId> attempts = attempts_.ids();
    std::sort(attempts.begin(), attempts.end());
    for (AttemptId id : attempts) settle(*attempts_.find(id), end);
    std::vector<RequestId> requests = requests_.ids();
    std::sort(requests.begin(), requests.end());
    for (RequestId id : requests) {
        LiveRequest& request = *requests_.find(id);
        if (request.released == kNever) request.released = end;
        settle_request(request, nullptr, true);
    }
}

}  // namespace gatesim
