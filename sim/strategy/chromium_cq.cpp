// Chromium's commit queue: every change is tried by itself on the branch as it is then, and lands when that was green,
// whatever has landed since.
//
// Source: its documentation and published analyses (SOURCES.md, chromium-cq).
#include <algorithm>
#include <map>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"
#include "strategy/without_patch.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t window = 0;
    std::int64_t retries = 1;
    bool without_patch = true;
    Time reuse = kDay;
};

const std::vector<Field<Parameters>> kFields = {
    field("window", &Parameters::window, 0, 1e6, "How many changes are tested at once; 0 = all that wait."),
    field("retries", &Parameters::retries, 0, 100,
          "How many times the failed jobs of a change are run again before they count."),
    field("without_patch", &Parameters::without_patch,
          "Whether jobs that stay red are also run without the change. A job that fails there too is not its fault, "
          "and the change may land in spite of it."),
    time_field("reuse", &Parameters::reuse, kMinute, 365 * kDay,
               "How old a green run may be when the change lands (it may have to wait for changes it needs)."),
};

struct Try {
    Item* trial = nullptr;
    Item* probe = nullptr;  ///< the branch without the change
    std::int64_t retries = 0;
    bool guilty = false;  ///< its verdict is red for good
    bool good = false;    ///< it may land
    bool stale = false;   ///< but its green run is too old by now
    std::uint64_t clock = 0;
};

struct CommitQueue final : StrategyState {
    std::map<ItemId, Try> tries;  ///< in order of enqueueing
    Item* submission = nullptr;   ///< a change that was found good, put onto the branch as it is now; nothing runs
    ItemId submitting = kNone;
    std::uint64_t next_tag = 1;
};

class ChromiumCq final : public Strategy {
public:
    explicit ChromiumCq(Parameters parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const ChromiumCq&>(like); }

    void opened(Gate& gate, Queue& queue) override {
        queue.state = std::make_unique<CommitQueue>();
        gate.tell_window(queue, p_.window);
    }

    bool lands_each_alone() const override { return true; }

    Relaxations relaxations() const override {
        Relaxations relax;
        relax.stale_base = relax.reorders = true;
        relax.untested = p_.without_patch;
        return relax;
    }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<CommitQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        for (std::uint64_t tag : std::exchange(queue.rung, {}))
            for (auto& [id, one] : state.tries) one.stale |= one.good && one.clock == tag;
        changed |= tidy(gate, state);
        changed |= start(gate, queue, state);
        for (auto& [id, one] : state.tries) {
            if (one.trial) changed |= gate.advance(*one.trial);
            if (one.probe) changed |= gate.advance(*one.probe);
            if (one.trial && !one.guilty && has_verdict(gate, *one.trial)) changed |= judge(gate, queue, state, one);
        }
        return eject_guilty(gate, state) || submit(gate, queue, state) || changed;
    }

    Why far_back() const override { return Why::outside_window; }
    std::size_t next_up(const Queue& queue) const override {
        return static_cast<const CommitQueue&>(*queue.state).tries.size() + 1;
    }
    Reason why_untested(const Gate& gate, const Queue& queue, const Item& item) const override {
        const auto& tries = static_cast<const CommitQueue&>(*queue.state).tries;
        const auto found = tries.find(item.id);
        const Reason need = need_not_landed(gate, item);
        if (found == tries.end() || !found->second.good)
            return need.why == Why::none ? Reason{far_back(), kNone, kNone, kNone} : need;
        if (need.why == Why::none) return {Why::verdict_waits, kNone, kNone, kNone};
        return {Why::ahead_undecided, need.change, kNone, kNone};
    }
    Reason why_undecided(const Gate& gate, const Queue&, const Item& trial) const override {
        const Item* item = gate.tip(trial);
        const Reason need = item ? need_not_landed(gate, *item) : Reason{};
        return {need.why == Why::none ? Why::verdict_waits : Why::failed_waits, need.change, kNone, kNone};
    }

private:
    static void forget(Gate& gate, Item*& trial) {
        if (!trial) return;
        if (has_verdict(gate, *trial) && !trial->refuted)
            gate.settle(*trial);
        else
            gate.drop(*trial, {Why::no_longer_due, kNone, kNone, kNone});
        trial = nullptr;
    }

    static bool tidy(Gate& gate, CommitQueue& state) {
        bool changed = false;
        for (auto at = state.tries.begin(); at != state.tries.end();) {
            Try& one = at->second;
            const bool gone = gate.item(at->first) == nullptr;
            // A rest of nothing: another patch set of the change has landed meanwhile.
            const bool spoilt = one.trial && (one.trial->refuted || gate.rest_of(*one.trial).empty());
            if (gone || spoilt) {
                forget(gate, one.trial);
                forget(gate, one.probe);
                changed = true;
                if (!gone) one = {};
            }
            at = gone ? state.tries.erase(at) : std::next(at);
        }
        if (state.submission && (state.submission->refuted || gate.rest_of(*state.submission).empty())) {
            gate.drop(*std::exchange(state.submission, nullptr), {Why::refuted, kNone, kNone, kNone});
            changed = true;
        }
        return changed;
    }

    /// A change is tried together with those it needs that stand before it and have not landed.
    bool start(Gate& gate, Queue& queue, CommitQueue& state) const {
        std::int64_t running = 0;
        // Who is found guilty keeps its test as a proof, and waits perhaps for one behind it that has to be tested
        // first.
        for (const auto& [id, one] : state.tries) running += one.trial != nullptr && !one.guilty;
        bool changed = false;
        for (Item* item = queue.first; item && (p_.window == 0 || running < p_.window); item = item->next) {
            if (!item->live) continue;
            Try& one = state.tries[item->id];
            if (one.trial || one.good) continue;
            const std::vector<Item*> chain = with_needs(gate, queue, *item);
            if (chain.empty()) continue;
            one.trial = gate.open_trial(queue, chain, 1);
            if (!one.trial) return true;
            ++running;
            changed = true;
        }
        return changed;
    }

    static std::vector<Item*> with_needs(const Gate& gate, const Queue& queue, Item& item) {
        std::vector<Item*> wanted{&item};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const Change& change = gate.change(*wanted[i]);
            for (const auto* needs : {&change.git_parents, &change.depends_on})
                for (ChangeId need : *needs)
                    if (Item* found = gate.find(queue, need);
                        found && std::find(wanted.begin(), wanted.end(), found) == wanted.end())
                        wanted.push_back(found);
        }
        std::sort(wanted.begin(), wanted.end(), [](const Item* a, const Item* b) { return a->sequence < b->sequence; });
        std::vector<Item*> chain;
        for (Item* each : wanted)
            if (gate.may_follow(chain, *each)) chain.push_back(each);
        if (chain.size() < wanted.size() || chain.back() != &item) return {};  // what it needs came back behind it
        return chain;
    }

    /// The trial has a verdict that has not been acted on.
    bool judge(Gate& gate, Queue& queue, CommitQueue& state, Try& one) const {
        Item& trial = *one.trial;
        if (passed(gate, trial)) return found_good(gate, queue, state, one);
        const JobSlot* failed = gate.failed_slot(trial);
        const bool ran = failed && failed->result != Result::canceled;
        if (ran && one.retries < p_.retries && gate.retry(trial)) {
            ++one.retries;
            return true;
        }
        if (ran && p_.without_patch) {
            if (!one.probe && trial.attempt.base > 0) {
                one.probe = gate.open_probe(queue, trial.attempt.base);
                if (one.probe) return true;
            }
            if (one.probe && !has_verdict(gate, *one.probe)) return false;
            if (one.probe && red_there_too(trial, *one.probe)) return found_good(gate, queue, state, one);
        }
        forget(gate, one.probe);
        one.guilty = true;
        return true;
    }

    bool found_good(Gate& gate, Queue& queue, CommitQueue& state, Try& one) const {
        forget(gate, one.trial);
        forget(gate, one.probe);
        one.good = true;
        one.clock = state.next_tag++;
        if (queue.length > 1) gate.arm(queue, one.clock, p_.reuse);  // alone in the queue, it waits for nobody
        return true;
    }

    /// A change is to blame once all it was tried with has landed.
    static bool eject_guilty(Gate& gate, CommitQueue& state) {
        for (auto& [id, one] : state.tries) {
            Item* item = gate.item(id);
            if (!one.guilty || !item || !gate.may_follow({}, *item)) continue;
            gate.eject(*item, *one.trial);
            gate.settle(*std::exchange(one.trial, nullptr));
            tidy(gate, state);
            return true;
        }
        return false;
    }

    /// One after the other the good ones are put onto the branch as it is now; a conflict there is the last word.
    static bool submit(Gate& gate, Queue& queue, CommitQueue& state) {
        bool again = false;
        if (state.submission && gate.held_back(*state.submission))
            gate.drop(*std::exchange(state.submission, nullptr), {Why::no_longer_due, kNone, kNone, kNone});
        if (!state.submission) {
            for (auto& [id, one] : state.tries) {
                Item* item = gate.item(id);
                if (!one.good || !item || !gate.may_follow({}, *item) || gate.held_back(*item)) continue;
                if (one.stale) {  // tried once more now that it can land, not while it waits, perhaps for ever
                    one = {};
                    again = true;
                    continue;
                }
                state.submission = gate.open_trial(queue, std::span(&item, 1), 1);
                state.submitting = id;
                break;
            }
            if (!state.submission) return again;
            gate.prepare(*state.submission);
        }
        Item& submission = *state.submission;
        if (submission.attempt.merge == MergeState::clean) {
            gate.land(submission);
        } else if (gate.complete(submission)) {
            if (Item* item = gate.item(state.submitting)) gate.eject(*item, submission);
            gate.settle(submission);
        } else {
            return again;
        }
        state.submission = nullptr;
        tidy(gate, state);
        return true;
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"chromium-cq",
      "Test every change by itself at once; it lands when green, whatever has landed since",
      "Each change is tested alone on the branch as it is when its tests start. Failed jobs run again, then without "
      "the change: a job that fails there too is not its fault. A good change is merged onto the branch and lands. "
      "Nothing is tested again because something else landed, so the gate is never the bottleneck, and changes that "
      "break each other slip through. Choose it where a broken branch is cheap or somebody watches it. "
      "Counter-strategy: zuul, which lands exactly what it tested.",
      "",
      {},
      {"stale base: a change is not tested again when something else lands",
       "reorders: green changes land in any order",
       "untested: with without_patch, a change lands in spite of jobs that fail without it too"},
      parameters_of(kFields, {tries("retries", {0, 1, 2, 3})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<ChromiumCq>(filled(kFields, values));
     }});

}  // namespace
}  // namespace gatesim
