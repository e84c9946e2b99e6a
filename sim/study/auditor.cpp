#include "study/auditor.hpp"

#include <algorithm>

#include "model/applies.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

void Auditor::wrong(const Event& e, const std::string& what) {
    if (!fault_.empty()) return;
    fault_ = (e.change == kNone ? std::string() : "change " + cast_.changes[e.change].name + ": ") + what + " (at " +
             std::to_string(e.at) + " µs)";
}

bool Auditor::lands(PipelineId pipeline) const {
    return pipeline != kNone && cast_.scenario->pipelines[pipeline].manager == Manager::dependent;
}

const std::vector<Job>* Auditor::jobs_of(const Book& book) const {
    for (const ProjectPipeline& part : cast_.scenario->projects[cast_.changes[book.change].project].pipelines)
        if (part.pipeline == book.pipeline) return &part.jobs;
    return nullptr;
}

/// Whether it needs the other one, itself or through others.
bool Auditor::needs(ChangeId change, ChangeId other) const {
    std::vector<ChangeId> open{change};
    std::vector<ChangeId> seen;
    while (!open.empty()) {
        const Change& c = cast_.changes[open.back()];
        open.pop_back();
        for (const auto& links : {c.git_parents, c.depends_on})
            for (ChangeId need : links) {
                if (need == other) return true;
                if (std::find(seen.begin(), seen.end(), need) != seen.end()) continue;
                seen.push_back(need);
                open.push_back(need);
            }
    }
    return false;
}

/// Of a cycle all land at one instant: it is over when time moves on.
void Auditor::collect_debts(const Event& e) {
    for (ChangeId change : owed_)
        if (change >= on_branch_.size() || !on_branch_[change])
            wrong(e, "a change landed that needs " + cast_.changes[change].name + ", which did not land with it");
    owed_.clear();
}

void Auditor::on(const Event& e) {
    if (e.at < now_) wrong(e, "time went back");
    if (!owed_.empty() && (e.at > now_ || e.kind == EventKind::ended)) collect_debts(e);
    now_ = e.at;
    if (e.kind == EventKind::never_at_rest) queues_[e.queue].restless = true;
    count_nodes(e);
    if (const std::string fault = idle_nodes_.hear(e); !fault.empty()) {
        Event nobodys;
        nobodys.at = e.at;
        wrong(nobodys, fault);
    }
    if (const std::string fault = approvals_.hear(e); !fault.empty()) wrong(e, fault);
    if (const std::string fault = holds_.hear(e); !fault.empty()) wrong(e, fault);
    if (const std::string fault = lost_runs_.hear(e); !fault.empty()) wrong(e, fault);
    if (const std::string fault = group_runs_.hear(e); !fault.empty()) wrong(e, fault);
    if (const std::string fault = reuses_.hear(e); !fault.empty()) wrong(e, fault);
    if (e.kind == EventKind::ended) return ended(e);
    if (e.kind == EventKind::landed) {
        if (on_branch_.size() <= e.change) on_branch_.resize(e.change + 1);
        on_branch_[e.change] = true;
        if (e.item == kNone) {
            landed_elsewhere_.insert(e.change);
            ++pushes_[cast_.changes[e.change].project];
        }
    }
    if ((e.kind == EventKind::enqueued || e.kind == EventKind::dequeued) && !lands(e.pipeline))
        elsewhere_ += e.kind == EventKind::enqueued ? 1 : -1;
    if (e.kind == EventKind::reported) note_check(e);
    note_waiting(e);
    if (e.kind == EventKind::enqueued) return enqueued(e);
    if (e.kind == EventKind::trial_opened) return opened(e);
    if (e.kind == EventKind::trial_closed) return closed(e);
    const auto known = items_.find(e.item);
    if (known == items_.end()) return;
    Book& book = known->second;
    switch (e.kind) {
        case EventKind::prepared:
            prepared(e, book);
            break;
        case EventKind::merged_state:
            if (e.attempt != book.attempt) break;
            book.merged = static_cast<int>(e.value);
            break;
        case EventKind::reset:
            book.attempt = kNone;
            book.chain.clear();
            book.results.clear();
            book.merged = -1;
            book.red_at = kNever;
            break;
        case EventKind::build_started:
            if (e.attempt != book.attempt ||
                !std::equal(e.chain.begin(), e.chain.end(), book.chain.begin(), book.chain.end()))
                wrong(e, "a build was started on another state than the one that was prepared");
            break;
        case EventKind::build_ended:
            if (e.value != 1 || e.attempt != book.attempt) break;
            if (e.voting && is_red(e.result)) book.red_at = std::min(book.red_at, e.at);
            if (e.result == Result::retry)
                book.results.erase(e.job);
            else if (const auto had = book.results.find(e.job);
                     e.result != Result::canceled || had == book.results.end() || !is_red(had->second))
                book.results.insert_or_assign(e.job, e.result);  // one that was stopped may run again
            break;
        case EventKind::job_skipped:
        case EventKind::job_failed_without_build:
        case EventKind::job_taken_over:
            if (e.attempt == book.attempt) book.results.insert_or_assign(e.job, e.result);
            break;
        case EventKind::reported:
            reported(e, book);
            break;
        case EventKind::dequeued:
            dequeued(e, book);
            break;
        default:
            break;
    }
}

void Auditor::prepared(const Event& e, Book& book) {
    book.attempt = e.attempt;
    book.chain.assign(e.chain.begin(), e.chain.end());
    book.queue_landings = queues_[book.queue].landed.size();
    book.results.clear();
    book.merged = -1;
    book.red_at = kNever;
}

void Auditor::reported(const Event& e, Book& book) {
    if (book.reported) wrong(e, "reported twice");
    book.reported = true;
    if (e.outcome == Outcome::landed) {
        ++landed_;
        check_landing(e, book);
    } else {
        ++ejected_;
        check_ejection(e, book);
    }
}

void Auditor::dequeued(const Event& e, Book& book) {
    if (book.left) wrong(e, "left its queue twice");
    book.left = true;
    if (book.reported || e.outcome == Outcome::dependency_failed) return;  // the latter is reported right after
    if (runs_on(e)) return;                                                // that one when its builds have ended
    if (e.outcome != Outcome::removed && e.outcome != Outcome::superseded) wrong(e, "left its queue without a report");
    ++removed_;
}

void Auditor::opened(const Event& e) {
    if (!lands(e.pipeline)) return wrong(e, "a trial where nothing lands");
    Book& book = items_[e.item];
    book.change = e.change;
    book.pipeline = e.pipeline;
    book.queue = e.queue;
    book.trial = true;
    book.pushes = pushes_[cast_.changes[e.change].project];
    book.members.assign(e.members.begin(), e.members.end());
    trials_[e.attempt] = e.item;
}

void Auditor::closed(const Event& e) {
    const Book& trial = items_[e.item];
    if (e.value == 1 && trial.merged == 1 && !trial.results.empty())
        for (ItemId member : trial.members) items_[member].passed |= vouched_for(items_[member], trial);
    trials_.erase(e.attempt);
    items_.erase(e.item);
}

/// Whether every voting job that applies to the member passed in the trial.
bool Auditor::vouched_for(const Book& member, const Book& trial) const {
    const auto* jobs = jobs_of(member);
    return jobs && std::all_of(jobs->begin(), jobs->end(), [&](const Job& job) {
               if (!job.voting || job.noop || !job_applies(job, cast_.changes[member.change])) return true;
               const auto result = trial.results.find(job.id);
               return result != trial.results.end() &&
                      (result->second == Result::success || result->second == Result::skipped);
           });
}

Auditor::Book* Auditor::trial_of(const Event& e) {
    const auto known = trials_.find(e.attempt);
    return known == trials_.end() ? nullptr : &items_[known->second];
}

const Relaxations& Auditor::relaxed(PipelineId pipeline) {
    const auto [known, fresh] = relaxed_.try_emplace(pipeline);
    if (fresh) known->second = relaxations_in(*cast_.scenario, pipeline);
    return known->second;
}

/// Where changes are tested one by one, a need may have come back behind its user (a new patch set, a promotion), and
/// Zuul lands the user first; but not when that need has been failing since before this instant. Where nothing would
/// come to rest, the gate does so all the same, and says it.
void Auditor::check_needs(const Event& e, const Book& book) {
    const auto* jobs = jobs_of(book);
    if (queues_[book.queue].restless || relaxed(e.pipeline).failing_needs || !jobs ||
        std::none_of(jobs->begin(), jobs->end(), [](const Job& job) { return job.voting; }))
        return;
    const Change& change = cast_.changes[book.change];
    for (const auto& [id, other] : items_) {
        if (other.left || other.trial || other.queue != book.queue || other.red_at >= now_) continue;
        const auto is = [who = other.change](ChangeId need) { return need == who; };
        // What it is written on is a patch set: where that has landed, a later one is none of its business.
        const bool written_on = std::any_of(change.git_parents.begin(), change.git_parents.end(), is);
        const bool met = other.change < on_branch_.size() && on_branch_[other.change];
        const bool needs = std::any_of(change.depends_on.begin(), change.depends_on.end(), is);
        if ((written_on || needs) && !met)
            wrong(e, "landed while " + cast_.changes[other.change].name + ", which it needs, was failing");
    }
}

/// Whether all that applies to the change passed in what was tested.
void Auditor::check_jobs(const Event& e, const Book& tested) {
    bool any_ran = false, any_votes = false;
    if (const auto* jobs = jobs_of(items_[e.item]))
        for (const Job& job : *jobs) {
            if (!job_applies(job, cast_.changes[e.change])) continue;
            const auto result = tested.results.find(job.id);
            const Result got = job.noop                         ? Result::success
                               : result == tested.results.end() ? Result::none
                                                                : result->second;
            any_ran |= got != Result::none && got != Result::skipped;
            any_votes |= job.voting;
            if (job.voting && got != Result::success && got != Result::skipped)
                wrong(e, "landed although " + cast_.scenario->job_names[job.id] +
                             " did not pass on the state that landed");
        }
    // Zuul stops the builds of a change while one that it needs is failing. Where none of them votes, it lands so.
    const Change& change = cast_.changes[e.change];
    const bool stopped = !any_votes && !(change.git_parents.empty() && change.depends_on.empty());
    if (!any_ran && !tested.trial && !stopped) wrong(e, "landed although nothing was run");
}

void Auditor::check_trial_landing(const Event& e, Book& book, const Book& trial) {
    const Relaxations& relaxed = this->relaxed(e.pipeline);
    if (trial.merged != 1) wrong(e, "landed although its state was never put together");
    const Change& change = cast_.changes[e.change];
    for (const auto& needed : {change.git_parents, change.depends_on})
        for (ChangeId need : needed)
            if (need >= on_branch_.size() || !on_branch_[need])
                wrong(e, "landed before " + cast_.changes[need].name + ", which it needs");
    if (!relaxed.past_queue && !relaxed.stale_base && trial.pushes != pushes_[cast_.changes[trial.change].project])
        wrong(e, "landed on what somebody pushed past the queue, without being tested on it");
    const bool none_ran = trial.results.empty();
    if (!relaxed.untested && !(relaxed.stale_base && none_ran && book.passed)) check_jobs(e, trial);
    QueueBook& queue = queues_[book.queue];
    const bool waits = !change.git_parents.empty() || !change.depends_on.empty();  // for one that came back, perhaps
    if (!relaxed.reorders && !waits && queue.last != kNone && e.item < queue.last)
        wrong(e, "landed after a change that stood behind it");
    // All of the chain that stands before it must be on the branch by now, and nothing else of this queue since then.
    for (ChangeId ahead : trial.chain) {
        if (ahead == e.change) break;
        if (ahead >= on_branch_.size() || !on_branch_[ahead])
            wrong(e, "landed, tested on " + cast_.changes[ahead].name + ", which has not");
    }
    if (!relaxed.independence)
        for (std::size_t i = trial.queue_landings; i < queue.landed.size(); ++i)
            if (std::find(trial.chain.begin(), trial.chain.end(), queue.landed[i]) == trial.chain.end())
                wrong(e, "landed on " + cast_.changes[queue.landed[i]].name + ", without being tested on it");
    queue.last = queue.last == kNone ? e.item : std::max(queue.last, e.item);
    queue.landed.push_back(book.change);
}

void Auditor::check_landing(const Event& e, Book& book) {
    if (const Book* trial = trial_of(e)) return check_trial_landing(e, book, *trial);
    if (book.merged != 1) wrong(e, "landed although its state was never put together");
    check_jobs(e, book);
    check_needs(e, book);
    QueueBook& queue = queues_[book.queue];
    // Behind a change that landed by another way, or with such a need, the reference is not sound (gate/contract.cpp).
    const Change& change = cast_.changes[book.change];
    bool excused = false;
    for (const auto& needed : {change.git_parents, change.depends_on})
        for (ChangeId need : needed) excused |= landed_elsewhere_.count(need) != 0;
    std::size_t next = book.queue_landings;
    const auto miss = [&] {
        wrong(e, "landed on " + cast_.changes[queue.landed[next]].name + ", without being tested on it");
    };
    for (ChangeId ahead : book.chain) {
        std::size_t at = next;
        while (at < queue.landed.size() && queue.landed[at] != ahead) ++at;
        if (at < queue.landed.size()) {
            if (at != next && !excused) miss();
            next = at + 1;
        } else if (ahead >= on_branch_.size() || !on_branch_[ahead]) {
            if (needs(book.change, ahead) && needs(ahead, book.change))
                owed_.push_back(ahead);
            else
                wrong(e, "landed, tested on " + cast_.changes[ahead].name + ", which has not");
        }
        excused |= landed_elsewhere_.count(ahead) != 0;
    }
    if (next < queue.landed.size() && !excused) miss();
    if (queue.last != kNone && e.item < queue.last && !excused) wrong(e, "landed after a change that stood behind it");
    queue.last = queue.last == kNone ? e.item : std::max(queue.last, e.item);
    queue.landed.push_back(book.change);
}

void Auditor::check_ejection(const Event& e, const Book& own) {
    const Book* trial = trial_of(e);
    const Book& book = trial ? *trial : own;
    if (trial && e.change != trial->change &&
        std::find(trial->chain.begin(), trial->chain.end(), e.change) == trial->chain.end())
        wrong(e, "ejected for a trial that it was not part of");
    const bool failed =
        std::any_of(book.results.begin(), book.results.end(), [](const auto& r) { return is_red(r.second); });
    switch (e.outcome) {
        case Outcome::failure:
            if (!failed && e.reason.why == Why::job_failed && cast_.changes[book.change].depends_on.empty() &&
                cast_.changes[book.change].git_parents.empty())
                wrong(e, "ejected for a failure that never was");
            break;
        case Outcome::conflict:
            if (book.merged != 0) wrong(e, "ejected for a conflict that never was");
            break;
        case Outcome::dependency_failed:
            if (e.reason.change == kNone) wrong(e, "ejected for a change it needs, but which?");
            break;
        case Outcome::no_jobs:
            if (!book.results.empty()) wrong(e, "sent away without jobs although some ran");
            break;
        default:
            break;
    }
    if (e.outcome != Outcome::no_jobs && e.outcome != Outcome::failure && e.reason.why == Why::none)
        wrong(e, "ejected without a recorded cause");
}

void Auditor::count_nodes(const Event& e) {
    if (pools_.empty())
        for (const Pool& pool : cast_.scenario->pools) pools_.push_back({pool.standing(), 0});
    if (e.kind == EventKind::pool_size) pools_[e.pool].size = e.value;
    if (const int added = nodes_added(e); added != 0) pools_[e.pool].size += added;
    if (e.kind == EventKind::granted) {
        PoolBook& pool = pools_[e.pool];
        pool.busy += e.value;
        if (!granted_.emplace(e.request, std::pair{e.pool, e.value}).second) wrong(e, "a request was served twice");
        if (pool.size != kUnlimited && pool.busy > pool.size)
            wrong(e, "more nodes busy than pool " + cast_.scenario->pools[e.pool].name + " has");
    }
    if (e.kind == EventKind::released) {
        const auto held = granted_.find(e.request);
        if (held == granted_.end()) return wrong(e, "nodes given back that nobody had");
        pools_[held->second.first].busy -= held->second.second;
        granted_.erase(held);
    }
}

void Auditor::ended(const Event& e) {
    // Where changes hang in a check, by two semaphores and a small pool, say, they keep their nodes.
    if (e.value != 0 || in_flight() != 0 || elsewhere_ != 0) return;
    if (!waiting_.empty())
        wrong(e, "change " + cast_.changes[waiting_.begin()->second].name + " waits for ever for a check");
    for (const auto& [id, book] : items_)
        if (!book.reported && !book.left) return;
    // Zuul loses the nodes that it asked for anew for a build that it had stopped.
    const bool all_kept =
        std::all_of(granted_.begin(), granted_.end(), [&](const auto& one) { return lost_runs_.keeps(one.first); });
    if (!all_kept && !idle_nodes_.is_unclear()) wrong(e, "nodes are still busy although every change has left");
}

}  // namespace gatesim
