#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

/// Shows changes the door.
class DropsThem final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        gate.leave(*queue.first, Outcome::failure, {Why::job_failed, queue.first->change, 0, kNone});
        return true;
    }
};

/// Blames a need that is not there.
class BlamesNeeds final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        gate.eject_needing(*queue.first, queue.last->change);
        return true;
    }
};

/// Sends the front outside although nothing failed.
class SendsThemOutside final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        work_on(gate, *queue.first);
        if (gate.failed_slot(*queue.first) || queue.first->attempt.slots.empty()) return finish_front(gate, queue);
        gate.detach(*queue.first);
        return true;
    }
};

/// Tests everything on what is ahead, and never starts anew when that is ejected: the innocent go with the guilty.
class EjectsTheFollowers final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        for (Item* item = queue.first; item; item = item->next) work_on(gate, *item);
        return finish_front(gate, queue);
    }
};

const bool kDrops = keep<DropsThem>("drops-them");
const bool kBlames = keep<BlamesNeeds>("blames-needs");
const bool kSends = keep<SendsThemOutside>("sends-them-outside");
const bool kFollowers = keep<EjectsTheFollowers>("ejects-the-followers");

}  // namespace
}  // namespace gatesim::zoo
