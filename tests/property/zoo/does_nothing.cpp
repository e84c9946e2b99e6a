#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

/// Never lifts a finger.
class DoesNothing final : public Strategy {
public:
    bool pass(Gate&, Queue&) override { return false; }
};

/// Tests everything and never says what came of it.
class NeverFinishes final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) work_on(gate, *item);
        return false;
    }
};

/// Says for ever that there is more to do.
class NeverSettles final : public Strategy {
public:
    bool pass(Gate&, Queue&) override { return true; }
};

const bool kNothing = keep<DoesNothing>("does-nothing");
const bool kFinishes = keep<NeverFinishes>("never-finishes");
const bool kSettles = keep<NeverSettles>("never-settles");

}  // namespace
}  // namespace gatesim::zoo
