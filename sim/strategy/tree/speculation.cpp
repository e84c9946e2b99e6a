#include "strategy/tree/speculation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "strategy/trials.hpp"

namespace gatesim {

namespace {

/// A change is decided before those ahead of it only if few of them are open: all paths must have been built.
constexpr std::size_t kMostOpen = 6;

/// Verdicts in store, for each build at once.
constexpr std::int64_t kKept = 3;

bool contains(std::span<const std::uint32_t> ids, std::uint32_t id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool finished(const Head& head) {
    return head.some_passed || head.some_failed;
}

std::int64_t nodes_of(const Scenario& scenario) {
    std::int64_t nodes = 0;
    for (const Pool& pool : scenario.pools) {
        if (pool.nodes == kUnlimited) return kManyBuilds;
        nodes += pool.nodes;
    }
    return std::max<std::int64_t>(1, nodes);
}

}  // namespace

struct TreeQueue final : StrategyState {
    explicit TreeQueue(const SpeculationRule& rule)
        : heads(static_cast<std::size_t>(rule.bypass)), best(rule.otherwise && !rule.wait) {}

    Heads heads;
    BestPaths best;
    std::vector<ItemId> waiting;    ///< for a change they need, which is in no state that they could be tested on
    std::uint64_t seen = 0;         ///< sequence of the newest item that was looked at
    std::set<std::uint64_t> stale;  ///< orders of those whose price may be another
    std::set<std::uint64_t> ripe;   ///< of those that may be decided
    bool dirty = false;             ///< another choice of paths may be due
    std::uint64_t round = 0;        ///< of scheduling
    std::uint64_t mark = 0;
    std::int64_t builds = 1;  ///< at once
};

void Speculation::opened(Gate& gate, Queue& queue) {
    auto state = std::make_unique<TreeQueue>(rule_);
    state->builds = rule_.builds > 0 ? rule_.builds : nodes_of(gate.scenario());
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

bool Speculation::pass(Gate& gate, Queue& queue) {
    auto& state = static_cast<TreeQueue&>(*queue.state);
    bool changed = drop_needy(gate, queue);
    changed |= see_departures(gate, state);
    changed |= hear_verdicts(gate, state);
    changed |= decide_all(gate, state);
    changed |= admit(gate, queue, state);
    price_anew(gate, queue, state);
    while (state.dirty) changed |= schedule(gate, queue, state);
    for (const auto& head : state.heads.all())
        for (const Path& path : head->paths)
            if (path.verdict == Path::Verdict::open && !gate.at_rest(*path.trial)) changed |= gate.advance(*path.trial);
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
        if (mine == kNo) continue;
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
    if (queue.last) state.seen = std::max(state.seen, queue.last->sequence);
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

bool Speculation::see_departures(Gate& gate, TreeQueue& state) {
    std::vector<std::uint64_t> gone;
    for (const auto& head : state.heads.all())
        if (!gate.item(head->id)) gone.push_back(head->order);
    for (std::uint64_t order : gone)
        if (Head* head = state.heads.at(order)) resolve(gate, state, *head, false, nullptr);
    return !gone.empty();
}

// ------------------------------------------------------------ deciding

bool Speculation::hear_verdicts(Gate& gate, TreeQueue& state) {
    bool any = false;
    for (const auto& head : state.heads.all()) {
        const auto lost = std::erase_if(head->paths, [&](const Path& path) {
            if (!path.trial || !path.trial->refuted) return false;
            gate.drop(*path.trial, {Why::refuted, kNone, kNone, kNone});
            return true;
        });
        if (lost > 0) any = state.dirty = true;
        for (Path& path : head->paths) {
            if (path.verdict != Path::Verdict::open || !has_verdict(gate, *path.trial)) continue;
            const bool good = passed(gate, *path.trial);
            path.verdict = good ? Path::Verdict::passed : Path::Verdict::failed;
            (good ? head->some_passed : head->some_failed) = true;
            state.stale.insert(head->order);
            state.ripe.insert(head->order);
            any = state.dirty = true;
        }
    }
    return any;
}

/// The path that decides the change now, if one does: the only one left, or all that are left say the same. Then it is
/// the one on which nobody that is undecided has landed.
Path* Speculation::decisive(Head& head) const {
    Path* alone = head.find(0);
    const auto counts = [](const Path& path) { return path.trial && !path.trial->refuted; };
    if (!alone || alone->verdict == Path::Verdict::open || !counts(*alone)) return nullptr;
    if (head.before.empty()) return alone;
    if (head.before.size() > kMostOpen || rule_.conflicts == "none") return nullptr;
    if (std::any_of(head.before.begin(), head.before.end(), [](const Link& link) { return link.must; })) return nullptr;
    const bool good = alone->verdict == Path::Verdict::passed;
    if (good && static_cast<std::int64_t>(head.before.size()) > rule_.bypass) return nullptr;
    const auto same = std::count_if(head.paths.begin(), head.paths.end(),
                                    [&](const Path& path) { return path.verdict == alone->verdict && counts(path); });
    return same == std::int64_t{1} << head.before.size() ? alone : nullptr;
}

bool Speculation::decide(Gate& gate, TreeQueue& state, Head& head) {
    Path* path = decisive(head);
    if (!path) return false;
    Item* item = gate.item(head.id);
    Item& trial = *path->trial;
    const bool good = path->verdict == Path::Verdict::passed;
    head.paths.erase(head.paths.begin() + (path - head.paths.data()));  // it will be closed
    bool landed = false;
    if (good) {
        landed = gate.land(trial);
    } else {
        gate.eject(*item, trial);
        gate.settle(trial);
    }
    resolve(gate, state, head, landed, landed ? nullptr : item);
    return true;
}

bool Speculation::decide_all(Gate& gate, TreeQueue& state) {
    bool any = false;
    while (!state.ripe.empty()) {
        const std::uint64_t order = *state.ripe.begin();
        state.ripe.erase(state.ripe.begin());
        Head* head = state.heads.at(order);
        const bool decided = head && decide(gate, state, *head);
        if (!gate.broken().empty()) return false;
        if (decided) see_departures(gate, state);  // who leaves can take others along
        any |= decided;
    }
    return any;
}

/// What becomes of the paths of a change behind one that is decided.
void Speculation::follow_up(Gate& gate, TreeQueue& state, Head& head, const Head& decided, bool landed,
                            const Item* cause) {
    const Link* link = Heads::link(head, decided);
    const bool surprise = landed != (decided.lands >= 0.5);
    if (link->conflict > 0 || surprise || finished(head)) state.stale.insert(head.order);
    state.ripe.insert(head.order);
    std::erase_if(head.paths, [&](Path& path) {
        if (!path.trial) return true;  // whether it is possible is to be seen anew
        const bool vain = path.trial->refuted || (!landed && contains(gate.rest_of(*path.trial), decided.id));
        if (vain) gate.drop(*path.trial, {Why::refuted, decided.change, kNone, kNone}, cause);
        if (!vain && landed) path.key ^= decided.salt;
        return vain;
    });
}

/// The change landed, or it left, or it is not to be reckoned with for now.
void Speculation::resolve(Gate& gate, TreeQueue& state, Head& head, bool landed, const Item* cause) {
    std::vector<std::uint64_t> lost;
    for (Head* other : head.behind) {
        follow_up(gate, state, *other, head, landed, cause);
        if (!landed && Heads::link(*other, head)->must) lost.push_back(other->order);
    }
    for (const Path& path : head.paths)
        if (path.trial) gate.drop(*path.trial, {Why::no_longer_due, kNone, kNone, kNone});
    state.heads.unlink(head, landed);
    state.heads.erase(head);
    state.dirty = true;
    for (std::uint64_t order : lost)
        if (Head* other = state.heads.at(order)) demote(gate, state, *other);
}

/// A change that it needs is not there: it is as if it were not there itself, until that comes back or it is sent away.
void Speculation::demote(Gate& gate, TreeQueue& state, Head& head) {
    state.waiting.push_back(head.id);
    resolve(gate, state, head, false, nullptr);
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
    std::int64_t slots = rule_.preempt ? state.builds : state.builds - running;
    state.best.begin();
    for (const auto& head : state.heads.all())
        if (!rule_.wait || head->before.empty()) state.best.add(*head);
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
    head.paths.push_back({key, trial, trial ? Path::Verdict::open : Path::Verdict::impossible});
    return possible ? Opened::yes : Opened::not_so;
}

// ------------------------------------------------------------ reckoning

double reckoned_to_land(const Head& head) {
    double peace = 1, needs = 1;
    for (const Link& link : head.before) {
        peace *= 1 - static_cast<double>(link.conflict) * link.head->lands;
        if (link.must) needs *= link.head->lands;
    }
    double own = head.own;
    if (head.some_passed) {
        own = 1;  // a build that passed has no defect in it
    } else if (head.some_failed) {
        const double other = own * (1 - peace);  // it was somebody ahead
        own = other / (1 - own + other + 1e-12);
    }
    double lands = own * peace * needs;
    for (const Path& path : head.paths) {
        if (path.key != head.best_key || path.verdict == Path::Verdict::open) continue;
        double likely = 1;  // of coming true, whoever is through first
        for (const Link& link : head.before) likely *= guessed_in(link) ? link.head->lands : 1 - link.head->lands;
        lands = (path.verdict == Path::Verdict::passed ? likely : 0) + (1 - likely) * lands;
    }
    return lands;
}

double ends_first(const Expected& mine, const Expected& other, Time later) {
    const double gap = static_cast<double>(other.mean - mine.mean - later);
    const double spread = std::hypot(static_cast<double>(mine.sigma), static_cast<double>(other.sigma));
    if (!(spread > 0)) return gap > 0 ? 1 : gap < 0 ? 0 : 0.5;
    return 0.5 * std::erfc(-gap / spread / std::numbers::sqrt2);
}

}  // namespace gatesim
