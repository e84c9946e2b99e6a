// What becomes of a batch of bors-ng: started, landed, held, cut in parts.
#include <algorithm>
#include <utility>

#include "strategy/bors_ng.hpp"
#include "strategy/trials.hpp"

namespace gatesim::bors {
namespace {

std::vector<ChangeId> changes_of(const Batch& batch) {
    std::vector<ChangeId> changes;
    for (const Member& member : batch.members) changes.push_back(member.change);
    return changes;
}

bool by_number(const Member& a, const Member& b) {
    return a.change < b.change;
}

}  // namespace

/// Its members by number, each behind those that it needs; who needs a change that is neither here nor landed has to
/// wait until something lands. (bors-ng knows no dependencies.)
std::vector<Item*> BorsNg::in_order(Turn& turn, Batch& batch) const {
    std::vector<Member> left = batch.members;
    std::sort(left.begin(), left.end(), by_number);
    std::vector<Item*> order;
    for (bool any = true; any && !left.empty();) {
        any = false;
        for (auto member = left.begin(); member != left.end();) {
            Item* item = turn.gate.item(member->item);
            if (item && !turn.gate.may_follow(order, *item)) {
                ++member;
                continue;
            }
            any = true;
            if (item) order.push_back(item);
            member = left.erase(member);
        }
    }
    for (const Member& waiting : left) {
        turn.state.set_aside.push_back(waiting.item);
        std::erase_if(batch.members, [&](const Member& m) { return m.item == waiting.item; });
    }
    return order;
}

/// start_waiting_batch, start_waiting_merged_batch.
void BorsNg::start(Turn& turn, std::list<Batch>::iterator batch) const {
    turn.changed = true;
    const bool empty = batch->members.empty();
    const std::vector<Item*> order = in_order(turn, *batch);
    turn.gate.tell_batch(turn.queue, batch->number, changes_of(*batch), false, Why::none);
    write(turn, *batch, true);
    if (order.empty()) {
        end(turn, batch, Why::nothing_left);
        if (!empty) poll_after_delay(turn);
        return;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (turn.gate.change(*order[i]).unseen) {
            end(turn, batch, Why::unknown_head);
            turn.gate.send_away(order);
            return poll_after_delay(turn);
        }
        if (!turn.gate.joins(std::span(order).first(i), *order[i])) {
            divide_conflict(turn, end(turn, batch, Why::conflict));
            return poll_after_delay(turn);
        }
    }
    batch->trial = turn.gate.open_trial(turn.queue, order, order.size());
    if (!batch->trial) return;
    batch->told.clear();
    batch->late = false;
    batch->timed = false;
    write(turn, *batch, true);
}

/// start_waiting_merged_batch: the time limit counts from when the batch has been merged.
void BorsNg::count_time(Turn& turn) const {
    for (Batch& batch : turn.state.batches) {
        if (!batch.running() || batch.timed || batch.trial->attempt.merge != MergeState::clean) continue;
        batch.timed = true;
        turn.gate.arm(turn.queue, tag_of(Timer::late, static_cast<std::uint64_t>(batch.number)), p_.timeout + kSecond);
    }
}

/// It does not run any more; what it has begun to build runs on.
void BorsNg::stop(Turn& turn, Batch& batch, Why why) const {
    turn.gate.tell_batch(turn.queue, batch.number, changes_of(batch), true, why);
    const auto number = static_cast<std::uint64_t>(batch.number);
    turn.gate.disarm(turn.queue, tag_of(Timer::late, number));
    turn.gate.disarm(turn.queue, tag_of(Timer::unread, number));
    if (batch.trial) turn.state.remains.push_back({batch.trial, batch.told, why});
    batch.trial = nullptr;
    batch.told.clear();
}

/// The same, for good: it is given back as it was.
Batch BorsNg::end(Turn& turn, std::list<Batch>::iterator batch, Why why) const {
    stop(turn, *batch, why);
    turn.gate.disarm(turn.queue, tag_of(Timer::ripe, static_cast<std::uint64_t>(batch->number)));
    Batch old = std::move(*batch);
    turn.state.batches.erase(batch);
    return old;
}

/// maybe_complete_batch, complete_batch.
void BorsNg::decide(Turn& turn, std::list<Batch>::iterator batch) const {
    Item& trial = *batch->trial;
    if (trial.attempt.merge == MergeState::conflict) {  // the branch moved while it was put together
        divide_conflict(turn, end(turn, batch, Why::conflict));
        poll_after_delay(turn);
    } else if (!passed(turn.gate, trial)) {
        divide(turn, end(turn, batch, Why::job_failed), &trial);
    } else if (trial.refuted) {
        new_batch(turn, end(turn, batch, Why::branch_moved).members);
        poll_after_delay(turn);
    } else {
        Batch old = end(turn, batch, Why::all_passed);
        std::erase_if(turn.state.remains, [&](const Remainder& one) { return one.trial == &trial; });
        succeed(turn, std::move(old), trial);
    }
    poll(turn);
}

void BorsNg::succeed(Turn& turn, Batch batch, Item& trial) const {
    if (turn.gate.land(trial)) return;
    std::erase_if(batch.members, [&](const Member& m) { return !turn.gate.item(m.item); });
    if (batch.members.empty()) return;
    new_batch(turn, std::move(batch.members));
    poll_after_delay(turn);
}

// ------------------------------------------------------------ divider.ex

void BorsNg::halves(Turn& turn, const std::vector<Member>& members) const {
    const auto middle = members.begin() + static_cast<std::ptrdiff_t>(members.size() / 2);
    new_batch(turn, {members.begin(), middle});
    new_batch(turn, {middle, members.end()});
}

/// split_batch, after a red job or a timeout: `trial` shows it.
void BorsNg::divide(Turn& turn, const Batch& batch, Item* trial) const {
    if (batch.members.size() == 1) {
        Item* item = turn.gate.item(batch.members.front().item);
        if (item && (turn.gate.failed_for_good(*trial) || turn.gate.complete(*trial))) {
            turn.gate.eject(*item, *trial);
        } else if (item) {
            turn.gate.eject_too_slow(*item, *trial);
        }
        return;
    }
    std::vector<Member> members = batch.members, others;
    for (Member& member : members) member.suspect = true;
    for (const Member& member : members)
        if (turn.gate.change(member.change).single)
            new_batch(turn, {member});
        else
            others.push_back(member);
    halves(turn, others);
    poll_after_delay(turn);
}

/// split_batch_with_conflicts.
void BorsNg::divide_conflict(Turn& turn, const Batch& batch) const {
    std::vector<Member> members = batch.members, apart, rest;
    std::sort(members.begin(), members.end(), by_number);
    for (Member& member : members) {
        member.suspect = true;
        const Item* item = turn.gate.item(member.item);
        (item && !turn.gate.joins({}, *item) ? apart : rest).push_back(member);
    }
    if (apart.empty()) return halves(turn, rest);
    if (members.size() == 1) {
        if (Item* item = turn.gate.item(apart.front().item)) turn.gate.eject_conflicting(*item);
        return;
    }
    for (const Member& member : apart) new_batch(turn, {member});
    if (!rest.empty()) new_batch(turn, std::move(rest));
}

}  // namespace gatesim::bors
