#include "strategy/tree/speculation.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "strategy/tree/tree_queue.hpp"
#include "strategy/trials.hpp"

namespace gatesim {

namespace {

/// Verdicts in store, for each build at once.
constexpr std::int64_t kKept = 3;

std::int64_t nodes_of(const Scenario& scenario) {
    std::int64_t nodes = 0;
    for (const Pool& pool : scenario.pools) {
        if (pool.most() == kUnlimited) return kManyBuilds;
        nodes += pool.most();
    }
    return std::max<std::int64_t>(1, nodes);
}

}  // namespace

void Speculation::opened(Gate& gate, Queue& queue) {
    auto state = std::make_unique<TreeQueue>(rule_);
    state->builds = rule_.builds > 0 ? rule_.builds : nodes_of(gate.scenario());
    if (!rule_.preempt)
        for (const Pool& pool : gate.scenario().pools) state->stop_time = std::max(state->stop_time, pool.abort_delay);
    queue.state = std::move(state);
}

Relaxations Speculation::relaxations() const {
    Relaxations relaxed;
    relaxed.independence = relaxed.reorders = rule_.conflicts != "all" || rule_.bypass > 0;
    return relaxed;
}

/// Those it depends on are known; one that has overtaken was green together with it.
bool Speculation::independent(const Gate&, const Item& landed, const Item& trial) const {
    const auto& state = static_cast<const TreeQueue&>(*trial.queue->state);
    Head* head = state.heads.of(trial.parts.back());
    const Head* other = state.heads.of(landed.id);
    return head && (!other || !Heads::link(*head, *other));
}

/// Another path of it has a verdict, or those ahead have to be decided first.
Reason Speculation::why_undecided(const Gate& gate, const Queue& queue, const Item& trial) const {
    const Item* tip = gate.tip(trial);
    const Item* ahead = queue.first;
    if (!tip || !ahead || ahead == tip) return {Why::verdict_waits, kNone, kNone, kNone};
    return {passed(gate, trial) ? Why::ahead_undecided : Why::failed_waits, ahead->change, kNone, kNone};
}

bool Speculation::pass(Gate& gate, Queue& queue) {
    auto& state = static_cast<TreeQueue&>(*queue.state);
    bool changed = drop_needy(gate, queue);
    const auto ended = static_cast<std::int64_t>(std::exchange(queue.rung, {}).size());
    state.stopping -= ended;
    state.dirty |= ended > 0;
    changed |= see_departures(gate, queue, state);
    hear(queue, state);
    changed |= hear_verdicts(gate, state);
    changed |= decide_all(gate, queue, state);
    changed |= admit(gate, queue, state);
    price_anew(gate, queue, state);
    while (state.dirty) changed |= schedule(gate, queue, state);
    hear(queue, state);
    return advance(gate, state) || changed;
}

/// Whose tests have to be looked at again.
void Speculation::hear(Queue& queue, TreeQueue& state) const {
    std::vector<Item*> stirred;
    if (queue.take_stirred(stirred))
        for (const auto& head : state.heads.all()) state.heard.insert(head->order);
    for (const Item* trial : stirred)
        if (const Head* head = state.heads.of(trial->parts.back())) state.heard.insert(head->order);
}

/// Lets work go on where something happened or is new. What ended by that is heard in the next pass.
bool Speculation::advance(Gate& gate, TreeQueue& state) {
    bool changed = false;
    state.moving.insert(state.heard.begin(), state.heard.end());
    for (std::uint64_t order : std::exchange(state.moving, {})) {
        const Head* head = state.heads.at(order);
        if (!head) continue;
        for (const Path& path : head->paths) {
            if (path.verdict != Path::Verdict::open || gate.at_rest(*path.trial)) continue;
            changed |= gate.advance(*path.trial);
            if (has_verdict(gate, *path.trial)) state.heard.insert(order);
        }
    }
    return changed;
}

// ------------------------------------------------------------ coming

bool Speculation::admissible(const Gate& gate, const TreeQueue& state, const Item& item) const {
    const Change& change = gate.change(item);
    if (change.git_parents.empty() && change.depends_on.empty()) return true;
    std::vector<Item*> there;
    for (const auto& head : state.heads.all()) there.push_back(gate.item(head->id));
    return gate.may_follow(there, item);
}

std::vector<Link> Speculation::links_of(const Gate& gate, const Queue& queue, TreeQueue& state,
                                        const Item& item) const {
    const Change& change = gate.change(item);
    const auto& all = state.heads.all();
    constexpr std::uint64_t kNo = 0, kChain = 1, kDirect = 2, kMust = 4;  // bits
    const std::uint64_t base = state.mark;
    state.mark += 8;
    const auto bits = [&](const Head& head) { return head.mark >= base ? head.mark - base : kNo; };
    const auto add = [&](Head& head, std::uint64_t more) { head.mark = base + (bits(head) | more); };
    for (const auto& head : all) {
        const bool must = contains(change.git_parents, head->change) || contains(change.depends_on, head->change);
        const bool direct =
            rule_.conflicts == "all" ||
            (rule_.conflicts == "footprint" && may_conflict(change.footprint, gate.change(head->change).footprint));
        head->mark = base + (must ? kMust | kDirect : kNo) + (!must && direct ? kDirect : kNo);
    }
    // What a change ahead needs must be in every state that holds it.
    for (auto head = all.rbegin(); head != all.rend(); ++head) {
        const std::uint64_t mine = bits(**head);
        if (mine == kNo || !(rule_.chain || (*head)->needy)) continue;  // a head can have thousands of links
        for (const Link& link : (*head)->before)
            if (rule_.chain || link.must) add(*link.head, kChain | (link.must ? mine & kMust : kNo));
    }
    std::vector<Link> links;
    for (auto at = all.rbegin(); at != all.rend(); ++at) {
        Head* head = at->get();
        const std::uint64_t mine = bits(*head);
        if (mine == kNo) continue;
        Link link{head, 0, (mine & kMust) != 0};
        if (mine & kDirect) link.conflict = static_cast<float>(conflict(gate, queue, item.change, head->change));
        if (rule_.bypass > 0) link.first = static_cast<float>(first(gate, queue, item.change, head->change));
        links.push_back(link);
    }
    return links;
}

bool Speculation::admit(Gate& gate, Queue& queue, TreeQueue& state) {
    std::vector<Item*> come;
    for (ItemId id : std::exchange(state.waiting, {}))
        if (Item* item = gate.item(id)) come.push_back(item);
    const std::size_t waited = come.size();
    for (Item* item = queue.last; item && item->sequence > state.seen; item = item->previous) come.push_back(item);
    std::reverse(come.begin() + static_cast<std::ptrdiff_t>(waited), come.end());
    if (queue.last) state.seen = std::max(state.seen, std::uint64_t{queue.last->sequence});
    bool any = false;
    for (bool more = true; more;) {
        more = false;
        for (Item*& item : come) {
            if (!item || !item->live || !admissible(gate, state, *item)) continue;
            Head& head = state.heads.admit(item->id, item->change, links_of(gate, queue, state, *item));
            head.own = passes(gate, queue, item->change);
            state.stale.insert(head.order);
            item = nullptr;
            any = more = state.dirty = true;
        }
    }
    for (const Item* item : come)
        if (item && item->live) state.waiting.push_back(item->id);
    return any;
}

// ------------------------------------------------------------ choosing

void Speculation::price_anew(Gate& gate, Queue& queue, TreeQueue& state) {
    while (!state.stale.empty()) {  // those ahead first: a price depends on theirs only
        Head* head = state.heads.at(*state.stale.begin());
        state.stale.erase(state.stale.begin());
        if (!head) continue;
        const double was = head->lands, now = lands(gate, queue, *head);
        if (was == now) continue;
        state.heads.price(*head, now);
        state.dirty = true;
        for (const Head* other : head->behind)
            if (finished(*other)) state.stale.insert(other->order);
    }
}

/// Chooses the paths that are worth a build. True if any was opened or stopped.
bool Speculation::schedule(Gate& gate, Queue& queue, TreeQueue& state) {
    struct New {
        Head* head;
        std::uint64_t key;
        std::vector<Head*> chain;
    };
    state.dirty = false;
    ++state.round;
    std::int64_t running = 0, finished = 0;
    for (const auto& head : state.heads.all())
        for (const Path& path : head->paths) ++(path.verdict == Path::Verdict::open ? running : finished);
    std::int64_t slots = rule_.preempt ? state.builds : state.builds - running - state.stopping;
    state.best.begin(state.heads.all(), [&](const Head& head) { return !rule_.wait || head.before.empty(); });
    const Cost dearest = rule_.threshold > 0 ? cost_of(rule_.threshold) : std::numeric_limits<Cost>::max();
    std::vector<New> fresh;
    std::int64_t kept = 0;
    for (BestPaths::Found found;
         slots > 0 && kept < kKept * state.builds && state.best.next(found) && found.cost <= dearest;) {
        Path* path = found.head->find(found.key);
        if (!path) {
            fresh.push_back({found.head, found.key, state.best.chain_of(found)});
            --slots;
        } else if (path->verdict == Path::Verdict::open) {
            path->wanted = state.round;
            slots -= rule_.preempt;
        } else {
            path->wanted = state.round;
            ++kept;
        }
    }
    if (finished > kKept * state.builds) forget_verdicts(gate, state);
    if (rule_.preempt) stop_outbid(gate, state, slots);
    std::vector<std::uint64_t> unfit;  // what they need has become another since they came
    for (const New& path : fresh) {
        const Opened opened = open(gate, queue, *path.head, path.key, path.chain);
        state.dirty |= opened != Opened::yes;
        if (opened == Opened::never) unfit.push_back(path.head->order);
    }
    for (std::uint64_t order : unfit)
        if (Head* head = state.heads.at(order)) demote(gate, state, *head);
    return !fresh.empty();
}

/// Where one slow build holds up many fast ones, verdicts on ever less likely guesses would pile up.
void Speculation::forget_verdicts(Gate& gate, TreeQueue& state) {
    for (const auto& head : state.heads.all())
        std::erase_if(head->paths, [&](const Path& path) {
            if (path.verdict == Path::Verdict::open || path.wanted == state.round) return false;
            if (path.trial) gate.drop(*path.trial, {Why::outbid, kNone, kNone, kNone});
            return true;
        });
}

/// Pre-emptive: what is not among the best any more makes room, if room is needed.
void Speculation::stop_outbid(Gate& gate, TreeQueue& state, std::int64_t slots) {
    for (const auto& head : state.heads.all())
        std::erase_if(head->paths, [&](const Path& path) {
            if (path.verdict != Path::Verdict::open || path.wanted == state.round || slots-- > 0) return false;
            gate.drop(*path.trial, {Why::outbid, kNone, kNone, kNone});
            return true;
        });
}

Speculation::Opened Speculation::open(Gate& gate, Queue& queue, Head& head, std::uint64_t key,
                                      const std::vector<Head*>& chain) {
    std::vector<Item*> items;
    bool possible = true;
    for (const Head* ahead : chain) {
        Item* item = gate.item(ahead->id);
        possible &= gate.may_follow(items, *item);
        items.push_back(item);
    }
    Item* item = gate.item(head.id);
    if (possible && !gate.may_follow(items, *item)) return Opened::never;
    items.push_back(item);
    Item* trial = possible ? gate.open_trial(queue, items, 1) : nullptr;
    if (trial) static_cast<TreeQueue&>(*queue.state).moving.insert(head.order);
    head.paths.push_back({key, trial, trial ? Path::Verdict::open : Path::Verdict::impossible});
    return possible ? Opened::yes : Opened::not_so;
}

}  // namespace gatesim
