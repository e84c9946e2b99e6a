// Animals that work with trials and cannot let go, or take what is not there.
#include "property/zoo/zoo.hpp"
#include "strategy/trials.hpp"

namespace gatesim::zoo {
namespace {

/// Tests one and the same change twice in a row.
class StuttersInAChain final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        Item* chain[] = {queue.first, queue.first};
        gate.open_trial(queue, chain, 2);
        return true;
    }
};

/// Tests what needs others without them.
class ForgetsTheNeeds final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) {
            Item* chain[] = {item};
            gate.open_trial(queue, chain, 1);
        }
        return false;
    }
};

/// Tests nothing at all.
class TestsNothing final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (queue.first) gate.open_trial(queue, {}, 0);
        return false;
    }
};

/// Opens a trial and never says what came of it.
class KeepsItOpen final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        drop_needy(gate, queue);
        drop_refuted(gate, queue);
        const auto front = front_items(gate, queue, 1);
        if (queue.trials.empty() && !front.empty()) gate.open_trial(queue, front, 1);
        return !queue.trials.empty() && gate.advance(*queue.trials.front());
    }
};

/// Runs what failed once more, whatever it says.
class RetriesForEver final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        drop_needy(gate, queue);
        drop_refuted(gate, queue);
        const auto front = front_items(gate, queue, 1);
        if (queue.trials.empty() && (front.empty() || !gate.open_trial(queue, front, 1))) return false;
        Item& trial = *queue.trials.front();
        const bool asked = gate.advance(trial);
        if (!has_verdict(gate, trial)) return asked;
        if (passed(gate, trial)) {
            gate.land(trial);
        } else if (!gate.retry(trial)) {
            if (Item* item = gate.find(queue, trial.change)) gate.eject(*item, trial);
            gate.settle(trial);
        }
        return true;
    }
};

/// Waits for the day.
class ArmsForEver final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        queue.rung.clear();
        gate.arm(queue, 1, kMinute);
        return false;
    }
};

struct Memory final : StrategyState {
    Item* item = nullptr;
};

/// Remembers the front and tests it when it has left.
class RemembersTheDead final : public Strategy {
public:
    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<Memory>(); }

    bool pass(Gate& gate, Queue& queue) override {
        Item*& item = static_cast<Memory&>(*queue.state).item;
        drop_needy(gate, queue);
        drop_refuted(gate, queue);
        if (queue.trials.empty()) {
            const auto front = front_items(gate, queue, 1);
            if (front.empty()) return false;
            gate.open_trial(queue, front, 1);
            item = front.front();
        }
        Item& trial = *queue.trials.front();
        const bool asked = gate.advance(trial);
        if (!has_verdict(gate, trial)) return asked;
        if (!passed(gate, trial)) {
            gate.eject(*item, trial);
            gate.settle(trial);
            return true;
        }
        gate.land(trial);
        Item* chain[] = {item};
        gate.open_trial(queue, chain, 1);
        return true;
    }
};

/// Lands a trial, and then once more.
class LandsItTwice final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        drop_needy(gate, queue);
        drop_refuted(gate, queue);
        const auto front = front_items(gate, queue, 1);
        if (queue.trials.empty() && (front.empty() || !gate.open_trial(queue, front, 1))) return false;
        Item& trial = *queue.trials.front();
        const bool asked = gate.advance(trial);
        if (!has_verdict(gate, trial)) return asked;
        if (passed(gate, trial)) {
            gate.land(trial);
            gate.land(trial);
        } else {
            if (Item* item = gate.find(queue, trial.change)) gate.eject(*item, trial);
            gate.settle(trial);
        }
        return true;
    }
};

const bool kStutters = keep<StuttersInAChain>("stutters-in-a-chain");
const bool kNeeds = keep<ForgetsTheNeeds>("forgets-the-needs");
const bool kNothing = keep<TestsNothing>("tests-nothing");
const bool kOpen = keep<KeepsItOpen>("keeps-it-open");
const bool kRetries = keep<RetriesForEver>("retries-for-ever");
const bool kArms = keep<ArmsForEver>("arms-for-ever");
const bool kDead = keep<RemembersTheDead>("remembers-the-dead");
const bool kTwice = keep<LandsItTwice>("lands-it-twice");

}  // namespace
}  // namespace gatesim::zoo
