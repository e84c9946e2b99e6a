// Serial: one change at a time. "Not rocket science": the branch never breaks, and nothing is ever thrown away.
//
// Source: bors, homu (SOURCES.md). Capacity is one change a build's length.
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct SerialQueue final : StrategyState {
    Item* trial = nullptr;  ///< of the change that is tested now
};

class Serial final : public Strategy {
public:
    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<SerialQueue>(); }

    bool pass(Gate& gate, Queue& queue) override {
        Item*& trial = static_cast<SerialQueue&>(*queue.state).trial;
        bool changed = drop_needy(gate, queue);
        if (drop_refuted(gate, queue)) {  // its change was taken out
            trial = nullptr;
            changed = true;
        }
        if (!trial) {
            const auto front = front_items(gate, queue, 1);
            if (front.empty()) return changed;
            trial = gate.open_trial(queue, front, 1);
        }
        changed |= gate.advance(*trial);
        if (!has_verdict(gate, *trial)) return changed;
        if (passed(gate, *trial)) {
            gate.land(*trial);
        } else {
            if (Item* item = gate.tip(*trial)) gate.eject(*item, *trial);
            gate.settle(*trial);
        }
        trial = nullptr;
        return true;
    }
};

const bool kRegistered = register_strategy(
    {{"serial",
      "One change at a time, on the branch as it is; lands or is ejected, then the next",
      "The front of each queue is tested alone on the branch; when its jobs have ended it lands or is ejected, and the "
      "next one starts. Nothing is ever tested in vain, but a queue lands at most one change per build time: choose it "
      "when that is enough. Counter-strategy: zuul, which tests the whole queue at once.",
      "",
      {},
      {},
      {}},
     [](const ParameterValues&) -> std::unique_ptr<Strategy> { return std::make_unique<Serial>(); }});

}  // namespace
}  // namespace gatesim
