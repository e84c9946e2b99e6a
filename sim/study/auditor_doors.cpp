// What the auditor knows of those who want to get in, and whether they may.
#include "study/auditor.hpp"

namespace gatesim {

/// What each gate that asks for a success in check must know by now.
void Auditor::note_check(const Event& e) {
    const auto& pipelines = cast_.scenario->pipelines;
    const bool passed = e.outcome == Outcome::success || e.outcome == Outcome::no_jobs;
    for (PipelineId gate = 0; gate < pipelines.size(); ++gate) {
        if (pipelines[gate].clean_check == kNone) continue;
        if (e.pipeline == pipelines[gate].clean_check) {
            if (passed)
                clean_[{gate, e.change}] = e.patchset;
            else if (clean_[{gate, e.change}] == e.patchset)
                clean_[{gate, e.change}] = 0;
        } else if (e.pipeline == gate && !passed && e.outcome != Outcome::landed) {
            clean_[{gate, e.change}] = 0;
        }
    }
}

void Auditor::note_waiting(const Event& e) {
    const auto over = [&] {
        for (PipelineId gate = 0; gate < cast_.scenario->pipelines.size(); ++gate) waiting_.erase({gate, e.change});
    };
    switch (e.kind) {
        case EventKind::awaits_check:
            if (!waiting_.insert({e.pipeline, e.change}).second) wrong(e, "waits for its check twice");
            break;
        case EventKind::enqueued:
        case EventKind::refused:
            waiting_.erase({e.pipeline, e.change});
            break;
        case EventKind::withdrawn:
        case EventKind::landed:
            over();
            break;
        default:
            break;
    }
}

void Auditor::check_entry(const Event& e) {
    const auto& pipelines = cast_.scenario->pipelines;
    const PipelineId check = pipelines[e.pipeline].clean_check;
    if (check == kNone || e.reason.why == Why::promoted) return;
    for (const ProjectPipeline& part : cast_.scenario->projects[cast_.changes[e.change].project].pipelines)
        if (part.pipeline == check && clean_[{e.pipeline, e.change}] != e.patchset)
            wrong(e, "let in without a success in " + pipelines[check].name);
}

void Auditor::enqueued(const Event& e) {
    if (!lands(e.pipeline)) return;
    check_entry(e);
    Book& book = items_[e.item];
    if (book.change != kNone) wrong(e, "enqueued twice as the same item");
    book.change = e.change;
    book.pipeline = e.pipeline;
    book.queue = e.queue;
    ++enqueued_;
}

}  // namespace gatesim
