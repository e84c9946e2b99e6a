// Clean check: a gate that lets a patch set in only after it has passed in another pipeline (Pipeline::clean_check).
//
// Whoever asks for such a gate too early is sent to the check and waits; a success lets it in, anything else turns it
// away. A patch set that failed in the gate has to pass in the check once more. What the check has no jobs for has
// nothing to show.
#include <algorithm>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"

namespace gatesim {

/// Whether it may come in as far as the check is concerned; if not, it is told to wait, or turned away. What another
/// change pulls in is not tested once more when it has failed, there or here: nobody has asked for that.
bool Gate::let_in(ChangeId change, int patchset, PipelineId gate, Why why) {
    const PipelineId check = scenario_.pipelines[gate].clean_check;
    if (!pipelines_[check]->config_of[cast_.changes[change].project]) return true;
    auto& all = pipelines_[gate]->checked;
    if (all.size() <= change) all.resize(static_cast<std::size_t>(change) + 1);
    PipelineState::Checked& checked = all[change];
    if (checked.passed == patchset) {
        checked.waiting = 0;
        return true;
    }
    if (checked.waiting == patchset) return false;
    const bool pulled = why == Why::needed_by || why == Why::needs_landed_change;
    if (pulled && checked.failed == patchset) return refuse(change, gate, Why::check_failed);
    checked.waiting = patchset;
    Event e;
    e.kind = EventKind::awaits_check;
    e.pipeline = gate;
    e.change = change;
    e.patchset = patchset;
    e.reason.why = why;
    outside_.tell(e);
    if (live_item(change, patchset, check)) return false;
    triggers_.push_back({Trigger::Kind::enqueue, change, patchset, check, Why::needs_check, {}});
    outside_.wake();
    return false;
}

/// A pipeline has given its final word on an item.
void Gate::heed_check(const Item& item, Outcome outcome) {
    const PipelineId here = item.queue->pipeline;
    if (outcome == Outcome::landed) return;
    if (scenario_.pipelines[here].clean_check != kNone) {  // it failed in the gate: what its check said is not enough
        auto& checked = pipelines_[here]->checked;
        if (outcome == Outcome::no_jobs || item.change >= checked.size()) return;
        checked[item.change].passed = 0;
        checked[item.change].failed = item.patchset;  // else two that need each other could call each other for ever
        return;
    }
    const bool passed = outcome == Outcome::success || outcome == Outcome::no_jobs;
    for (PipelineId gate = 0; gate < pipelines_.size(); ++gate) {
        if (scenario_.pipelines[gate].clean_check != here) continue;
        auto& all = pipelines_[gate]->checked;
        if (all.size() <= item.change) all.resize(static_cast<std::size_t>(item.change) + 1);
        PipelineState::Checked& checked = all[item.change];
        (passed ? checked.passed : checked.failed) = item.patchset;
        int& other = passed ? checked.failed : checked.passed;
        if (other == item.patchset) other = 0;
        if (!passed || checked.waiting != item.patchset) continue;
        triggers_.push_back({Trigger::Kind::enqueue, item.change, item.patchset, gate, Why::check_passed, {}});
        outside_.wake();
    }
    if (!passed) stop_waiting(item.change, here, item.patchset, Why::check_failed);
}

/// An item leaves its pipeline without a report.
void Gate::check_is_gone(const Item& item, const Reason& reason) {
    if (!item.live || reason.why == Why::promoted) return;  // the latter comes back at once
    stop_waiting(item.change, item.queue->pipeline, item.patchset, reason.why);
}

/// Who waits for a success of the change in `check` (kNone: in any pipeline), of this patch set or an older one, waits
/// no longer: it is not let in.
void Gate::stop_waiting(ChangeId change, PipelineId check, int patchset, Why why) {
    for (PipelineId gate = 0; gate < pipelines_.size(); ++gate) {
        const PipelineId its_check = scenario_.pipelines[gate].clean_check;
        auto& all = pipelines_[gate]->checked;
        if (its_check == kNone || (check != kNone && its_check != check) || all.size() <= change) continue;
        int& waiting = all[change].waiting;
        if (waiting == 0 || waiting > patchset) continue;
        waiting = 0;
        if (!reviews_[change].withdrawn) refuse(change, gate, why);
    }
}

}  // namespace gatesim
