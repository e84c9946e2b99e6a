#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

/// Tests everything on what is ahead and lands what passed; a need that came back behind its user may fail as it likes.
class LandsPastItsNeed : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) {
            work_on(gate, *item);
            look_at(gate, *item);
        }
        Item* front = queue.first;
        if (!front || !gate.complete(*front)) return false;
        const std::vector<Item*> followers = front->behind;
        const bool landed = gate.report(*front);
        for (Item* follower : followers)
            if (!landed) gate.reset(*follower, {Why::ahead_left, front->change, kNone, kNone});
        gate.leave(*front, landed ? Outcome::landed : Outcome::failure, {});
        return true;
    }

protected:
    virtual void look_at(Gate&, Item&) {}
};

/// The same, and it knows.
class KnowsOfItsNeed final : public LandsPastItsNeed {
    void look_at(Gate& gate, Item& item) override {
        std::vector<Reason> reasons;
        if (const JobSlot* slot = gate.failed_slot(item)) reasons.push_back(gate.reason_of(item, *slot));
        gate.set_failing(item, reasons);
    }
};

const bool kPast = keep<LandsPastItsNeed>("lands-past-its-need");
const bool kKnows = keep<KnowsOfItsNeed>("knows-of-its-need");

}  // namespace
}  // namespace gatesim::zoo
