#include "record/ledger.hpp"

#include <algorithm>

#include "record/words.hpp"

namespace gatesim {

const char* fate_name(Fate fate) {
    switch (fate) {
        case Fate::used:
            return "used";
        case Fate::cancelled:
            return "cancelled";
        case Fate::discarded:
            return "discarded";
        case Fate::retried:
            return "retried";
        case Fate::idle:
            return "idle";
        case Fate::unfinished:
            return "unfinished";
    }
    return "";
}

bool Ledger::lands(PipelineId pipeline) const {
    if (!cast_.scenario || pipeline >= cast_.scenario->pipelines.size()) return true;
    return cast_.scenario->pipelines[pipeline].manager == Manager::dependent;
}

bool Ledger::wants_waits() const {
    return std::any_of(listeners_.begin(), listeners_.end(), [](const auto* one) { return one->wants_waits(); });
}

Time Ledger::held(const LiveAttempt& attempt, Time now) const {
    Time sum = 0;
    for (RequestId id : attempt.requests) {
        if (const LiveRequest* r = request(id)) sum += r->held(now);
    }
    return sum;
}

void Ledger::on(const Event& event) {
    if (!resets_.empty() && (event.at != resets_.front().at || event.kind == EventKind::ended)) close_resets();
    if (event.at != now_) {
        just_settled_red_.clear();
        just_ejected_.clear();
    }
    now_ = event.at;
    switch (event.kind) {
        case EventKind::enqueued:
        case EventKind::dequeued:
        case EventKind::reported:
        case EventKind::window:
        case EventKind::trial_opened:
            take_item(event);
            break;
        case EventKind::never_at_rest:
            never_at_rest_ = true;
            break;
        case EventKind::prepared:
        case EventKind::job_failed_without_build:
            take_attempt(event);
            break;
        case EventKind::requested:
        case EventKind::granted:
        case EventKind::ready:
        case EventKind::launch_failed:
        case EventKind::released:
            take_request(event);
            break;
        case EventKind::build_started:
        case EventKind::build_ended:
            take_build(event);
            break;
        case EventKind::reset:
            take_reset(event);
            break;
        default:
            break;
    }
    for (LedgerListener* listener : listeners_) listener->on(event, *this);
    close_after(event);
}

LiveQueue* Ledger::queue(const Event& event) {
    if (event.queue == kNone) return nullptr;
    if (queues_.size() <= event.queue) queues_.resize(event.queue + 1);
    queues_[event.queue].pipeline = event.pipeline;
    return &queues_[event.queue];
}

void Ledger::take_item(const Event& event) {
    LiveQueue* in = queue(event);
    if (event.kind == EventKind::window) {
        if (in) in->window = event.value;
        return;
    }
    if (event.item == kNone) return;
    if (event.kind == EventKind::enqueued || event.kind == EventKind::trial_opened) {
        LiveItem& item = items_.open(event.item);
        item.trial = event.kind == EventKind::trial_opened;
        item.members.assign(event.members.begin(), event.members.end());
        item.id = event.item;
        item.change = event.change;
        item.patchset = event.patchset;
        item.pipeline = event.pipeline;
        item.queue = event.queue;
        item.enqueued = event.at;
        if (in && !item.trial) ++in->length;
        return;
    }
    LiveItem* item = items_.find(event.item);
    if (!item) return;
    if (event.kind == EventKind::reported) {
        item->reported = true;
        note_ejection(event);
    }
    if (event.kind == EventKind::dequeued && event.outcome != Outcome::landed) take_out_of_resets(event);
    if (event.kind == EventKind::dequeued && !item->left) {
        item->left = true;
        item->outside = !item->reported && runs_on(event);
        if (in) --in->length;
    }
}

/// The chain of an attempt, in the memory of the attempt of the last change in it, if that begins alike.
SharedList<ChangeId> Ledger::kept(const Event& event) {
    if (event.change != kNone) {
        if (prepared_.size() <= event.change) prepared_.resize(event.change + 1, kNone);
        prepared_[event.change] = event.attempt;
    }
    if (event.chain.empty() || event.chain.back() >= prepared_.size()) return SharedList<ChangeId>(event.chain);
    const LiveAttempt* ahead = attempts_.find(prepared_[event.chain.back()]);
    return ahead ? SharedList<ChangeId>::after(ahead->chain, event.chain) : SharedList<ChangeId>(event.chain);
}

void Ledger::take_attempt(const Event& event) {
    if (event.attempt == kNone) return;
    if (event.kind == EventKind::prepared) {
        LiveItem* item = items_.find(event.item);
        LiveAttempt& attempt = attempts_.open(event.attempt);
        attempt.id = event.attempt;
        attempt.item = event.item;
        attempt.change = event.change != kNone || !item ? event.change : item->change;
        attempt.patchset = item ? item->patchset : event.patchset;
        attempt.pipeline = item ? item->pipeline : event.pipeline;
        attempt.queue = item ? item->queue : event.queue;
        attempt.opened = event.at;
        attempt.chain = kept(event);
        if (item) {
            attempt.members = item->members;
            item->attempt = event.attempt;
            ++item->attempts;
        }
    } else if (LiveAttempt* attempt = attempts_.find(event.attempt)) {
        // The request that failed, or whose retries are used up, waits no longer.
        for (RequestId id : attempt->requests) {
            LiveRequest* request = requests_.find(id);
            if (!request || !request->waiting || request->job != event.job) continue;
            request->waiting = false;
            count(attempt->item, attempt, &LiveItem::waiting, -1);
        }
        if (LiveBuild* build = builds_.find(event.build))
            build->cut_off = event.result == Result::timeout || event.result == Result::displaced;
        if (event.voting) fail(*attempt, event);
    }
}

void Ledger::fail(LiveAttempt& attempt, const Event& event) {
    const bool waited_enough = event.result == Result::timeout;  // the gate, whatever the run would have come to
    const Cause unknown = waited_enough ? Cause::timeout : Cause::infrastructure;
    const Cause cause = event.cause == Cause::none ? unknown : event.cause;
    if (attempt.red++ == 0) {
        attempt.cause = cause;
        attempt.culprit = event.reason.change;
        attempt.rival = event.rival;
        attempt.race = event.race;
        attempt.red_build = event.build;
        attempt.red_job = event.job;
    }
    attempt.blamed.insert(attempt.blamed.end(), event.at_fault.begin(), event.at_fault.end());
    if (is_own_fault(cause) && !attempt.blames(attempt.change))
        attempt.blamed.push_back({attempt.change, cause, cause == Cause::own_defect ? kNone : event.reason.change});
}

/// What an attempt does is counted with its item and, for a trial, with those it vouches for.
void Ledger::count(ItemId item, const LiveAttempt* attempt, int LiveItem::*what, int by) {
    if (LiveItem* own = items_.find(item)) own->*what += by;
    if (!attempt) return;
    for (ItemId member : attempt->members)
        if (LiveItem* other = items_.find(member)) other->*what += by;
}

const LiveItem* Ledger::item_of(const Event& event) const {
    if (const LiveItem* own = item(event.item)) return own;
    if (const LiveRequest* asked = request(event.request)) return item(asked->item);
    const LiveBuild* run = build(event.build);
    const LiveAttempt* tested = run ? attempt(run->attempt) : nullptr;
    return tested ? item(tested->item) : nullptr;
}

LiveRequest* Ledger::request_of(const Event& event) {
    if (LiveRequest* request = requests_.find(event.request)) return request;
    const LiveAttempt* attempt = attempts_.find(event.attempt);
    if (!attempt) return nullptr;
    for (RequestId id : attempt->requests) {
        LiveRequest* request = requests_.find(id);
        if (request && request->job == event.job && request->build == kNone && request->released == kNever)
            return request;
    }
    return nullptr;
}

void Ledger::take_request(const Event& event) {
    if (event.request == kNone) return;
    if (event.kind == EventKind::requested) {
        LiveRequest& request = requests_.open(event.request);
        request.id = event.request;
        request.item = event.item;
        request.attempt = event.attempt;
        request.change = event.change;
        request.pipeline = event.pipeline;
        request.job = event.job;
        request.nodes = static_cast<int>(event.value);
        request.requested = event.at;
        request.waiting = true;
        if (LiveAttempt* attempt = attempts_.find(event.attempt)) attempt->requests.push_back(event.request);
        count(event.item, attempts_.find(event.attempt), &LiveItem::waiting, 1);
        return;
    }
    LiveRequest* request = requests_.find(event.request);
    if (!request) return;
    LiveAttempt* attempt = attempts_.find(request->attempt);
    const auto stop_waiting = [&] {
        if (!request->waiting) return;
        request->waiting = false;
        count(request->item, attempt, &LiveItem::waiting, -1);
    };
    if (event.kind == EventKind::granted) {
        if (request->granted == kNever) {
            request->granted = event.at;
            if (attempt) ++attempt->holding;
        }
        request->pool = event.pool;
        request->node = event.node;
    } else if (event.kind == EventKind::ready) {
        request->ready = event.at;
        stop_waiting();
    } else if (event.kind == EventKind::launch_failed) {
        ++request->failed_launches;
    } else if (event.kind == EventKind::released && request->released == kNever) {
        request->released = event.at;
        stop_waiting();
        if (attempt && request->granted != kNever) --attempt->holding;
    }
}

void Ledger::take_build(const Event& event) {
    if (event.build == kNone) return;
    LiveBuild& build = builds_.open(event.build);
    LiveAttempt* attempt = attempts_.find(event.attempt);
    if (build.id == kNone) {
        build.id = event.build;
        build.attempt = event.attempt;
        build.job = event.job;
        build.run = event.value;
        build.voting = event.voting;
        if (LiveRequest* request = request_of(event)) {
            build.request = request->id;
            build.pool = request->pool;
            build.node = request->node;
            request->build = event.build;
        }
        if (attempt) attempt->builds.push_back(event.build);
    }
    if (!attempt) attempt = attempts_.find(build.attempt);
    if (event.kind == EventKind::build_started) {
        build.started = event.at;
        if (event.pool != kNone) build.pool = event.pool;
        if (event.node != kNone) build.node = event.node;
        if (attempt) ++attempt->holding;
        if (attempt) count(attempt->item, attempt, &LiveItem::running, 1);
        return;
    }
    build.ended = event.at;
    build.result = event.result;
    build.cause = event.cause;
    build.culprit = event.reason.change;
    build.race = event.race;
    build.counted = event.value != 0;
    if (build.started == kNever) return;
    if (attempt && is_red(event.result)) build.no_fault = is_through_no_fault(event, *attempt);
    if (attempt) --attempt->holding;
    if (attempt) count(attempt->item, attempt, &LiveItem::running, -1);
    if (attempt && build.counted && build.voting && is_red(event.result)) {
        Event with_job = event;
        with_job.job = build.job;
        fail(*attempt, with_job);
    }
}

}  // namespace gatesim
