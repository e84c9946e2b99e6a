// Batch: several changes are tested together and land together; when a batch is red, its parts are tested until who is
// to blame is found.
//
// Source: bors-ng and the literature on batch testing (research: policies, sections 3.1 and 3.2; what each way costs:
// published-numbers, section 9.3).
#include <algorithm>

#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::int64_t size = 8;
    Time delay = 0;
    std::string on_red = "bisect";
};

const std::vector<Field<Parameters>> kFields = {
    field("size", &Parameters::size, 0, 1e6, "Changes in a batch at most; 0 = all that wait."),
    time_field("delay", &Parameters::delay, 0, 7 * kDay,
               "How long the first of a batch waits for others to join it; it ends when the batch is full."),
    field(
        "on_red", &Parameters::on_red, {"bisect", "infer", "stop-at-4", "singles", "quarters"},
        "What follows a red batch: bisect tests both halves, one after the other; infer the same, but knows without a "
        "test that the second half is red when the first was green; stop-at-4 bisects until at most four are left "
        "and tests those alone; singles (Dorfman) tests each alone at once; quarters tests four parts, then singles."),
};

/// Changes to be tested together, and a red trial that proves them guilty without a test, if there is one.
struct Group {
    std::vector<ItemId> items;  ///< items, for a change that left may come back as another item
    bool split = false;         ///< part of a red batch: starts at once, and is not filled up
};

struct BatchQueue final : StrategyState {
    std::vector<Group> due;  ///< parts of red batches, the next one last
    Item* trial = nullptr;   ///< of the group under test
    Group testing;
    Item* proof = nullptr;    ///< infer: a red trial whose rest is the group to be tested next
    bool waiting = false;     ///< for a batch to fill
    bool due_now = false;     ///< it has waited long enough
    std::uint64_t timer = 0;  ///< tag of the latest timer
};

class Batch final : public Strategy {
public:
    explicit Batch(Parameters parameters) : p_(std::move(parameters)) {}

    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<BatchQueue>(); }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<BatchQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        for (std::uint64_t tag : std::exchange(queue.rung, {})) state.due_now |= tag == state.timer;
        if (state.trial && state.trial->refuted) give_up(gate, state);
        if (state.proof && state.proof->refuted) forget_proof(gate, state);
        if (!state.trial && !start(gate, queue, state)) return changed;
        changed |= gate.advance(*state.trial);
        if (!has_verdict(gate, *state.trial)) return changed;
        decide(gate, queue, state);
        return true;
    }

private:
    /// Somebody of the group left: the others are tested without that one.
    static void give_up(Gate& gate, BatchQueue& state) {
        gate.drop(*state.trial, {Why::refuted, kNone, kNone, kNone});
        state.trial = nullptr;
        state.due.push_back(std::move(state.testing));
    }

    static void forget_proof(Gate& gate, BatchQueue& state) {
        gate.settle(*state.proof);
        state.proof = nullptr;
    }

    bool start(Gate& gate, Queue& queue, BatchQueue& state) {
        std::vector<Item*> items;
        while (items.empty() && !state.due.empty()) {
            state.testing = std::move(state.due.back());
            state.due.pop_back();
            for (ItemId id : state.testing.items)
                if (Item* item = gate.item(id); item && gate.may_follow(items, *item)) items.push_back(item);
        }
        if (items.empty()) {
            items = next_batch(gate, queue, state);
            state.testing.split = false;
        }
        if (items.empty()) return false;
        state.testing.items.clear();
        for (const Item* item : items) state.testing.items.push_back(item->id);
        state.trial = gate.open_trial(queue, items, items.size());
        return state.trial != nullptr;
    }

    /// The front of the queue, once it is full or has waited for its delay.
    std::vector<Item*> next_batch(Gate& gate, Queue& queue, BatchQueue& state) {
        const auto most = p_.size == 0 ? queue.length : static_cast<std::size_t>(p_.size);
        std::vector<Item*> items = front_items(gate, queue, most);
        if (items.empty()) return items;
        const bool full = p_.size != 0 && items.size() == most;
        if (p_.delay > 0 && !full && !state.due_now) {
            if (!state.waiting) gate.arm(queue, ++state.timer, p_.delay);
            state.waiting = true;
            return {};
        }
        state.waiting = state.due_now = false;
        ++state.timer;  // one that still runs is meant for nobody
        return items;
    }

    void decide(Gate& gate, Queue& queue, BatchQueue& state) {
        Item& trial = *state.trial;
        state.trial = nullptr;
        const std::vector<ItemId> items = std::move(state.testing.items);
        if (passed(gate, trial)) {
            if (!gate.land(trial)) state.due.push_back({items, true});  // one was refused: the others again without it
            if (state.proof) blame_rest(gate, queue, state);
            return;
        }
        if (items.size() == 1) {
            if (Item* item = gate.item(items.front())) gate.eject(*item, trial);
            gate.settle(trial);
            return;
        }
        split(state, items);
        if (p_.on_red == "infer" && !state.proof)
            state.proof = &trial;
        else
            gate.settle(trial);
    }

    /// infer: the first part of a red batch has landed, so the rest of it is red. Alone, it is to blame; else its parts
    /// are tested.
    void blame_rest(Gate& gate, Queue& queue, BatchQueue& state) {
        Item& proof = *state.proof;
        std::vector<ItemId> red;
        for (ChangeId change : gate.rest_of(proof))
            if (const Item* item = gate.find(queue, change)) red.push_back(item->id);
        if (state.due.empty() || red != state.due.back().items) return;
        state.due.pop_back();
        if (red.size() > 1) return split(state, red);
        state.proof = nullptr;
        if (Item* item = gate.item(red.front())) gate.eject(*item, proof);
        gate.settle(proof);
    }

    void split(BatchQueue& state, const std::vector<ItemId>& items) const {
        std::size_t parts = 2;
        if (p_.on_red == "singles" || (p_.on_red == "stop-at-4" && items.size() <= 4)) parts = items.size();
        if (p_.on_red == "quarters") parts = items.size() > 4 ? 4 : items.size();
        const std::size_t each = (items.size() + parts - 1) / parts;
        std::vector<Group> groups;
        for (std::size_t from = 0; from < items.size(); from += each) {
            const std::size_t to = std::min(items.size(), from + each);
            groups.push_back(
                {{items.begin() + static_cast<std::ptrdiff_t>(from), items.begin() + static_cast<std::ptrdiff_t>(to)},
                 true});
        }
        state.due.insert(state.due.end(), groups.rbegin(), groups.rend());
    }

    Parameters p_;
};

const bool kRegistered = register_strategy(
    {{"batch",
      "Test several changes together; when a batch is red, test its parts until the culprit is found",
      "What waits is tested as one state and lands as one push. A red batch is split, and the parts are tested, the "
      "first one first, each on what has landed by then. One build serves many changes as long as failures are rare; "
      "above a failure rate of about 30 % no batch pays. Counter-strategy: serial, which tests each change once.",
      "",
      {},
      {},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Batch>(filled(kFields, values));
     }});

const bool kBors = register_preset("bors-ng", "batch", "bors-ng: all that came within 10 s; bisects",
                                   {{"size", std::int64_t{0}}, {"delay", std::int64_t{10 * kSecond}}});

}  // namespace
}  // namespace gatesim
