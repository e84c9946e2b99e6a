#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

bool runs(const Item& item) {
    for (const JobSlot& slot : item.attempt.slots)
        if (slot.build != kNone && slot.result == Result::none) return true;
    return false;
}

/// Stops the builds it started, and ejects changes for having none that passed.
class CancelsEverything final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        work_on(gate, *queue.first);
        if (runs(*queue.first)) gate.hold(*queue.first);
        return finish_front(gate, queue);
    }
};

/// Stops and starts, stops and starts.
class StopsAndStarts final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        gate.reset(*queue.first, {});
        work_on(gate, *queue.first);
        return false;
    }
};

const bool kCancels = keep<CancelsEverything>("cancels-everything");
const bool kStops = keep<StopsAndStarts>("stops-and-starts");

}  // namespace
}  // namespace gatesim::zoo
