#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

bool any_ended(const Item& item) {
    for (const JobSlot& slot : item.attempt.slots)
        if (slot.result != Result::none) return true;
    return false;
}

/// Starts everybody anew whenever a build ended.
class Thrashes final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) {
            if (any_ended(*item)) gate.reset(*item, {});
            work_on(gate, *item);
        }
        return false;
    }
};

/// Tries a failing change again until it passes.
class TriesUntilItPasses final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        if (gate.failed_slot(*queue.first)) gate.reset(*queue.first, {});
        work_on(gate, *queue.first);
        return finish_front(gate, queue);
    }
};

const bool kThrashes = keep<Thrashes>("thrashes");
const bool kTries = keep<TriesUntilItPasses>("tries-until-it-passes");

}  // namespace
}  // namespace gatesim::zoo
