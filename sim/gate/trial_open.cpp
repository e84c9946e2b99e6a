// Opening trials: their chain is checked and frozen. (Trials: gate/gate.hpp.)
#include <algorithm>
#include <functional>

#include "gate/gate.hpp"
#include "gate/pipeline_state.hpp"
#include "model/mixed.hpp"

namespace gatesim {

Item& Gate::new_trial(Queue& queue, ChangeId tip, std::uint64_t sequence) {
    Item& trial = new_item(tip, cast_.changes[tip].patchset);
    trial.sequence = sequence;
    trial.queue = &queue;
    trial.trial = true;
    trial.branch = queue.branch;
    trial.opened = looks_;
    trial.attempt.queue_landings = static_cast<std::uint32_t>(queue.landed.size());
    queue.trials.open().push_back(&trial);
    return trial;
}

Item* Gate::find(const Queue& queue, ChangeId change) const {
    for (Item* item : items_of_[change])
        if (item->queue == &queue && item->live && !item->detached && !item->parked) return item;
    return nullptr;
}

bool Gate::may_follow(std::span<Item* const> chain, const Item& item) const {
    if (item.needless) return true;
    for (const Need& need : needs_of(item.change)) {
        if (reviews_[need.change].has_landed(need.patchset)) continue;
        if (std::none_of(chain.begin(), chain.end(), [&](const Item* other) {
                return other->change == need.change && other->patchset == need.patchset;
            }))
            return false;
    }
    return true;
}

Item* Gate::open_trial(Queue& queue, std::span<Item* const> chain, std::size_t members, std::span<const JobId> only) {
    if (chain.empty() || members == 0 || members > chain.size()) {
        if (broken_.empty()) broken_ = "a trial of nothing in queue " + *queue.name;
        return nullptr;
    }
    const auto not_after = [](const Item* a, const Item* b) { return a->sequence >= b->sequence; };
    std::vector<const Item*> each;  // in the order of the queue nothing can stand twice
    if (std::adjacent_find(chain.begin(), chain.end(), not_after) != chain.end())
        each.assign(chain.begin(), chain.end());
    std::sort(each.begin(), each.end(), std::less<>());  // to be asked about, never to be gone through
    const auto twice = std::adjacent_find(each.begin(), each.end());
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (!may(*chain[i], "tested")) return nullptr;
        const bool again = twice != each.end() && chain[i] == *twice;
        if (chain[i]->trial || !chain[i]->live || again) {
            break_contract(*chain[i], "tested twice in one state, or without being in the queue");
            return nullptr;
        }
        if (!may_follow(chain.first(i), *chain[i])) {
            break_contract(*chain[i],
                           "tested without a change it needs, which has neither landed nor stands before it");
            return nullptr;
        }
    }
    // Most trials are another one and one more change; those of a window stand in that order.
    const Item* before = chain.size() > 1 ? chain[chain.size() - 2] : nullptr;
    const Item* base = before && !before->endings.empty() ? before->endings.back() : nullptr;
    Item& trial = new_trial(queue, chain.back()->change, chain.back()->sequence);
    std::vector<ChangeId> changes;
    std::vector<ItemId> parts;
    for (const Item* item : chain) {
        changes.push_back(item->change);
        parts.push_back(item->id);
        trial.heads = mixed(mixed(trial.heads, item->change + 1), static_cast<std::uint64_t>(item->patchset));
    }
    trial.ascending = each.empty();
    trial.only.open().assign(only.begin(), only.end());
    using Changes = SharedList<ChangeId>;
    using Parts = SharedList<ItemId>;
    trial.attempt.chain = base ? Changes::after(base->attempt.chain, changes) : Changes(changes);
    trial.parts = base ? Parts::after(base->parts, parts) : Parts(parts);
    trial.members = static_cast<std::uint32_t>(members);
    chain.back()->endings.open().push_back(&trial);
    tell_opened(trial);
    return &trial;
}

void Gate::tell_opened(const Item& trial) {
    Event e = event(EventKind::trial_opened, trial);
    e.chain = trial.attempt.chain->without_last();
    if (!trial.probe) e.members = trial.parts->span().last(trial.members);
    outside_.tell(e);
    note_opened(trial);
}

Item* Gate::open_next(const Item& before, std::span<Item* const> more) {
    const bool good = looked_at_ && before.trial && !before.probe && before.opened == looks_ && !before.refuted &&
                      before.landed_ahead == 0 && before.ascending;
    if (!good || more.empty()) return nullptr;
    const auto may_stand = [&](std::size_t i) {
        if (more[i]->needless) return true;
        std::vector<Item*> chain;
        for (const ItemId part : before.parts)
            if (Item* there = item(part)) chain.push_back(there);  // with independence one may have landed
        chain.insert(chain.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(i));
        return may_follow(chain, *more[i]);
    };
    const Item* last = item(before.parts->back());
    for (std::size_t i = 0; i < more.size(); last = more[i++])
        if (!may(*more[i], "tested") || more[i]->trial || !more[i]->live || !last ||
            last->sequence >= more[i]->sequence || !may_stand(i))
            return nullptr;
    Item& trial = new_trial(*before.queue, more.back()->change, more.back()->sequence);
    trial.heads = before.heads;
    trial.attempt.chain = before.attempt.chain;
    trial.parts = before.parts;
    for (const Item* one : more) {
        trial.attempt.chain = SharedList<ChangeId>::grown(trial.attempt.chain, 0, one->change);
        trial.parts = SharedList<ItemId>::grown(trial.parts, 0, one->id);
        trial.heads = mixed(mixed(trial.heads, one->change + 1), static_cast<std::uint64_t>(one->patchset));
    }
    trial.ascending = true;
    trial.members = static_cast<std::uint32_t>(more.size());
    more.back()->endings.open().push_back(&trial);
    tell_opened(trial);
    return &trial;
}

Item* Gate::open_probe(Queue& queue, Landings::Mark mark, std::span<const ChangeId> changes) {
    bool fine = mark <= landings_.mark();
    const auto reverted = [&](ChangeId change) {  // meanwhile, by somebody: it was on the branch all the same
        const auto undone = landings_.undone();
        return std::any_of(undone.begin(), undone.end(), [&](const auto& one) { return one.change == change; });
    };
    for (ChangeId change : changes) fine &= landings_.landed(change) || reverted(change);
    if (!fine) {
        if (broken_.empty()) broken_ = "a probe of a branch that never was, in queue " + *queue.name;
        return nullptr;
    }
    std::vector<ChangeId> chain(changes.begin(), changes.end());
    for (Landings::Mark place = mark; chain.empty() && place > 0; --place)  // any that is in the state gives it a name
        if (const ChangeId last = landings_.order()[place - 1]; landings_.landed_before(last, mark)) chain = {last};
    if (chain.empty()) return nullptr;
    Item& trial = new_trial(queue, chain.back(), 0);
    trial.probe = true;
    trial.members = static_cast<std::uint32_t>(chain.size());
    trial.attempt.chain = SharedList<ChangeId>(chain);
    trial.attempt.base = mark;
    tell_opened(trial);
    return &trial;
}

}  // namespace gatesim
