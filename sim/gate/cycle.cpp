// Changes that need each other in a circle: tested together, landed together, ejected together. Only where the
// pipeline's strategy allows it; a circle is refused elsewhere. (Zuul has it since 4.1: its
// documentation of queues, allow-circular-dependencies.)
//
// Each change keeps an item of its own, one right behind the other. What ties them: the builds of each test all of
// them; they land at one instant or not at all; trouble of one is trouble of all; a change that one of them needs is
// needed by all.
#include <algorithm>
#include <set>

#include "gate/gate.hpp"

namespace gatesim {

// ------------------------------------------------------------ who belongs together

std::vector<ChangeId> Gate::cycle_of(ChangeId change) const {
    if (git_children_[change].empty() && depends_users_[change].empty()) return {change};
    std::vector<ChangeId> below;  // what it needs, however far, needs first
    std::set<ChangeId> seen{change};
    struct Step {
        ChangeId at;
        std::vector<Need> needs;
        std::size_t next = 0;
    };
    std::vector<Step> path;
    path.push_back({change, needs_of(change)});
    while (!path.empty()) {
        Step& step = path.back();
        if (step.next == step.needs.size()) {
            below.push_back(step.at);
            path.pop_back();
            continue;
        }
        const Need need = step.needs[step.next++];
        if (reviews_[need.change].has_landed(need.patchset) || !seen.insert(need.change).second) continue;
        path.push_back({need.change, needs_of(need.change)});
    }
    std::set<ChangeId> inside{change};  // those of them that need it
    for (bool more = true; more;) {
        more = false;
        for (ChangeId c : below) {
            if (inside.count(c)) continue;
            const std::vector<Need> needs = needs_of(c);
            if (std::none_of(needs.begin(), needs.end(), [&](const Need& n) { return inside.count(n.change) != 0; }))
                continue;
            inside.insert(c);
            more = true;
        }
    }
    below.erase(std::remove_if(below.begin(), below.end(), [&](ChangeId c) { return !inside.count(c); }), below.end());
    return below;
}

bool Gate::add_cycle(const std::vector<ChangeId>& cycle, ChangeId wanted, Queue& queue, const Ask& ask,
                     std::vector<ChangeId>& history) {
    const auto in_cycle = [&](ChangeId c) { return std::find(cycle.begin(), cycle.end(), c) != cycle.end(); };
    const auto refused = [&](ChangeId because) {
        refuse(wanted, queue.pipeline, Why::need_elsewhere, because);
        return false;
    };
    std::vector<Need> outside;
    for (ChangeId c : cycle) {
        const int patchset = cast_.changes[c].patchset;
        if (!can_be_merged(c, patchset) || item_in_queue(c, patchset, queue)) return refused(c);
        if (scenario_.pipelines[queue.pipeline].clean_check != kNone && ask.why != Why::promoted &&
            !let_in(c, patchset, queue.pipeline, ask.why))
            return refused(c);
        std::vector<Need> collected;
        ChangeId which = kNone;
        if (missing(c, queue, &collected, &which) == Needs::impossible) return refused(which);
        for (const Need& need : collected)
            if (!in_cycle(need.change)) outside.push_back(need);
    }
    Ask ahead = ask;
    ahead.why = Why::needed_by;
    ahead.because = wanted;
    history.insert(history.end(), cycle.begin(), cycle.end());
    bool all = true;
    for (const Need& need : outside)
        if (all && !add(need.change, need.patchset, queue.pipeline, &queue, ahead, history)) all = refused(need.change);
    history.resize(history.size() - cycle.size());
    if (!all) return false;
    // What one of them needs brings those along that need it: the whole circle may be here by now.
    if (std::any_of(cycle.begin(), cycle.end(),
                    [&](ChangeId c) { return item_in_queue(c, cast_.changes[c].patchset, queue); }))
        return true;
    auto tied = std::make_shared<Cycle>();
    for (ChangeId c : cycle) {
        Item& added = append(c, cast_.changes[c].patchset, queue, c == wanted ? ask : ahead);
        added.cycle = tied;
        tied->members.open().push_back(&added);
    }
    for (ChangeId c : cycle) add_behind(c, queue, ask);
    return true;
}

const Item* Gate::mate_of(const Item& item, ChangeId change) {
    if (!item.cycle) return nullptr;
    for (const Item* mate : item.cycle->members)
        if (mate != &item && mate->change == change) return mate;
    return nullptr;
}

Item* Gate::mate_before(const Item& item) {
    return item.cycle && item.cycle->members.front() != &item ? item.previous : nullptr;
}

const Item* Gate::ahead_of_all(const Item& item) {
    return item.cycle ? item.cycle->members.front()->ahead : item.ahead;
}

// ------------------------------------------------------------ how they stand

bool Gate::in_trouble(const Item& item) const {
    if (item.attempt.merge == MergeState::conflict || item.attempt.config_error) return true;
    if (complete(item) && !all_succeeded(item)) return true;
    const JobSlot* failed = failed_slot(item);
    return failed && failed->result != Result::canceled;
}

const Item* Gate::troubled_mate(const Item& item) const {
    if (!item.cycle || in_trouble(item)) return nullptr;
    for (const Item* mate : item.cycle->members)
        if (mate != &item && in_trouble(*mate)) return mate;
    return nullptr;
}

bool Gate::verdict_due(const Item& item) const {
    if (!complete(item)) return false;
    if (!item.cycle || !all_succeeded(item)) return true;
    return std::all_of(item.cycle->members.begin(), item.cycle->members.end(),
                       [&](const Item* mate) { return complete(*mate) && all_succeeded(*mate); });
}

std::vector<ChangeId> Gate::chain_of(const Item& item) const {
    std::vector<ChangeId> chain;
    for (const Item* i = ahead_of_all(item); i; i = i->ahead) chain.push_back(i->change);
    std::reverse(chain.begin(), chain.end());
    if (item.cycle)
        for (const Item* mate : item.cycle->members)
            if (mate != &item) chain.push_back(mate->change);
    chain.push_back(item.change);
    return chain;
}

// ------------------------------------------------------------ the end

bool Gate::land_cycle(Item& item) {
    const std::vector<Item*> members = item.cycle->members;
    for (const Item* member : members)
        if (!check_landing(*member)) return false;
    // Asked before anything lands: half a cycle on the branch would be broken.
    const auto refuser = std::find_if(members.begin(), members.end(), [&](const Item* member) {
        return !landed(*member) && !outside_.submit(member->change);
    });
    if (refuser != members.end()) {
        for (Item* member : members)
            if (member == *refuser)
                tell_report(*member, Outcome::submit_failed, {Why::submit_refused, kNone, kNone, kNone});
            else
                tell_report(*member, Outcome::dependency_failed, {Why::need_refused, (*refuser)->change, kNone, kNone});
        return false;
    }
    const Landings::Mark before = landings_.mark();
    std::vector<Item*> fresh;
    for (Item* member : members) {
        if (landed(*member)) continue;
        reviews_[member->change].land(member->patchset);
        landings_.add(member->change);
        fresh.push_back(member);
    }
    landings_.landed_at_once(before);
    for (Item* member : members) {
        member->queue->landed.open().push_back(member->change);
        member->queue->last_landed_sequence = std::max(member->queue->last_landed_sequence, member->sequence);
        member->landed = true;
        const Reason reason = passed_reason(*member);
        tell_report(*member, Outcome::landed, reason);
        if (std::find(fresh.begin(), fresh.end(), member) == fresh.end()) continue;
        Event e = event(EventKind::landed, *member);
        e.reason = reason;
        e.chain = member->attempt.chain->without_last();
        e.value = std::max<std::int64_t>(landings_.mark() - before, 1) - 1;
        outside_.tell(e);
    }
    return true;
}

/// Somebody took a member out: the others leave with it.
void Gate::eject_mates(const std::vector<Item*>& mates, ChangeId gone) {
    const Reason reason{Why::need_gone, gone, kNone, kNone};
    for (Item* mate : mates) {
        if (landed(*mate)) continue;
        cancel(*mate, true, reason, kNone);
        take_out(*mate, Outcome::dependency_failed, reason);
        tell_report(*mate, Outcome::dependency_failed, reason);
    }
}

}  // namespace gatesim
