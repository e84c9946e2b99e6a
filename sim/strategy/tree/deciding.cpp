// When a change of the tree is decided, and what becomes of the paths behind it.
#include <algorithm>
#include <utility>

#include "strategy/tree/tree_queue.hpp"
#include "strategy/trials.hpp"

namespace gatesim {

namespace {

/// A change is decided before those ahead of it only if few of them are open: all paths must have been built.
constexpr std::size_t kMostOpen = 6;

}  // namespace

bool Speculation::see_departures(Gate& gate, const Queue& queue, TreeQueue& state) {
    if (std::exchange(state.departures, queue.departures) == queue.departures) return false;
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
    for (const std::uint64_t order : std::exchange(state.heard, {})) {
        Head* head = state.heads.at(order);
        if (!head) continue;
        state.moving.insert(order);
        const auto lost = std::erase_if(head->paths, [&](const Path& path) {
            if (!path.trial || !path.trial->refuted) return false;
            let_go(gate, state, *path.trial, {Why::refuted, kNone, kNone, kNone});
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
    if (!good && rule_.reject_late) return nullptr;
    if (good && static_cast<std::int64_t>(head.before.size()) > rule_.bypass) return nullptr;
    const auto same = std::count_if(head.paths.begin(), head.paths.end(),
                                    [&](const Path& path) { return path.verdict == alone->verdict && counts(path); });
    return same == std::int64_t{1} << head.before.size() ? alone : nullptr;
}

bool Speculation::decide(Gate& gate, TreeQueue& state, Head& head) {
    Path* path = decisive(head);
    if (!path) return false;
    if (path->verdict == Path::Verdict::passed && gate.held_back(*path->trial)) {
        state.held.insert(head.order);
        return false;
    }
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

bool Speculation::decide_all(Gate& gate, const Queue& queue, TreeQueue& state) {
    bool any = false;
    state.ripe.merge(state.held);  // they may land by now
    state.held.clear();
    while (!state.ripe.empty()) {
        const std::uint64_t order = *state.ripe.begin();
        state.ripe.erase(state.ripe.begin());
        Head* head = state.heads.at(order);
        const bool decided = head && decide(gate, state, *head);
        if (!gate.broken().empty()) return false;
        if (decided) see_departures(gate, queue, state);  // who leaves can take others along
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
        if (vain) let_go(gate, state, *path.trial, {Why::refuted, decided.change, kNone, kNone}, cause);
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
        if (path.trial) let_go(gate, state, *path.trial, {Why::no_longer_due, kNone, kNone, kNone});
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

void Speculation::let_go(Gate& gate, TreeQueue& state, Item& trial, const Reason& reason, const Item* cause) {
    const auto& slots = trial.attempt.slots;
    const bool runs = std::any_of(slots.begin(), slots.end(), [](const JobSlot& slot) {
        return slot.build != kNone && slot.result == Result::none;
    });
    if (state.stop_time > 0 && runs) {
        gate.arm(*trial.queue, ++state.tag, state.stop_time);
        ++state.stopping;
    }
    gate.drop(trial, reason, cause);
}

}  // namespace gatesim
