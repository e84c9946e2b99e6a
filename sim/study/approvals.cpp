#include "study/approvals.hpp"

#include <algorithm>

namespace gatesim {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool Approvals::lands(PipelineId pipeline) const {
    return pipeline != kNone && cast_.scenario->pipelines[pipeline].manager == Manager::dependent;
}

std::string Approvals::hear(const Event& e) {
    if (e.change == kNone || !cast_.scenario->load.listed || cast_.changes[e.change].listed == kNone) return {};
    if (e.kind == EventKind::patchset) new_patchset(e);
    const bool turned_away =
        e.kind == EventKind::refused || (e.kind == EventKind::reported && e.outcome != Outcome::landed);
    if ((turned_away && cast_.scenario->load.after_ejection.retry > 0) || e.kind == EventKind::reverted)
        unclear_.insert(e.change);
    if (e.kind != EventKind::enqueued || !lands(e.pipeline) || unclear_.count(e.change) || is_approved(e)) return {};
    return "let in although nobody has approved this patch set";
}

/// One that nobody scripted is the work of somebody who wants it to land.
void Approvals::new_patchset(const Event& e) {
    for (const ScriptedEvent& scripted : cast_.scenario->load.listed->events)
        if (scripted.kind == ScriptedEventKind::new_patchset && scripted.at == e.at &&
            contains(scripted.changes, cast_.changes[e.change].name)) {
            if (!scripted.keeps_approval) since_[e.change] = e.at;
            return;
        }
    unclear_.insert(e.change);
}

bool Approvals::is_approved(const Event& e) const {
    const Change& change = cast_.changes[e.change];
    const ListedLoad& load = *cast_.scenario->load.listed;
    const ListedChange& listed = load.changes[change.listed];
    const auto since = since_.find(e.change);
    const auto counts = [&](Time at) { return at <= e.at && (since == since_.end() || at >= since->second); };
    if (listed.approved_at) {
        if (change.patchset == 1 && counts(*listed.approved_at)) return true;
        if (since == since_.end() && *listed.approved_at <= e.at) return true;  // kept
    } else {
        for (const auto& [pipeline, at] : listed.enqueue_at)
            if (lands(pipeline) && counts(at)) return true;
    }
    return std::any_of(load.events.begin(), load.events.end(), [&](const ScriptedEvent& scripted) {
        if (!contains(scripted.changes, change.name) || !counts(scripted.at)) return false;
        if (scripted.kind == ScriptedEventKind::new_patchset)
            return !listed.approved_at && std::any_of(scripted.enqueue.begin(), scripted.enqueue.end(),
                                                      [&](PipelineId p) { return lands(p); });
        return scripted.kind == ScriptedEventKind::enqueue || scripted.kind == ScriptedEventKind::approve;
    });
}

}  // namespace gatesim
