// Rollup: changes that may be rolled up are tested together, the others alone; the suspect of a red one is taken out.
//
// Source: Rust's homu and bors, and the people who make its rollups (SOURCES.md, rust-bors).
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t size = 10;
    std::int64_t maybe = 5;
    std::int64_t iffy = 1;
    double marked_always = 0;
    double marked_iffy = 0;
    double marked_never = 0;
    std::string suspect = "out";
    Time by_hand = 10 * kMinute;
    bool unroll = false;
};

const std::vector<Field<Parameters>> kFields = {
    field("size", &Parameters::size, 2, 1000, "Changes in a rollup at most."),
    field("maybe", &Parameters::maybe, 0, 1000,
          "At most this many of those marked maybe, which is also who has no mark."),
    field("iffy", &Parameters::iffy, 0, 1000, "At most this many of those marked iffy."),
    field("marked_always", &Parameters::marked_always, 0, 1,
          "The share of changes that their reviewers mark always: those that look safest of all seen so far. How well "
          "people see what is safe, the scenario's signals say; without signals, marks have nothing to do with it.",
          ParameterKind::share),
    field("marked_iffy", &Parameters::marked_iffy, 0, 1,
          "The share marked iffy: those that look riskiest, next to those marked never.", ParameterKind::share),
    field("marked_never", &Parameters::marked_never, 0, 1,
          "The share marked never: those that look riskiest of all. They are tested alone. Everybody else has no mark "
          "and counts as maybe.",
          ParameterKind::share),
    field("suspect", &Parameters::suspect, {"out", "alone"},
          "What becomes of the change that is suspected when a rollup is red. out: it loses its approval and leaves. "
          "alone: it is tested by itself, before all others."),
    time_field("by_hand", &Parameters::by_hand, 0, 7 * kDay,
               "How long it takes somebody to make another rollup without the suspect of a red one. Single changes go "
               "on in the meantime."),
    field("unroll", &Parameters::unroll,
          "When a rollup has landed, test the branch as it was after each of its changes, so that a later finding can "
          "be traced to one of them. One build per change; nobody waits for it."),
};

enum class Mark : std::uint8_t { always, maybe, iffy, never };

struct RollupQueue final : StrategyState {
    Item* trial = nullptr;
    std::vector<ItemId> testing;
    std::vector<ItemId> again;                     ///< what is left of a red rollup
    std::vector<ItemId> suspects;                  ///< to be tested alone, the oldest first
    bool by_hand = false;                          ///< `again` is still being made
    std::uint64_t timer = 0;                       ///< until then
    bool rolled = false;                           ///< the last build was of a rollup: next is a single one, if any
    std::vector<Item*> unrolled;                   ///< probes of the branch
    std::vector<std::pair<double, double>> looks;  ///< of all that were seen: how safe, and a tie-break; sorted
    std::map<ItemId, double> standing;             ///< of those that are here; it stays what it was when they came
};

class Rollup final : public Strategy {
public:
    explicit Rollup(const Parameters& parameters) : p_(parameters) {}
    void take_parameters(const Strategy& like) override { *this = static_cast<const Rollup&>(like); }

    /// A closed tree starts nothing below the threshold; what is under test goes on and lands.
    FreezeRule freeze_rule() const override { return FreezeRule::drains; }

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<RollupQueue>(); }

    Relaxations relaxations() const override {
        Relaxations relaxed;
        relaxed.reorders = true;
        relaxed.signals = true;
        return relaxed;
    }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<RollupQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        for (std::uint64_t tag : std::exchange(queue.rung, {})) state.by_hand &= tag != state.timer;
        changed |= run_probes(gate, state);
        std::erase_if(state.standing, [&](const auto& known) { return !gate.item(known.first); });
        if (state.trial && state.trial->refuted) {  // somebody left: the others again
            gate.drop(*state.trial, {Why::refuted, kNone, kNone, kNone});
            state.trial = nullptr;
            put_back(state, state.testing);
            changed = true;
        }
        if (!state.trial && !start(gate, queue, state)) return changed;
        changed |= gate.advance(*state.trial);
        if (!has_verdict(gate, *state.trial)) return changed;
        decide(gate, queue, state);
        return true;
    }

    std::size_t next_up(const Queue& queue) const override {
        const auto& state = static_cast<const RollupQueue&>(*queue.state);
        return state.again.size() + state.suspects.size() + 1;
    }
    Reason why_untested(const Gate&, const Queue& queue, const Item& item) const override {
        const bool suspect = taken(static_cast<const RollupQueue&>(*queue.state), item.id);
        return {suspect ? Why::in_search : far_back(), kNone, kNone, kNone};
    }

private:
    /// The share of changes, of those seen so far, that look riskier: what reviewers have to go by. Where all look
    /// alike they stand in an order that has nothing to do with them, and spreads evenly.
    double standing(const Gate& gate, const Queue& queue, RollupQueue& state, const Item& item) const {
        if (p_.marked_always + p_.marked_iffy + p_.marked_never <= 0) return 0.5;
        constexpr double kGolden = 0.6180339887498949;
        const auto [known, fresh] = state.standing.try_emplace(item.id);
        if (!fresh) return known->second;
        const double turn = static_cast<double>(state.looks.size() + 1) * kGolden;
        const std::pair look{gate.foresight(queue)->passes(item.change), turn - std::floor(turn)};
        const auto at = state.looks.insert(std::upper_bound(state.looks.begin(), state.looks.end(), look), look);
        const auto below = static_cast<double>(at - state.looks.begin());
        return known->second = (below + 0.5) / static_cast<double>(state.looks.size());
    }

    /// A mark of which no rollup takes any is as good as never.
    Mark mark_of(const Gate& gate, const Queue& queue, RollupQueue& state, const Item& item) const {
        const double safer = standing(gate, queue, state, item);
        if (safer < p_.marked_never) return Mark::never;
        if (safer < p_.marked_never + p_.marked_iffy) return p_.iffy > 0 ? Mark::iffy : Mark::never;
        if (safer >= 1 - p_.marked_always) return Mark::always;
        return p_.maybe > 0 ? Mark::maybe : Mark::never;
    }

    static bool run_probes(Gate& gate, RollupQueue& state) {
        bool changed = false;
        std::erase_if(state.unrolled, [&](Item* probe) {
            changed |= gate.advance(*probe);
            const bool over = gate.complete(*probe);
            if (over) gate.settle(*probe);
            return over;
        });
        return changed;
    }

    /// Rollups to be made again come first; a single one waits with the suspects.
    static void put_back(RollupQueue& state, const std::vector<ItemId>& ids) {
        std::vector<ItemId>& to = ids.size() > 1 ? state.again : state.suspects;
        to.insert(to.begin(), ids.begin(), ids.end());
    }

    bool start(Gate& gate, Queue& queue, RollupQueue& state) const {
        std::vector<Item*> items;
        if (!state.by_hand)
            for (ItemId id : std::exchange(state.again, {}))
                if (Item* item = gate.item(id); item && gate.may_follow(items, *item)) items.push_back(item);
        if (items.empty()) items = next(gate, queue, state);
        if (items.empty()) return false;
        state.rolled = items.size() > 1;
        state.testing.clear();
        for (const Item* item : items) state.testing.push_back(item->id);
        state.trial = gate.open_trial(queue, items, items.size());
        return state.trial != nullptr;
    }

    /// A rollup of what waits, or a single change; in turns, so that neither waits for ever.
    std::vector<Item*> next(const Gate& gate, const Queue& queue, RollupQueue& state) const {
        std::erase_if(state.suspects, [&](ItemId id) { return !gate.item(id); });
        std::vector<Item*> alone;
        for (ItemId id : state.suspects)
            if (Item* item = gate.item(id); alone.empty() && gate.may_follow({}, *item)) alone = {item};
        std::vector<Item*> rollup;
        std::size_t room[] = {static_cast<std::size_t>(p_.size), static_cast<std::size_t>(p_.maybe),
                              static_cast<std::size_t>(p_.iffy), 0};
        for (Item* item : by_priority(gate, queue)) {
            if (taken(state, item->id)) continue;
            const Mark mark = mark_of(gate, queue, state, *item);
            if (mark == Mark::never && alone.empty() && gate.may_follow({}, *item)) alone = {item};
            if (mark == Mark::never || state.by_hand || !gate.may_follow(rollup, *item)) continue;
            std::size_t& left = room[static_cast<std::size_t>(mark)];
            if (left == 0 || rollup.size() == static_cast<std::size_t>(p_.size)) continue;
            --left;
            rollup.push_back(item);
        }
        const bool single_first = state.rolled || rollup.size() < 2;
        return !alone.empty() && (single_first || rollup.empty()) ? alone : rollup;
    }

    /// Who waits: the more urgent first, then in order of the queue.
    static std::vector<Item*> by_priority(const Gate& gate, const Queue& queue) {
        std::vector<Item*> items;
        bool mixed = false;
        for (Item* item = queue.first; item; item = item->next) {
            if (!item->live) continue;
            mixed |= !items.empty() && gate.change(*item).priority != gate.change(*items.front()).priority;
            items.push_back(item);
        }
        if (mixed)
            std::stable_sort(items.begin(), items.end(), [&](const Item* a, const Item* b) {
                return gate.change(*a).priority > gate.change(*b).priority;
            });
        return items;
    }

    static bool taken(const RollupQueue& state, ItemId id) {
        return std::find(state.again.begin(), state.again.end(), id) != state.again.end() ||
               std::find(state.suspects.begin(), state.suspects.end(), id) != state.suspects.end();
    }

    void decide(Gate& gate, Queue& queue, RollupQueue& state) const {
        Item& trial = *std::exchange(state.trial, nullptr);
        const std::vector<ItemId> ids = std::exchange(state.testing, {});
        if (passed(gate, trial)) return land(gate, queue, state, ids, trial);
        if (ids.size() == 1) {
            if (Item* item = gate.item(ids.front())) gate.eject(*item, trial);
            return gate.settle(trial);
        }
        take_suspect_out(gate, queue, state, ids, trial);
        gate.settle(trial);
    }

    void land(Gate& gate, Queue& queue, RollupQueue& state, const std::vector<ItemId>& ids, Item& trial) const {
        const Landings::Mark before = gate.landings().mark();
        if (!gate.land(trial)) {  // one was refused
            std::vector<ItemId> rest;
            for (ItemId id : ids)
                if (gate.item(id)) rest.push_back(id);
            return put_back(state, rest);
        }
        if (!p_.unroll || ids.size() == 1) return;
        for (Landings::Mark mark = before + 1; mark < gate.landings().mark(); ++mark)
            if (Item* probe = gate.open_probe(queue, mark)) state.unrolled.push_back(probe);
    }

    /// The one that looked worst, the newest of equals; what cannot be merged shows at once, and is the last.
    void take_suspect_out(Gate& gate, Queue& queue, RollupQueue& state, std::vector<ItemId> ids,
                          const Item& trial) const {
        const bool conflict = trial.attempt.merge == MergeState::conflict;
        std::size_t suspect = ids.size() - 1;
        double lowest = 2;
        for (std::size_t i = 0; i < ids.size() && !conflict; ++i) {
            const Item* item = gate.item(ids[i]);
            const double passes = item ? gate.foresight(queue)->passes(item->change) : 1;
            if (passes > lowest) continue;
            lowest = passes;
            suspect = i;
        }
        // What did not merge was no fault of a job: it stays, and shows by itself whether it is to blame.
        if (p_.suspect == "out" && !conflict)
            gate.eject(*gate.item(ids[suspect]), trial);
        else
            state.suspects.push_back(ids[suspect]);
        ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(suspect));
        if (ids.size() == 1) return put_back(state, ids);
        state.again = std::move(ids);
        if (conflict || p_.by_hand == 0) return;
        state.by_hand = true;
        gate.arm(queue, ++state.timer, p_.by_hand);
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"rollup",
      "Changes that may be are tested together, the others alone; the suspect of a red rollup is taken out by hand",
      "One build at a time. Reviewers mark changes always, maybe, iffy or never; one without a mark counts as maybe. A "
      "rollup takes changes marked always, some marked maybe, one marked iffy, the more urgent first and then the "
      "oldest; those marked never "
      "are tested alone, in turn with the rollups. When a rollup is red, somebody takes out the change that looks "
      "worst, the newest of equals, which leaves unapproved, and makes the rollup again without it. Source: Rust, "
      "whose builds take three hours and whose tests seldom fail. Use it when one build at a time is all there is, and "
      "people know which changes are dangerous. Counter-strategy: batch, which needs nobody to look for suspects.",
      "",
      {},
      {"reorders: rollups are chosen by how harmless changes look, not by age",
       "signals: reads predictions of which changes fail"},
      parameters_of(kFields, {tries("size", {10, 20}), tries("maybe", {2, 5, 10, 20})})},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Rollup>(filled(kFields, values));
     }});

const bool kRust = register_preset(
    "rust-bors", "rollup", "Rust's queue: rollups of ten changes, of which five may be marked maybe and one iffy",
    {{"size", std::int64_t{10}}, {"maybe", std::int64_t{5}}, {"iffy", std::int64_t{1}}});

}  // namespace
}  // namespace gatesim
