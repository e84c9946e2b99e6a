#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

/// Lands without waiting for anything.
class LandsUntested final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        gate.prepare(*queue.first);
        const bool landed = gate.report(*queue.first);
        gate.leave(*queue.first, landed ? Outcome::landed : Outcome::failure, {});
        return true;
    }
};

/// Lets the first job speak for all.
class LandsHalfTested final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        Item* front = queue.first;
        if (!front) return false;
        work_on(gate, *front);
        const auto& slots = front->attempt.slots;
        if (slots.size() < 2 ? !gate.complete(*front) : slots.front().result == Result::none) return false;
        const bool landed = gate.report(*front);
        gate.leave(*front, landed ? Outcome::landed : Outcome::failure, {});
        return true;
    }
};

/// Tests everything on the branch as it is, side by side, and lands what passed: nobody tested it together.
class LandsSideBySide final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) {
            if (item->ahead) gate.rebase(*item, nullptr, {});
            work_on(gate, *item);
        }
        return finish_front(gate, queue);
    }
};

/// Tests everything on the front alone, and not on what lies between.
class LeansOnTheFront final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) {
            if (item->ahead && item->ahead != queue.first) gate.rebase(*item, queue.first, {});
            work_on(gate, *item);
        }
        return finish_front(gate, queue);
    }
};

const bool kUntested = keep<LandsUntested>("lands-untested");
const bool kHalf = keep<LandsHalfTested>("lands-half-tested");
const bool kSide = keep<LandsSideBySide>("lands-side-by-side");
const bool kLeans = keep<LeansOnTheFront>("leans-on-the-front");

}  // namespace
}  // namespace gatesim::zoo
