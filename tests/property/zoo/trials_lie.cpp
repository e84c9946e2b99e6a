// Animals that work with trials and say what those do not show.
#include "property/zoo/zoo.hpp"
#include "strategy/trials.hpp"

namespace gatesim::zoo {
namespace {

/// The first of the queue that may be tested on the branch as it is; nullptr if there is none.
Item* first_testable(const Gate& gate, const Queue& queue) {
    const auto front = front_items(gate, queue, 1);
    return front.empty() ? nullptr : front.front();
}

/// Opens a trial of this item alone.
Item* try_alone(Gate& gate, Queue& queue, Item& item) {
    Item* chain[] = {&item};
    return gate.open_trial(queue, chain, 1);
}

void eject_for(Gate& gate, Queue& queue, Item& trial) {
    if (Item* item = gate.find(queue, trial.change)) gate.eject(*item, trial);
    gate.settle(trial);
}

/// Tests two side by side on the branch, and lands the second although the first has landed since.
class LandsTheRefuted final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        drop_needy(gate, queue);
        if (queue.trials.empty())
            for (Item* item : front_items(gate, queue, 2)) {
                Item* chain[] = {item};
                if (gate.may_follow({}, *item)) gate.open_trial(queue, chain, 1);
            }
        const std::vector<Item*> open = queue.trials;
        for (Item* trial : open) gate.advance(*trial);
        for (Item* trial : open)
            if (!has_verdict(gate, *trial)) return false;
        for (Item* trial : open) {
            if (passed(gate, *trial))
                gate.land(*trial);
            else if (trial->refuted)
                gate.drop(*trial, {});
            else
                eject_for(gate, queue, *trial);
        }
        return !open.empty();
    }
};

/// One at a time, with a rule of its own for the verdict.
class Single : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        bool changed = drop_needy(gate, queue);
        changed |= drop_refuted(gate, queue);
        if (queue.trials.empty()) {
            Item* item = choose(gate, queue);
            if (!item || !try_alone(gate, queue, *item)) return changed;
        }
        Item& trial = *queue.trials.front();
        changed |= gate.advance(trial);
        return judge(gate, queue, trial) || changed;
    }

protected:
    virtual Item* choose(Gate& gate, Queue& queue) { return first_testable(gate, queue); }
    virtual bool judge(Gate& gate, Queue& queue, Item& trial) {
        if (!has_verdict(gate, trial)) return false;
        if (passed(gate, trial))
            gate.land(trial);
        else
            eject_for(gate, queue, trial);
        return true;
    }
};

/// Does not wait for the builds.
class PushesUntested final : public Single {
    bool judge(Gate& gate, Queue&, Item& trial) override {
        if (trial.attempt.merge != MergeState::clean) return false;
        gate.land(trial);
        return true;
    }
};

/// Red is the new green.
class PushesRed final : public Single {
    bool judge(Gate& gate, Queue&, Item& trial) override {
        if (!has_verdict(gate, trial)) return false;
        gate.land(trial);
        return true;
    }
};

/// Blames the last of the queue for what the first did.
class BlamesABystander final : public Single {
    bool judge(Gate& gate, Queue& queue, Item& trial) override {
        if (!has_verdict(gate, trial)) return false;
        if (passed(gate, trial))
            gate.land(trial);
        else
            gate.eject(*queue.last, trial);
        return true;
    }
};

/// Sends away what passed.
class EjectsOnGreen final : public Single {
    bool judge(Gate& gate, Queue& queue, Item& trial) override {
        if (!has_verdict(gate, trial)) return false;
        eject_for(gate, queue, trial);
        return true;
    }
};

/// Sends away what it has not waited for.
class EjectsBeforeTheEnd final : public Single {
    bool judge(Gate& gate, Queue& queue, Item& trial) override {
        if (trial.attempt.merge != MergeState::clean || gate.complete(trial)) return Single::judge(gate, queue, trial);
        eject_for(gate, queue, trial);
        return true;
    }
};

/// Begins with the one that came last.
class LastComeFirstServed final : public Single {
    Item* choose(Gate& gate, Queue& queue) override {
        for (Item* item = queue.last; item; item = item->previous)
            if (item->live && gate.may_follow({}, *item)) return item;
        return nullptr;
    }
};

/// Takes back what was good.
class RevertsTheTested final : public Single {
    bool judge(Gate& gate, Queue& queue, Item& trial) override {
        const bool done = Single::judge(gate, queue, trial);
        if (done && !queue.landed.empty()) gate.revert(queue, queue.landed.back());
        return done;
    }
};

/// Takes back what others brought: what it tests now, which has not landed.
class RevertsTheStranger final : public Single {
    bool judge(Gate& gate, Queue& queue, Item& trial) override {
        gate.revert(queue, trial.change);
        return Single::judge(gate, queue, trial);
    }
};

const bool kRefuted = keep<LandsTheRefuted>("lands-the-refuted");
const bool kUntested = keep<PushesUntested>("pushes-untested");
const bool kRed = keep<PushesRed>("pushes-red");
const bool kBystander = keep<BlamesABystander>("blames-a-bystander");
const bool kGreen = keep<EjectsOnGreen>("ejects-on-green");
const bool kEarly = keep<EjectsBeforeTheEnd>("ejects-before-the-end");
const bool kLast = keep<LastComeFirstServed>("last-come-first-served");
const bool kTested = keep<RevertsTheTested>("reverts-the-tested");
const bool kStranger = keep<RevertsTheStranger>("reverts-the-stranger");

}  // namespace
}  // namespace gatesim::zoo
