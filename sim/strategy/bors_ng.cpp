#include "strategy/bors_ng.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim::bors {
namespace {

/// Its times are whole seconds, and "longer ago than" means at least one more.
constexpr Time kMore = kSecond;

const std::vector<Field<Parameters>> kFields = {
    field("size", &Parameters::size, 0, 1e6, "The most changes in a batch (max_batch_size); 0 = all that wait."),
    time_field("delay", &Parameters::delay, 0, 7 * kDay,
               "How long a batch waits for others to join it (batch_delay_sec). A batch starts a second later."),
    time_field("timeout", &Parameters::timeout, kSecond, 7 * kDay,
               "A batch that runs longer than this, from when it was merged, is red (timeout_sec), as soon as a poll "
               "notices it."),
    time_field("poll_period", &Parameters::poll_period, kSecond, 7 * kDay,
               "The time between two looks at all batches while nothing is heard."),
    field("poll_phase", &Parameters::poll_phase, 1, 2,
          "The first of these looks comes after so many halves of the period. The real one draws it."),
    time_field("batch_poll_period", &Parameters::batch_poll_period, kSecond, 7 * kDay,
               "A look reads the statuses of a running batch from which nothing was heard for so long."),
};

}  // namespace

Relaxations BorsNg::relaxations() const {
    Relaxations relax;
    relax.reorders = true;
    relax.old_reds = true;
    return relax;
}

bool BorsNg::pass(Gate& gate, Queue& queue) {
    Turn turn{gate, queue, static_cast<BorsQueue&>(*queue.state), drop_needy(gate, queue)};
    ++turn.state.moment;
    hear(turn);
    take_new(turn);
    for (Batch& batch : turn.state.batches)
        if (batch.running()) turn.changed |= gate.advance(*batch.trial);
    for (const Remainder& one : turn.state.remains) turn.changed |= gate.advance(*one.trial);
    hear_builds(turn);
    hear_timers(turn);
    for (Batch& batch : turn.state.batches)
        if (batch.running()) turn.changed |= gate.advance(*batch.trial);
    count_time(turn);
    return turn.changed;
}

// ------------------------------------------------------------ why nobody moves

std::size_t BorsNg::next_up(const Queue& queue) const {
    return p_.size > 0 ? static_cast<std::size_t>(p_.size) : std::size_t{queue.length};
}

Reason BorsNg::why_untested(const Gate&, const Queue& queue, const Item& item) const {
    const auto& state = static_cast<const BorsQueue&>(*queue.state);
    const auto is_it = [&](const Member& member) { return member.item == item.id; };
    const auto holds = [&](const Batch& batch) {
        return std::any_of(batch.members.begin(), batch.members.end(), is_it);
    };
    if (std::find(state.set_aside.begin(), state.set_aside.end(), item.id) != state.set_aside.end())
        return {Why::need_not_tested, kNone, kNone, kNone};
    const auto mine = std::find_if(state.batches.begin(), state.batches.end(), holds);
    if (mine != state.batches.end() && std::find_if(mine->members.begin(), mine->members.end(), is_it)->suspect)
        return {Why::in_search, kNone, kNone, kNone};
    const auto running = [](const Batch& batch) { return batch.running(); };
    if (std::any_of(state.batches.begin(), state.batches.end(), running)) return {far_back(), kNone, kNone, kNone};
    const bool ripe = mine != state.batches.end() && mine->ripe;
    return {ripe ? Why::next_look : Why::gathers, kNone, kNone, kNone};
}

Reason BorsNg::why_undecided(const Gate&, const Queue&, const Item&) const {
    return {Why::next_look, kNone, kNone, kNone};
}

// ------------------------------------------------------------ people

void BorsNg::hear(Turn& turn) const {
    for (const Heard& notice : std::exchange(turn.queue.heard, {})) {
        if (notice.kind == Heard::Kind::left)
            lost(turn, notice.item);
        else
            need_process(turn);
        if (notice.kind == Heard::Kind::priority && notice.news) raise(turn, notice.change);
    }
}

/// Those that came, and those that had to wait for something to land.
void BorsNg::take_new(Turn& turn) const {
    std::vector<Item*> fresh;
    for (Item* item = turn.queue.last; item && item->sequence > turn.state.newest; item = item->previous)
        if (item->live) fresh.push_back(item);
    std::reverse(fresh.begin(), fresh.end());
    if (turn.queue.last) turn.state.newest = std::max(turn.state.newest, std::uint64_t{turn.queue.last->sequence});
    if (std::exchange(turn.state.branch, turn.queue.branch) != turn.queue.branch)
        for (ItemId id : std::exchange(turn.state.set_aside, {}))
            if (Item* item = turn.gate.item(id)) fresh.push_back(item);
    for (Item* item : fresh) approve(turn, *item);
}

/// run, get_new_batch: joins a waiting batch of its priority, or makes one.
void BorsNg::approve(Turn& turn, Item& item) const {
    need_process(turn);
    const Change& change = turn.gate.change(item);
    const auto most = static_cast<std::size_t>(p_.size);
    Batch* fit = nullptr;
    for (Batch& batch : turn.state.batches) {
        const bool alone = std::any_of(batch.members.begin(), batch.members.end(),
                                       [&](const Member& m) { return turn.gate.change(m.change).single; });
        const bool room = most == 0 || (!batch.members.empty() && batch.members.size() < most);
        if (change.single || batch.running() || batch.priority != change.priority || alone || !room) continue;
        if (!fit || batch.changed > fit->changed) fit = &batch;
    }
    if (fit)
        fit->members.push_back({item.id, item.change});
    else
        hold_below(turn, new_batch(turn, {{item.id, item.change}}, change.priority));
    poll_after_delay(turn);
    turn.changed = true;
}

/// cancel_patch: taken back, or a new patch set. Nobody polls for the others of a running batch.
void BorsNg::lost(Turn& turn, ItemId item) const {
    std::erase(turn.state.set_aside, item);
    for (auto batch = turn.state.batches.begin(); batch != turn.state.batches.end(); ++batch) {
        const auto member =
            std::find_if(batch->members.begin(), batch->members.end(), [&](const Member& m) { return m.item == item; });
        if (member == batch->members.end()) continue;
        turn.changed = true;
        if (batch->running()) {
            Batch old = end(turn, batch, Why::member_left);
            std::erase_if(old.members, [&](const Member& m) { return m.item == item; });
            if (!old.members.empty()) new_batch(turn, std::move(old.members));
        } else {
            batch->members.erase(member);
            if (batch->members.empty()) turn.state.batches.erase(batch);
        }
        return;
    }
}

/// set_priority, raise_batch_priority.
void BorsNg::raise(Turn& turn, ChangeId change) const {
    const int priority = turn.gate.change(change).priority;
    for (Batch& batch : turn.state.batches) {
        if (std::none_of(batch.members.begin(), batch.members.end(),
                         [&](const Member& m) { return m.change == change; }))
            continue;
        if (batch.priority >= priority) return;
        batch.priority = priority;
        write(turn, batch, false);
        return hold_below(turn, batch);
    }
}

// ------------------------------------------------------------ batches

Batch& BorsNg::new_batch(Turn& turn, std::vector<Member> members, int priority) const {
    Batch& batch = turn.state.batches.emplace_back();
    batch.number = ++turn.state.made;
    batch.members = std::move(members);
    batch.priority = priority;
    write(turn, batch, true);
    return batch;
}

/// Its row in the database is written now; `polled`: that column too.
void BorsNg::write(Turn& turn, Batch& batch, bool polled) const {
    batch.changed = turn.state.moment;
    if (!polled) return;
    const auto number = static_cast<std::uint64_t>(batch.number);
    batch.polled = turn.state.moment;
    batch.ripe = batch.unread = false;
    turn.gate.disarm(turn.queue, tag_of(Timer::ripe, number));
    turn.gate.disarm(turn.queue, tag_of(Timer::unread, number));
    turn.gate.arm(turn.queue, tag_of(Timer::ripe, number), p_.delay + kMore);
    if (batch.running()) turn.gate.arm(turn.queue, tag_of(Timer::unread, number), p_.batch_poll_period + kMore);
}

/// put_incomplete_on_hold.
void BorsNg::hold_below(Turn& turn, const Batch& batch) const {
    for (Batch& other : turn.state.batches)
        if (other.running() && other.number != batch.number && other.priority < batch.priority)
            stop(turn, other, Why::held);
}

// ------------------------------------------------------------ builds

namespace {

/// The batch that runs; past the last if none does.
auto running_in(auto& batches) {
    return std::find_if(batches.begin(), batches.end(), [](const Batch& batch) { return batch.running(); });
}

/// Whether a build has ended since this was asked last.
bool ended(const Item& trial, std::vector<bool>& told) {
    bool any = false;
    const auto& slots = trial.attempt.slots;
    told.resize(slots.size(), false);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const bool over = slots[i].result != Result::none;
        any |= over && !told[i];
        told[i] = over;
    }
    return any;
}

}  // namespace

void BorsNg::hear_builds(Turn& turn) const {
    std::erase_if(turn.state.remains, [&](Remainder& one) {
        if (ended(*one.trial, one.told)) need_process(turn);
        if (!turn.gate.complete(*one.trial)) return false;
        // What it found was heeded, or its builds ran on to no purpose.
        if (one.over == Why::job_failed || one.over == Why::conflict)
            turn.gate.settle(*one.trial);
        else
            turn.gate.drop(*one.trial, {one.over, kNone, kNone, kNone});
        return true;
    });
    const auto running = running_in(turn.state.batches);
    if (running == turn.state.batches.end()) return;
    const bool news = ended(*running->trial, running->told);
    if (news) {
        need_process(turn);
        write(turn, *running, true);
    }
    if (has_verdict(turn.gate, *running->trial, true)) {
        decide(turn, running);
        turn.changed = true;
    }
}

// ------------------------------------------------------------ polls

namespace {

/// A freeze or a pause keeps the batch that runs: no poll finds anything to do until that is over.
bool is_kept(const Gate& gate, const Queue& queue, const BorsQueue& state) {
    const auto running = running_in(state.batches);
    return running != state.batches.end() && gate.held_back(*running->trial) &&
           (gate.paused(queue) || gate.all_succeeded(*running->trial));
}

}  // namespace

void BorsNg::need_process(Turn& turn) const {
    if (turn.state.process) return;
    turn.state.process = ++turn.state.processes;
    const Time first = p_.poll_period * p_.poll_phase / 2 / kSecond * kSecond;
    turn.gate.arm(turn.queue, tag_of(Timer::periodic_poll, turn.state.process), first);
}

void BorsNg::poll_after_delay(Turn& turn) const {
    turn.gate.arm(turn.queue, tag_of(Timer::poll, turn.state.process), p_.delay + kMore);
}

void BorsNg::hear_timers(Turn& turn) const {
    const std::vector<std::uint64_t> rung = std::exchange(turn.queue.rung, {});
    for (std::uint64_t tag : rung)
        for (Batch& batch : turn.state.batches) {
            if (static_cast<std::uint64_t>(batch.number) != tag >> 3) continue;
            batch.ripe |= (tag & 7) == static_cast<std::uint64_t>(Timer::ripe);
            batch.late |= (tag & 7) == static_cast<std::uint64_t>(Timer::late);
            batch.unread |= (tag & 7) == static_cast<std::uint64_t>(Timer::unread);
        }
    for (std::uint64_t tag : rung) {
        const auto timer = static_cast<Timer>(tag & 7);
        if (timer != Timer::poll && timer != Timer::periodic_poll) continue;
        if (tag >> 3 != turn.state.process) continue;  // it stopped, and its timers with it
        if (timer == Timer::periodic_poll) turn.gate.arm(turn.queue, tag, p_.poll_period);
        if (poll(turn) && !is_kept(turn.gate, turn.queue, turn.state)) continue;  // else it is told of the thaw
        turn.gate.disarm(turn.queue, tag_of(Timer::periodic_poll, turn.state.process));
        turn.state.process = 0;
    }
}

/// poll_, sort_batches, poll_batches. False if there was no batch.
bool BorsNg::poll(Turn& turn) const {
    auto& batches = turn.state.batches;
    if (batches.empty()) return false;
    const auto running = running_in(batches);
    if (running != batches.end()) {
        if (running->late && is_kept(turn.gate, turn.queue, turn.state)) {  // it is not its tests that take so long
            running->late = running->timed = false;
        } else if (running->late) {
            turn.changed = true;
            Item* trial = running->trial;
            const Batch old = end(turn, running, Why::timed_out);
            divide(turn, old, trial);
        } else if (running->unread) {
            write(turn, *running, true);
        }
        return true;
    }
    auto next = batches.end();
    for (auto batch = batches.begin(); batch != batches.end(); ++batch) {
        if (!batch->ripe) continue;
        const auto before = [](const Batch& a, const Batch& b) {
            return std::tuple(-a.priority, a.polled, a.number) < std::tuple(-b.priority, b.polled, b.number);
        };
        if (next == batches.end() || before(*batch, *next)) next = batch;
    }
    if (next != batches.end()) start(turn, next);
    return true;
}

namespace {

const bool kRegistered = register_strategy(
    {{"bors-ng",
      "bors-ng: what is approved within 10 s is tested as one batch; a red batch is cut in two, and the halves wait",
      "An approved change joins the waiting batch of its priority, or makes one. Of the batches that have waited for "
      "the "
      "delay, one runs at a time: by priority, then the one that has waited longest, so halves of a red batch go "
      "behind "
      "batches that came meanwhile. A batch is merged by number; if that fails, those that conflict with the branch "
      "are "
      "set apart, or it is cut in two, which costs no builds. The first red job ends a batch, and its other builds run "
      "on to no purpose. A more urgent batch puts the running one on hold, and that starts anew. When one of a running "
      "batch is taken back or gets a new patch set, the others start again, but only at the next poll; a batch that "
      "takes too long is noticed by a poll as well. A push past the queue is noticed when the batch is to land: it is "
      "tested once more. Priority, promotions and the flag `single` count. Source: bors-ng (batcher.ex, divider.ex). "
      "Use it where builds are expensive and changes seldom fail. Counter-strategy: serial; zuul, where nodes are "
      "plentiful.",
      "",
      {},
      {"reorders: a batch is merged by number, urgent ones first, halves behind later batches",
       "old_reds: a change that is red alone is ejected although somebody has pushed past the queue since"},
      parameters_of(kFields, {tries("size", {4, 8, 16, 0}), tries("delay", {10 * kSecond, 10 * kMinute})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<BorsNg>(filled(kFields, values));
     }});

}  // namespace

}  // namespace gatesim::bors
