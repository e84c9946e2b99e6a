// Rebase race: no queue, but a change lands only if it was tested on the branch as it is: whoever is done first wins,
// the others start again.
//
// Source: "require branches to be up to date" of GitHub, fast-forward-only of Gerrit and GitLab (SOURCES.md).
// It is why merge queues exist.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    bool restart_at_once = false;
};

const std::vector<Field<Parameters>> kFields = {
    field("restart_at_once", &Parameters::restart_at_once,
          "Stop all other tests as soon as a change lands, and start them again on the new branch. Otherwise they run "
          "to their end, and only then is it seen that they were in vain."),
};

struct Racer {
    ItemId item;
    Item* trial;
};

struct RaceQueue final : StrategyState {
    std::map<std::uint64_t, Racer> racers;  ///< by place in the order of the queue (Item::sequence)
    std::set<std::uint64_t> due;            ///< of those to look at: something may follow
    std::set<std::uint64_t> waiting;        ///< of those that need a change that has not landed
    std::uint64_t seen = 0;                 ///< the last item that was looked at, by sequence
    std::uint64_t departures = 0;           ///< Queue::departures, as far as it was looked at
    Landings::Mark mark = 0;                ///< what had landed by then
};

class RebaseRace final : public Strategy {
public:
    explicit RebaseRace(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const RebaseRace&>(like); }

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<RaceQueue>(); }

    bool lands_each_alone() const override { return true; }
    bool follows_trials() const override { return true; }

    Relaxations relaxations() const override {
        Relaxations relaxed;
        relaxed.reorders = true;
        return relaxed;
    }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<RaceQueue&>(*queue.state);
        if (!queue.unsettled.empty()) state.mark = kNone;  // what some need may be another patch set now
        bool changed = drop_needy(gate, queue);
        admit(queue, state);
        see_departures(gate, queue, state);
        hear(gate, queue, state);
        for (auto next = state.due.begin(); next != state.due.end();) {
            const std::uint64_t place = *next;
            state.due.erase(next);
            changed |= look_at(gate, queue, state, place);
            hear(gate, queue, state);  // what that did to those behind; to those ahead it does it in the next pass
            next = state.due.upper_bound(place);
        }
        return changed;
    }

    std::size_t next_up(const Queue& queue) const override { return queue.length; }
    Reason why_untested(const Gate& gate, const Queue&, const Item& item) const override {
        const Reason need = need_not_landed(gate, item);
        return need.why == Why::none ? Reason{far_back(), kNone, kNone, kNone} : need;
    }

private:
    static void admit(Queue& queue, RaceQueue& state) {
        Item* item = queue.last;
        while (item && item->sequence > state.seen && item->previous && item->previous->sequence > state.seen)
            item = item->previous;
        for (; item; item = item->next) {
            if (item->sequence <= state.seen || !item->live) continue;
            state.seen = item->sequence;
            state.racers.emplace(item->sequence, Racer{item->id, nullptr});
            state.due.insert(item->sequence);
        }
    }

    /// Others take changes out, too; its own it knows.
    static void see_departures(Gate& gate, const Queue& queue, RaceQueue& state) {
        if (state.departures == queue.departures) return;
        state.departures = queue.departures;
        for (const auto& [place, racer] : state.racers)
            if (!gate.item(racer.item)) state.due.insert(place);
    }

    /// Who is to be looked at: to whose tests something happened, and, after a landing, who had to wait for one.
    void hear(const Gate& gate, Queue& queue, RaceQueue& state) const {
        std::vector<Item*> stirred;
        const bool all = queue.take_stirred(stirred);
        for (const Item* trial : stirred) state.due.insert(trial->sequence);
        const bool moved = std::exchange(state.mark, gate.landings().mark()) != gate.landings().mark();
        if (moved) state.due.insert(state.waiting.begin(), state.waiting.end());
        if (all || (moved && p_.restart_at_once))
            for (const auto& [place, racer] : state.racers) state.due.insert(place);
    }

    bool look_at(Gate& gate, Queue& queue, RaceQueue& state, std::uint64_t place) const {
        const auto found = state.racers.find(place);
        if (found == state.racers.end()) return false;
        state.waiting.erase(place);
        Racer& racer = found->second;
        if (Item* item = gate.item(racer.item)) {
            const bool changed = run(gate, queue, racer, *item);
            if (changed && !racer.trial) {
                state.due.insert(place);
                state.departures = queue.departures;
            } else if (!racer.trial) {
                state.waiting.insert(place);
            }
            return changed;
        }
        if (racer.trial) gate.drop(*racer.trial, {Why::refuted, kNone, kNone, kNone});
        state.racers.erase(found);
        return true;
    }

    bool run(Gate& gate, Queue& queue, Racer& racer, Item& item) const {
        bool changed = false;
        if (racer.trial && p_.restart_at_once && moved(gate, *racer.trial)) {
            start_again(gate, racer);
            changed = true;
        }
        if (!racer.trial) {
            if (!gate.may_follow({}, item)) return changed;
            Item* chain[] = {&item};
            racer.trial = gate.open_trial(queue, chain, 1);
            if (!racer.trial) return changed;
        }
        changed |= gate.advance(*racer.trial);
        if (!has_verdict(gate, *racer.trial)) return changed;
        if (moved(gate, *racer.trial)) {
            start_again(gate, racer);
            return true;
        }
        Item& trial = *std::exchange(racer.trial, nullptr);
        if (passed(gate, trial)) {
            gate.land(trial);
        } else {
            gate.eject(item, trial);
            gate.settle(trial);
        }
        return true;
    }

    static void start_again(Gate& gate, Racer& racer) {
        const auto order = gate.landings().order();
        const ChangeId first = order.empty() ? kNone : order.back();
        gate.drop(*std::exchange(racer.trial, nullptr), {Why::branch_moved, first, kNone, kNone});
    }

    /// Whether its branch is another one than the one it was tested on.
    static bool moved(const Gate& gate, const Item& trial) {
        if (trial.refuted) return true;
        if (trial.attempt.merge != MergeState::clean && trial.attempt.merge != MergeState::conflict) return false;
        const Change& mine = gate.change(trial.change);
        const auto later = gate.landings().order().subspan(trial.attempt.base);
        return std::any_of(later.begin(), later.end(), [&](ChangeId other) {
            return gate.change(other).project == mine.project && gate.change(other).branch == mine.branch;
        });
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"rebase-race",
      "No queue: every change is tested on the branch as it is, and starts again when another change lands first",
      "All approved changes are tested at once, each alone on the branch. A change lands if the branch has not moved "
      "since its tests began; all others must rebase and start again. With L landings an hour by others and tests of V "
      "hours, a change needs exp(L V) attempts: with more than about one landing per test it gets nowhere. Source: "
      "GitHub's rule that branches must be up to date; fast-forward only in Gerrit and GitLab. Use it for a few "
      "changes a day. Counter-strategy: serial, which tests the same states one after the other, none of them in vain.",
      "",
      {},
      {"reorders: the change that is done first lands first"},
      parameters_of(kFields, {tries("restart_at_once", {false, true})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<RebaseRace>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
